package org.lossbook.engine.onednn.operation;

import org.lossbook.Internal;
import org.lossbook.engine.Activation;

/**
 * An element-wise activation.
 *
 * @hidden
 */
@Internal
public abstract class Pointwise extends Unary {
  Pointwise(GraphNode x) {
    super(x);
  }

  /** By oneDNN if its primitive is accurate to the last digits, else by our own loop. */
  public static Pointwise of(GraphNode x, Activation activation) {
    return switch (activation.kind()) {
      case RELU, LEAKY_RELU -> new Eltwise(x, activation.alpha());
      default ->
          new SmoothActivation(x, SmoothFunction.of(activation, x.graph.mode().hasBackward()));
    };
  }

  /** Whether the function is monotonically increasing, so that it preserves the maximum. */
  public abstract boolean rises();
}
