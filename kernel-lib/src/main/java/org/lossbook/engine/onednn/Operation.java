package org.lossbook.engine.onednn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Window;

/** One operation: knows its forward and its backward, each as steps on a {@link PlanBuilder}. */
abstract class Operation {
  List<GraphNode> inputs;
  GraphNode output;

  Operation(GraphNode... inputs) {
    this.inputs = List.of(inputs);
  }

  /** Adds the forward steps and sets {@code output.value}. */
  abstract void forward(PlanBuilder program);

  /**
   * Adds the backward steps, and what they give to the gradients of those inputs that need one.
   *
   * @param diffDst dL/d output, in whatever layout it came; it may be overwritten
   */
  abstract void backward(PlanBuilder program, memory diffDst);

  /** Takes over the function that follows, where it can be applied in passing. */
  boolean fuse(Eltwise next) {
    return false;
  }

  /** The window that it slides over an image, where it does. */
  Optional<Window> window() {
    return Optional.empty();
  }

  /** Whether backward reads what forward gave. */
  boolean readsOutputBackward() {
    return true;
  }

  /** Whether it has parameters that are trained, so that its output's gradient counts. */
  boolean isTrained() {
    return false;
  }

  /** Multiplications and additions of one forward run, to choose the threads by. */
  long work() {
    long size = 1;
    for (long dim : output.dims()) {
      size *= dim;
    }
    return size;
  }

  final GraphNode x() {
    return inputs.get(0);
  }
}
