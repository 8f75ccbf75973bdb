package org.lossbook.engine;

/** An elementwise function that a graph applies, such as an activation given by its formula. */
public interface ElementFunction {
  /** The name, for messages: {@code mish}. */
  String name();

  /** Whether it is monotonically increasing, so that it preserves a maximum. */
  boolean rises();

  /** The bounds of its values. */
  Bounds bounds(Bounds x);

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
