package org.lossbook.engine.onednn.shape;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * The same number everywhere, such as the zeros that a recurrent layer begins with.
 *
 * @hidden
 */
@Internal
public final class Filled extends Operation {
  private final float number;

  public Filled(float number) {
    this.number = number;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = builder.memory(Formats.channelsLast(output.dims()));
    FloatBuffer numbers = Formats.numbers(output.value);
    for (int i = 0; i < numbers.capacity(); i++) {
      numbers.put(i, number);
    }
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    // A constant has no gradient.
  }
}
