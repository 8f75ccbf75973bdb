package org.lossbook.engine.onednn.operation;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Window;

/**
 * An operation, which adds its forward and its backward steps to a {@link PlanBuilder}.
 *
 * @hidden
 */
@Internal
public abstract class Operation {
  public List<GraphNode> inputs;
  public GraphNode output;

  public Operation(GraphNode... inputs) {
    this.inputs = List.of(inputs);
  }

  /** Adds the forward steps and sets {@code output.value}. */
  public abstract void addForwardSteps(PlanBuilder builder);

  /**
   * Adds the backward steps, and their results to the gradients of the inputs that need one.
   *
   * @param diffDst dL/d output, in any layout; it may be overwritten
   */
  public abstract void addBackwardSteps(PlanBuilder builder, memory diffDst);

  /** Whether the loss depends on what it computes, so that it has a backward pass. */
  public boolean matters(PlanBuilder builder) {
    return builder.gradientOf(output) != null;
  }

  /** Fuses the activation that follows, if possible. */
  public boolean fuse(Eltwise next) {
    return false;
  }

  /** The window it slides over an image, if it does. */
  public Optional<Window> window() {
    return Optional.empty();
  }

  /** Whether the backward pass reads the output of the forward pass. */
  public boolean readsOutputBackward() {
    return true;
  }

  /** Whether it has trainable parameters, so that its output's gradient is needed. */
  public boolean isTrained() {
    return false;
  }

  /** Whether the gradient of its output reaches its inputs; a mask has none. */
  public boolean passesGradient() {
    return true;
  }

  /** The multiplications and additions of one forward pass, by which threads are chosen. */
  public long work() {
    long size = 1;
    for (long dim : output.dims()) {
      size *= dim;
    }
    return size;
  }

  /** Whether it shares its work among threads itself, rather than leaving that to OpenMP. */
  public boolean hasOwnThreads() {
    return false;
  }

  public final GraphNode x() {
    return inputs.get(0);
  }
}
