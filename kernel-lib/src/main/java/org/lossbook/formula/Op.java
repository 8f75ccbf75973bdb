package org.lossbook.formula;

import java.util.function.UnaryOperator;

/**
 * An operation of the expression graph: value, derivative, notation and JavaScript in one entry.
 * The entries are in {@link Leaves}, {@link Arithmetic}, {@link Powers}, {@link Functions}, {@link
 * Choices}, {@link Rows} and {@link Batches}.
 *
 * <p>At corners the derivatives are PyTorch's subgradients: 0 for {@code |x|} at 0, one half each
 * for equal operands of min and max, 0 for clip at its bounds, equal shares for equal maxima of a
 * row; and 0 for a square root or a lower power at 0, where PyTorch's is infinite, see {@link
 * PowerDerivative}.
 *
 * <p>A notation starts with its precedence and a bar: 1 big operators, 2 sums, 3 products, 4 powers
 * and functions, 5 atoms. In it, {@code #a3} is operand a, in parentheses if its precedence is
 * below 3; {@code #ab} the same, but a big operator goes without parentheses; {@code #a?} a
 * condition without the brackets that turn it into a number; {@code #a_} a subscript. In JavaScript
 * {@code #a} is operand a: a number or, for a reduction, an array.
 *
 * @param name as messages print it
 * @param kind how the shape follows from the operands' shapes
 * @param innerLoop the inner loop; {@link #NONE} for leaves and composite operations
 * @param definition the same value in terms of simpler operations, for composite operations
 * @param derivative the reverse-mode derivative
 * @param latex the notation in LaTeX, see {@link Printer}
 * @param text the notation in plain text
 * @param javascript the notation in JavaScript; empty for leaves and composite operations
 */
record Op(
    String name,
    Kind kind,
    InnerLoop innerLoop,
    UnaryOperator<ExprNode> definition,
    Derivative derivative,
    String latex,
    String text,
    String javascript) {

  /** How an operation changes shapes. */
  enum Kind {
    /** Has no operands. */
    LEAF,
    /** Computes each number by itself; smaller operands are broadcast. */
    ELEMENTWISE,
    /** Computes a number for each output from a whole row: softmax. */
    ROWWISE,
    /** Reduces each row to one number per sample. */
    ROW_REDUCTION,
    /** Reduces the whole batch to one number. */
    BATCH_REDUCTION
  }

  /** The reverse-mode derivative of an operation. */
  @FunctionalInterface
  interface Derivative {
    /**
     * The gradients with respect to the operands of {@code self}, in order.
     *
     * @param g the gradient with respect to {@code self}
     */
    ExprNode[] backward(ExprNode g, ExprNode self);
  }

  static final InnerLoop NONE = (a, b, c, out, n, width) -> {};

  static Op leaf(String name) {
    return new Op(name, Kind.LEAF, NONE, null, (g, e) -> gradients(), "5|", "5|", "");
  }

  /** An operation that computes each number by itself. */
  static Op elementwise(
      String name,
      InnerLoop innerLoop,
      Derivative derivative,
      String latex,
      String text,
      String javascript) {
    return new Op(name, Kind.ELEMENTWISE, innerLoop, null, derivative, latex, text, javascript);
  }

  /** An operation that reduces each row to one number. */
  static Op rowReduction(
      String name,
      InnerLoop innerLoop,
      Derivative derivative,
      String latex,
      String text,
      String javascript) {
    return new Op(name, Kind.ROW_REDUCTION, innerLoop, null, derivative, latex, text, javascript);
  }

  /** An operation defined in terms of others. */
  static Op composite(
      String name,
      Kind kind,
      UnaryOperator<ExprNode> definition,
      Derivative derivative,
      String latex,
      String text) {
    return new Op(name, kind, NONE, definition, derivative, latex, text, "");
  }

  /** The gradients that a derivative returns, operand by operand. */
  static ExprNode[] gradients(ExprNode... gradients) {
    return gradients;
  }

  boolean isComposite() {
    return definition != null;
  }

  @Override
  public String toString() {
    return name;
  }
}
