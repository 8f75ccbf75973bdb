package org.lossbook.engine.onednn;

import org.lossbook.engine.Activation;

/** A function on each number. */
abstract class Pointwise extends Unary {
  Pointwise(GraphNode x) {
    super(x);
  }

  /** By oneDNN where its primitive is right to the last digits, else by a loop of our own. */
  static Pointwise of(GraphNode x, Activation activation) {
    return switch (activation.kind()) {
      case RELU, LEAKY_RELU -> new Eltwise(x, activation.alpha());
      default -> new SmoothActivation(x, SmoothFunction.of(activation));
    };
  }

  /**
   * Whether a greater number never has a smaller value, so that the greatest stays the greatest.
   */
  abstract boolean rises();
}
