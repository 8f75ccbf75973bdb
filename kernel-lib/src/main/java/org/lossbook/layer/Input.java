package org.lossbook.layer;

import java.util.Arrays;
import java.util.function.Function;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/**
 * Where a network begins: the shape of one sample, without the batch, channels last. {@code
 * input(28, 28, 1)} takes grey images of 28 by 28 pixels.
 */
public final class Input extends Specification<Input> {
  private final int[] shape;

  public Input(int... shape) {
    this.shape = shape.clone();
    for (int extent : shape) {
      Checks.positive("input", "extents", extent);
    }
  }

  @Override
  public String kind() {
    return "input";
  }

  /** The shape of one sample. */
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public int[] outputShape(int... inputShape) {
    if (!Arrays.equals(shape, inputShape)) {
      throw new IllegalArgumentException(
          "input expects "
              + Checks.batched(shape)
              + " but receives "
              + Checks.batched(inputShape)
              + ": give it the data's shape, or reshape the data.");
    }
    return shape();
  }

  @Override
  public Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return x;
  }
}
