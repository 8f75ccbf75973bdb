package org.lossbook.layer.weights;

import java.util.Arrays;
import org.lossbook.Internal;
import org.lossbook.engine.Initializer;

/**
 * Initializers of parameters, by Keras's names and formulas.
 *
 * @hidden
 */
@Internal
public final class Initializers {
  private Initializers() {}

  public static Initializer zeros() {
    return constant(0);
  }

  public static Initializer ones() {
    return constant(1);
  }

  static Initializer constant(float value) {
    return (values, shape, random) -> Arrays.fill(values, value);
  }

  /**
   * Glorot uniform: U(−a, a) with a = √(6 / (fanIn + fanOut)), which keeps the variance of
   * activations and gradients about the same from layer to layer (Glorot and Bengio, 2010).
   */
  public static Initializer glorotUniform() {
    return (values, shape, random) -> {
      int field = 1;
      for (int axis = 0; axis < shape.length - 2; axis++) {
        field *= shape[axis];
      }
      double fanIn = (double) field * shape[shape.length - 2];
      double fanOut = (double) field * shape[shape.length - 1];
      double limit = Math.sqrt(6 / (fanIn + fanOut));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
      }
    };
  }
}
