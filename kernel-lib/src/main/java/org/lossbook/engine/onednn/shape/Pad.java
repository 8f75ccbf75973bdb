package org.lossbook.engine.onednn.shape;

import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Pads a sample with zeros.
 *
 * @hidden
 */
@Internal
public final class Pad extends Unary {
  private final int[] before;
  private Part part;

  /**
   * @param before for each axis how many numbers come before the smaller one's first
   */
  public Pad(GraphNode x, int... before) {
    super(x);
    this.before = before.clone();
  }

  /** For each axis how many zeros come before. */
  public int[] before() {
    return before.clone();
  }

  /** For each axis how many zeros come after. */
  public int[] after() {
    int[] after = output.shape();
    int[] own = x().shape();
    for (int axis = 0; axis < after.length; axis++) {
      after[axis] -= before[axis] + own[axis];
    }
    return after;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    part = new Part(output, x(), before);
    output.value = part.amongZeros(builder, builder.forward, x().value);
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed ? part.cutOut(builder, builder.backward, diffDst) : null;
  }
}
