package org.lossbook.formula;

import java.util.function.UnaryOperator;

/**
 * One entry of the table of operations: value, reverse-mode rule, notation and JavaScript together.
 * The entries stand in {@link Leaves}, {@link Arithmetic}, {@link Powers}, {@link Functions},
 * {@link Choices}, {@link Rows} and {@link Batches}.
 *
 * <p>At corners the rules take PyTorch's subgradients: 0 for {@code |x|} at 0, one half each for
 * equal operands of min and max, 0 for clip at its bounds, equal shares for equal maxima of a row;
 * and 0 for a square root or a lesser power at 0, where PyTorch has none, see {@link Steepness}.
 *
 * <p>In the notations {@code #a3} is operand a, in parentheses where it binds weaker than level 3
 * ({@code #ab}: than 3, but a big operator stands bare; {@code #a?}: a condition, without the
 * brackets that make a number of it); the number before the bar is the level of the whole: 1 big
 * operators, 2 sums, 3 products, 4 powers and functions, 5 atoms. In JavaScript {@code #a} is
 * operand a: a number, or, where the operation folds a row or the batch, an array.
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
    UnaryOperator<ExprNode> lowered,
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
    /** A number for each output, from whole rows or from one number a row: softmax. */
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
    ExprNode[] back(ExprNode g, ExprNode self);
  }

  static final Kernel NONE = (a, b, c, out, n, width) -> {};

  static Op leaf(String name) {
    return new Op(name, Kind.LEAF, NONE, null, (g, e) -> each(), "5|", "5|", "");
  }

  /** An operation that works number by number. */
  static Op map(
      String name, Kernel kernel, Rule rule, String latex, String text, String javascript) {
    return new Op(name, Kind.ELEMENTWISE, kernel, null, rule, latex, text, javascript);
  }

  /** An operation that makes one number of a row. */
  static Op fold(
      String name, Kernel kernel, Rule rule, String latex, String text, String javascript) {
    return new Op(name, Kind.FOLD, kernel, null, rule, latex, text, javascript);
  }

  /** An operation that is said in terms of others. */
  static Op lowered(
      String name,
      Kind kind,
      UnaryOperator<ExprNode> lowered,
      Rule rule,
      String latex,
      String text) {
    return new Op(name, kind, NONE, lowered, rule, latex, text, "");
  }

  /** What a rule passes back, operand by operand. */
  static ExprNode[] each(ExprNode... contributions) {
    return contributions;
  }

  boolean isLowered() {
    return lowered != null;
  }

  @Override
  public String toString() {
    return name;
  }
}
