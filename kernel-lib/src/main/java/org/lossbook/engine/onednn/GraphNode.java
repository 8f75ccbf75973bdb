package org.lossbook.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/** A value in the graph, the operation that makes it, and, once planned, where it lies. */
final class GraphNode implements Tensor {
  private final int[] shape;

  /** What is computed of it: the shape, or less where nobody reads the last rows and columns. */
  private int[] computed;

  private Optional<Operation> maker;
  final Graph graph;

  /** How many operations read it. */
  int users;

  /** Whether the plan's user asks for this input's gradient. */
  boolean gradientWanted;

  private Boolean gradientNeeded;

  /** Where the value lies, once the plan is made. */
  memory value;

  GraphNode(Graph graph, Optional<Operation> maker, int[] shape) {
    this.graph = graph;
    this.maker = maker;
    this.shape = shape.clone();
    computed = this.shape;
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

  /** oneDNN's dimensions of what is computed. */
  long[] dims() {
    return Formats.dims(graph.batch(), computed);
  }

  /** oneDNN's dimensions of the whole. */
  long[] wholeDims() {
    return Formats.dims(graph.batch(), shape);
  }

  /** Rows and columns of an image that are computed. */
  int[] extent() {
    return new int[] {computed[0], computed[1]};
  }

  /** Computes so many rows and columns of an image alone. */
  void crop(int[] extent) {
    computed = new int[] {extent[0], extent[1], shape[2]};
  }

  /** Whether its gradient reaches a parameter that is trained, or an input that asks for it. */
  boolean needsGradient() {
    if (gradientNeeded == null) { // asked once: a graph may have very many ways from here
      gradientNeeded =
          maker
              .map(m -> m.isTrained() || m.inputs.stream().anyMatch(GraphNode::needsGradient))
              .orElse(gradientWanted);
    }
    return gradientNeeded;
  }
}
