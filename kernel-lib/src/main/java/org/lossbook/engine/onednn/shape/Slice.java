package org.lossbook.engine.onednn.shape;

import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * Cuts a box out of a sample; the gradient outside it is 0.
 *
 * @hidden
 */
@Internal
public final class Slice extends Operation {
  private final int[] before;
  private Part part;

  /**
   * @param before for each axis how many numbers come before the smaller one's first
   */
  public Slice(GraphNode x, int... before) {
    super(x);
    this.before = before.clone();
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    part = new Part(x(), output, before);
    output.value = part.cutOut(builder, builder.forward, x().value);
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    if (x().needsGradient()) {
      part.addTo(builder, builder.backward, diffDst, builder.gradientOfParts(x()));
    }
  }
}
