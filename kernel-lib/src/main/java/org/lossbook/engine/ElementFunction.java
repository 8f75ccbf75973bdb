package org.lossbook.engine;

import java.util.Optional;

/** An elementwise function that a graph applies, such as an activation given by its formula. */
public interface ElementFunction {
  /** The name, for messages: {@code mish}. */
  String name();

  /** Whether it is monotonically increasing, so that it preserves a maximum. */
  boolean rises();

  /** The bounds of its values. */
  Bounds bounds(Bounds x);

  /**
   * The bounds between which it keeps each number and changes nothing else, if it does only that.
   */
  default Optional<Bounds> clips() {
    return Optional.empty();
  }

  /**
   * An evaluator with arrays of its own, for one operation of one plan.
   *
   * @param withDerivative whether {@link Evaluator#derivative} will be called
   */
  Evaluator evaluator(boolean withDerivative);

  /** Computes chunks of numbers, without allocating. */
  interface Evaluator {
    /** {@code out = f(x)}. */
    void value(double[] x, double[] out, int n);

    /** {@code out = f′(x)} for the numbers that {@link #value} was just called with. */
    void derivative(double[] x, double[] out, int n);
  }
}
