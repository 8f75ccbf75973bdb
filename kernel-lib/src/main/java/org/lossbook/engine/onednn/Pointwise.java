package org.lossbook.engine.onednn;

import org.lossbook.engine.Activation;

/** An element-wise activation. */
abstract class Pointwise extends Unary {
  Pointwise(GraphNode x) {
    super(x);
  }

  /** By oneDNN if its primitive is accurate to the last digits, else by our own loop. */
  static Pointwise of(GraphNode x, Activation activation) {
    return switch (activation.kind()) {
      case RELU, LEAKY_RELU -> new Eltwise(x, activation.alpha());
      default -> new SmoothActivation(x, SmoothFunction.of(activation));
    };
  }

  /** Whether the function is monotonically increasing, so that it preserves the maximum. */
  abstract boolean rises();
}
