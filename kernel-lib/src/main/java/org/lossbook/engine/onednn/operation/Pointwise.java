package org.lossbook.engine.onednn.operation;

import org.lossbook.Internal;
import org.lossbook.engine.Activation;
import org.lossbook.engine.ElementFunction;

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
      case RELU, LEAKY_RELU -> Eltwise.relu(x, activation.alpha());
      case FORMULA ->
          activation
              .function()
              .flatMap(ElementFunction::clips)
              .map(bounds -> (Pointwise) Eltwise.clip(x, bounds))
              .orElseGet(() -> smooth(x, activation));
      default -> smooth(x, activation);
    };
  }

  private static Pointwise smooth(GraphNode x, Activation activation) {
    return new SmoothActivation(x, SmoothFunction.of(activation, x.graph.mode().hasBackward()));
  }

  /** Whether the function is monotonically increasing, so that it preserves the maximum. */
  public abstract boolean rises();
}
