package org.lossbook.formula;

/**
 * The inner loop of an operation over registers that all start at index 0, so that the JIT can turn
 * it into vector instructions.
 */
@FunctionalInterface
interface Kernel {
  /**
   * Elementwise operations read and write {@code n} numbers and ignore {@code width}; operations
   * over the last axis see {@code n} rows of {@code width} numbers. Where there is no third
   * operand, {@code c} is room to work in.
   */
  void run(double[] a, double[] b, double[] c, double[] out, int n, int width);
}
