package org.lossbook.engine.onednn;

import java.util.Arrays;
import java.util.Optional;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.TransposedWindow;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.elementwise.PRelu;
import org.lossbook.engine.onednn.lookup.Lookup;
import org.lossbook.engine.onednn.normalization.BatchNormalization;
import org.lossbook.engine.onednn.normalization.MaskedBatchNormalization;
import org.lossbook.engine.onednn.normalization.Normalizations;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.shape.Reshape;
import org.lossbook.engine.onednn.weighted.Convolution;
import org.lossbook.engine.onednn.weighted.Deconvolution;
import org.lossbook.engine.onednn.weighted.InnerProduct;
import org.lossbook.engine.onednn.weighted.Scale;

/** Layers of weights, as oneDNN computes them. */
interface WeightedGraph extends OperationGraph {
  @Override
  default Tensor convolution(
      Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias, Window window, int groups) {
    int[] shape = kernel.parameter().shape();
    int perGroup = Shapes.last(x.shape()) / groups;
    int filters = kernel.size() / Shapes.size(Arrays.copyOf(shape, window.axes())) / perGroup;
    return add(
        new Convolution(node(x), kernel, bias, window, groups),
        window.outputShape(x.shape(), filters));
  }

  @Override
  default Tensor deconvolution(
      Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias, TransposedWindow window) {
    int filters = kernel.parameter().shape()[window.window().axes()];
    return add(
        new Deconvolution(node(x), kernel, bias, window), window.outputShape(x.shape(), filters));
  }

  @Override
  default Tensor innerProduct(Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    return add(new InnerProduct(node(x), kernel, bias), kernel.size() / x.size());
  }

  @Override
  default Tensor dense(Tensor x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    int[] shape = x.shape();
    if (shape.length == 1) {
      return innerProduct(x, kernel, bias);
    }
    int inputs = Shapes.last(shape);
    int positions = x.size() / inputs;
    int units = kernel.size() / inputs;
    GraphNode rows = addRows(new Reshape(node(x)), positions, inputs);
    GraphNode products = addRows(new InnerProduct(rows, kernel, bias), positions, units);
    int[] out = shape.length == 0 ? new int[1] : shape;
    out[out.length - 1] = units;
    return add(new Reshape(products), out);
  }

  /** Adds an operation whose output has a row for each position of each sample. */
  private GraphNode addRows(Operation operation, int positions, int width) {
    return add(operation, new GraphNode(this, Optional.of(operation), positions, width));
  }

  @Override
  default Tensor batchNormalization(
      Tensor x,
      Optional<Tensor> mask,
      int axis,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      Parameters.Slot movingMean,
      Parameters.Slot movingVariance,
      double momentum,
      double epsilon,
      boolean frozen) {
    GraphNode from = node(x);
    return add(
        mask.isPresent() && training() && !frozen
            ? new MaskedBatchNormalization(
                from,
                node(mask.get()),
                axis,
                gamma,
                beta,
                movingMean,
                movingVariance,
                momentum,
                epsilon)
            : new BatchNormalization(
                from, axis, gamma, beta, movingMean, movingVariance, momentum, epsilon, frozen),
        x.shape());
  }

  @Override
  default Tensor normalization(
      Tensor x,
      NormalizedBy how,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon,
      int... axes) {
    return add(Normalizations.of(node(x), how, gamma, beta, epsilon, axes), x.shape());
  }

  @Override
  default Tensor groupNormalization(
      Tensor x,
      int axis,
      int groups,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon) {
    return add(Normalizations.ofGroups(node(x), axis, groups, gamma, beta, epsilon), x.shape());
  }

  @Override
  default Tensor scale(Tensor x, Parameters.Slot gamma) {
    return add(new Scale(node(x), gamma), x.shape());
  }

  @Override
  default Tensor lookup(Tensor ids, Parameters.Slot table, boolean sparse) {
    int rank = ids.shape().length;
    int[] shape = Arrays.copyOf(ids.shape(), rank + 1);
    shape[rank] = Shapes.last(table.parameter().shape());
    return add(new Lookup(node(ids), table, sparse), shape);
  }

  @Override
  default Tensor prelu(Tensor x, Parameters.Slot alpha) {
    return add(new PRelu(node(x), alpha), x.shape());
  }
}
