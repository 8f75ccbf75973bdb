package org.lossbook.engine.onednn.operation;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * Applies a {@link SmoothFunction} to each number. oneDNN's own primitives are inaccurate in the
 * tails: below −20 its softplus is 0 or negative, its gelu and elu have no correct digit, and it
 * computes the derivatives of sigmoid and tanh from their rounded values, which are 1 in the tails.
 * Here a training plan computes value and derivative together, from one exponential, and the
 * backward pass is a product.
 */
final class SmoothActivation extends Pointwise {
  private final SmoothFunction function;
  private final float[] floats = new float[SmoothFunction.CHUNK];
  private final double[] numbers = new double[SmoothFunction.CHUNK];
  private final double[] results = new double[SmoothFunction.CHUNK];
  private memory slope;

  SmoothActivation(GraphNode x, SmoothFunction function) {
    super(x);
    this.function = function;
  }

  @Override
  public boolean rises() {
    return function.rises();
  }

  @Override
  public boolean readsOutputBackward() {
    return false;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory src = Formats.withoutGaps(builder, x());
    output.value = builder.value(src.get_desc());
    FloatBuffer from = Formats.numbers(src);
    FloatBuffer to = Formats.numbers(output.value);
    if (builder.training && x().needsGradient()) {
      slope = builder.memory(src.get_desc());
      FloatBuffer derivatives = Formats.numbers(slope);
      builder.forward.add(stream -> valuesAndDerivatives(from, to, derivatives));
    } else {
      builder.forward.add(stream -> values(from, to));
    }
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed
        ? builder.binary(builder.backward, dnnl.algorithm.binary_mul, slope, diffDst)
        : null;
  }

  private void values(FloatBuffer from, FloatBuffer to) {
    for (int start = 0; start < from.capacity(); start += SmoothFunction.CHUNK) {
      int count = load(from, start);
      function.value(numbers, results, count);
      store(to, start, count);
    }
  }

  private void valuesAndDerivatives(FloatBuffer from, FloatBuffer to, FloatBuffer derivatives) {
    for (int start = 0; start < from.capacity(); start += SmoothFunction.CHUNK) {
      int count = load(from, start);
      function.value(numbers, results, count);
      store(to, start, count);
      function.derivative(numbers, results, count);
      store(derivatives, start, count);
    }
  }

  private int load(FloatBuffer from, int start) {
    int count = Math.min(SmoothFunction.CHUNK, from.capacity() - start);
    from.get(start, floats, 0, count);
    for (int i = 0; i < count; i++) {
      numbers[i] = floats[i];
    }
    return count;
  }

  private void store(FloatBuffer to, int start, int count) {
    for (int i = 0; i < count; i++) {
      floats[i] = (float) results[i];
    }
    to.put(start, floats, 0, count);
  }
}
