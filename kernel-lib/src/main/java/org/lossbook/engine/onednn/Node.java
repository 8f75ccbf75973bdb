package org.lossbook.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Tensor;

/** A value in the graph, the operation that makes it, and, once planned, where it lies. */
final class Node implements Tensor {
  private final int[] shape;
  private Optional<Operation> maker;
  final OneDnnGraph graph;

  /** How many operations read it. */
  int users;

  /** Whether whoever runs the plan asks for this input's gradient. */
  boolean gradientWanted;

  /** Where the value lies, once the plan is made. */
  memory value;

  Node(OneDnnGraph graph, Optional<Operation> maker, int[] shape) {
    this.graph = graph;
    this.maker = maker;
    this.shape = shape.clone();
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** The operation that makes it; none for an input. */
  Optional<Operation> maker() {
    return maker;
  }

  void madeBy(Operation operation) {
    maker = Optional.of(operation);
  }

  /** oneDNN's dimensions. */
  long[] dims() {
    return Formats.dims(graph.batch(), shape);
  }

  /** Whether its gradient reaches a parameter, or an input that asks for it. */
  boolean needsGradient() {
    return maker
        .map(m -> m.hasParameters() || m.inputs.stream().anyMatch(Node::needsGradient))
        .orElse(gradientWanted);
  }
}
