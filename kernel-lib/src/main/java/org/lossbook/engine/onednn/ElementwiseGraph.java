package org.lossbook.engine.onednn;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Encoding;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.SampleFunction;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.category.CategoryEncoding;
import org.lossbook.engine.onednn.category.CategoryFunction;
import org.lossbook.engine.onednn.category.Differs;
import org.lossbook.engine.onednn.category.Discretization;
import org.lossbook.engine.onednn.elementwise.Affine;
import org.lossbook.engine.onednn.elementwise.MinMax;
import org.lossbook.engine.onednn.elementwise.Product;
import org.lossbook.engine.onednn.elementwise.Sum;
import org.lossbook.engine.onednn.normalization.Standardization;
import org.lossbook.engine.onednn.operation.ActivityPenalty;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.Pointwise;
import org.lossbook.engine.onednn.rows.RowActivation;
import org.lossbook.engine.onednn.rows.Softmax;

/** Operations on each number, or on numbers at the same place, as oneDNN computes them. */
interface ElementwiseGraph extends OperationGraph {
  @Override
  default Tensor affine(Tensor x, float[] subtracted, float[] factors, float[] added) {
    Affine.Source constants = Affine.repeating(subtracted, factors, added);
    return add(new Affine(node(x), constants), x.shape());
  }

  @Override
  default Tensor standardization(
      Tensor x, Parameters.Slot mean, Parameters.Slot variance, boolean inverted, int... axes) {
    var statistics = new Standardization(x.shape(), axes, mean, variance, inverted);
    return add(new Affine(node(x), statistics), x.shape());
  }

  @Override
  default Tensor discretization(Tensor x, float... boundaries) {
    return add(new Discretization(node(x), boundaries), x.shape());
  }

  @Override
  default Tensor encoding(Tensor x, Encoding how, int categories) {
    return add(new CategoryEncoding(node(x), how, categories), how.shape(categories, x.shape()));
  }

  @Override
  default Tensor differs(Tensor x, float value) {
    int[] shape = x.shape();
    return add(new Differs(node(x), value), Arrays.copyOf(shape, Math.max(0, shape.length - 1)));
  }

  @Override
  default Tensor category(Tensor x, SampleFunction function, int... shape) {
    return add(new CategoryFunction(node(x), function), shape);
  }

  @Override
  default Tensor activation(Tensor x, Activation activation) {
    return switch (activation.kind()) {
      case LINEAR -> x;
      case SOFTMAX -> add(new Softmax(node(x)), x.shape());
      case LOG_SOFTMAX, SPARSEMAX, GLU ->
          add(
              new RowActivation(node(x), activation.ofRows().orElseThrow()),
              activation.outputShape(x.shape()));
      default -> add(Pointwise.of(node(x), activation), x.shape());
    };
  }

  @Override
  default Tensor activityPenalty(Tensor x, double l1, double l2) {
    return mode().endsAtInputs() ? x : add(new ActivityPenalty(node(x), l1, l2), x.shape());
  }

  @Override
  default Tensor sum(List<Tensor> terms, float... factors) {
    int[] shape = together(terms);
    return add(
        new Sum(nodes(terms.stream().map(term -> broadcast(term, shape)).toList()), factors),
        shape);
  }

  @Override
  default Tensor product(Tensor x, Tensor y) {
    return elementwise(Product::new, x, y);
  }

  @Override
  default Tensor maximum(Tensor x, Tensor y) {
    return elementwise(MinMax::maximum, x, y);
  }

  @Override
  default Tensor minimum(Tensor x, Tensor y) {
    return elementwise(MinMax::minimum, x, y);
  }

  private Tensor elementwise(
      BiFunction<GraphNode, GraphNode, Operation> operation, Tensor x, Tensor y) {
    int[] shape = together(List.of(x, y));
    return add(operation.apply(node(broadcast(x, shape)), node(broadcast(y, shape))), shape);
  }

  private static int[] together(List<Tensor> values) {
    int[] shape = values.get(0).shape();
    for (Tensor value : values) {
      int[] before = shape;
      shape =
          Shapes.broadcast(before, value.shape())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "An elementwise operation expects shapes with equal extents, or 1, but receives "
                              + Shapes.withBatch(before)
                              + " and "
                              + Shapes.withBatch(value.shape())
                              + ": reshape one of them."));
    }
    return shape;
  }
}
