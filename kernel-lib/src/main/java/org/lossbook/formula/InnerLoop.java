package org.lossbook.formula;

/**
 * The inner loop of an operation over registers, arrays that are all read from index 0, so that the
 * JIT can vectorize it.
 */
@FunctionalInterface
interface InnerLoop {
  /**
   * Computes {@code out} from the operands. Elementwise operations process {@code n} numbers and
   * ignore {@code width}; operations over the last axis process {@code n} rows of {@code width}
   * numbers. If there is no third operand, {@code c} is scratch space.
   */
  void run(double[] a, double[] b, double[] c, double[] out, int n, int width);
}
