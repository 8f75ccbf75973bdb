package org.lossbook.formula;

import java.util.function.UnaryOperator;

/**
 * One entry of the table of operations ({@link Ops}).
 *
 * @param name as it stands in messages
 * @param kind how the shape follows from the operands' shapes
 * @param kernel the inner loop; {@link #NONE} for leaves and for operations that are {@code
 *     lowered}
 * @param lowered the same value in terms of simpler operations, for operations without a kernel
 * @param rule the reverse-mode rule
 * @param latex its mathematics for LaTeX, see {@link Printer}
 * @param text the same as plain text
 * @param javascript the same as JavaScript; empty for leaves and for operations that are {@code
 *     lowered}
 */
record Op(
    String name,
    Kind kind,
    Kernel kernel,
    UnaryOperator<Expr> lowered,
    Rule rule,
    String latex,
    String text,
    String javascript) {

  /** What an operation does to shapes. */
  enum Kind {
    /** Has no operands. */
    LEAF,
    /** Works number by number; narrower operands are spread. */
    ELEMENTWISE,
    /** Works number by number, but needs whole rows to do it: softmax. */
    ROWWISE,
    /** One number a sample from each row. */
    FOLD,
    /** One number from the whole batch. */
    BATCH
  }

  /** What an operation passes back to its operands. */
  @FunctionalInterface
  interface Rule {
    /**
     * The contributions to the derivatives by the operands of {@code self}, in their order, where
     * {@code g} is the derivative by {@code self}.
     */
    Expr[] back(Expr g, Expr self);
  }

  static final Kernel NONE = (a, b, c, out, n, width) -> {};

  boolean isLowered() {
    return lowered != null;
  }

  @Override
  public String toString() {
    return name;
  }
}
