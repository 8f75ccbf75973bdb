package org.lossbook.layer;

import java.util.function.Function;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/**
 * The same numbers, row-major, in another shape. {@code reshape(28, 28, 1): [784] -> [28, 28, 1]}
 */
public final class Reshape extends Specification<Reshape> {
  private final int[] shape;

  public Reshape(int... shape) {
    this.shape = shape.clone();
    for (int extent : shape) {
      Checks.positive("reshape", "extents", extent);
    }
  }

  @Override
  public String kind() {
    return "reshape";
  }

  @Override
  public int[] outputShape(int... inputShape) {
    int expected = Shapes.size(shape);
    int received = Shapes.size(inputShape);
    if (expected != received) {
      throw new IllegalArgumentException(
          "reshape expects "
              + expected
              + " numbers a sample for "
              + Checks.batched(shape)
              + " but receives "
              + Checks.batched(inputShape)
              + ", which has "
              + received
              + ": name extents with that product.");
    }
    return shape.clone();
  }

  @Override
  public Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.reshape(x, shape);
  }
}
