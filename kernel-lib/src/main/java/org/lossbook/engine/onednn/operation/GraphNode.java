package org.lossbook.engine.onednn.operation;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * A node of the graph: a value, the operation that computes it, and, once planned, its memory.
 *
 * @hidden
 */
@Internal
public final class GraphNode implements Tensor {
  private final int[] shape;
  private final int positions;

  /**
   * The computed part of the shape: all of it, or less if the last rows and columns are never read.
   */
  private int[] computed;

  private Optional<Operation> maker;
  public final Graph graph;

  /** The number of operations that read it. */
  public int users;

  /** Whether the user of the plan wants this input's gradient. */
  public boolean gradientWanted;

  private Boolean gradientNeeded;

  /** The memory of the value, once planned. */
  public memory value;

  public GraphNode(Graph graph, Optional<Operation> maker, int[] shape) {
    this(graph, maker, 1, shape);
  }

  /**
   * @param positions of each sample, each of which is a row of the batch here
   */
  public GraphNode(Graph graph, Optional<Operation> maker, int positions, int... shape) {
    this.graph = graph;
    this.maker = maker;
    this.positions = positions;
    this.shape = shape.clone();
    computed = this.shape;
  }

  /** How many rows of the batch a sample has: 1, or as many as positions. */
  public int positions() {
    return positions;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** The operation that computes it; none for an input. */
  public Optional<Operation> maker() {
    return maker;
  }

  public void madeBy(Operation operation) {
    maker = Optional.of(operation);
  }

  /** oneDNN's dimensions of the computed part. */
  public long[] dims() {
    return Formats.dims(rows(), computed);
  }

  /** oneDNN's dimensions of the whole. */
  public long[] wholeDims() {
    return Formats.dims(rows(), shape);
  }

  private int rows() {
    return Math.multiplyExact(graph.batch(), positions);
  }

  /** The computed rows and columns of an image, or positions of a sequence or a volume. */
  public int[] extent() {
    return Arrays.copyOf(computed, computed.length - 1);
  }

  /** Computes only so many rows and columns of an image. */
  public void crop(int[] extent) {
    computed = Arrays.copyOf(extent, shape.length);
    computed[extent.length] = shape[extent.length];
  }

  /** Whether its gradient is needed by a trainable parameter or an input. */
  public boolean needsGradient() {
    if (gradientNeeded == null) { // cached, because a graph may have very many paths from here
      gradientNeeded =
          maker
              .map(
                  m ->
                      m.isTrained()
                          || m.passesGradient()
                              && m.inputs.stream().anyMatch(GraphNode::needsGradient))
              .orElse(gradientWanted);
    }
    return gradientNeeded;
  }
}
