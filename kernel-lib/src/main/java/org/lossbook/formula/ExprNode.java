package org.lossbook.formula;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A node of an expression graph: an operation on other nodes, or a leaf. Immutable and interned:
 * equal nodes are one object, which is how a compiled program computes a shared part only once.
 *
 * <p>Derivatives, rewriting, compilation and printing work on nodes; {@link Expr} is what a reader
 * holds. Sums, products and quotients are methods; everything else is a function beside its entry
 * in the table of operations, such as {@code exp(x)} in {@link Functions}.
 */
final class ExprNode {
  private static final Interner<ExprNode> INTERNER = new Interner<>();

  static final ExprNode ZERO = of(0);
  static final ExprNode ONE = of(1);
  static final ExprNode ROW_COUNT = leaf(Leaves.ROWS, Shape.SCALAR, 0, "n", "n");
  static final ExprNode COLUMN_COUNT = leaf(Leaves.COLUMNS, Shape.SCALAR, 0, "m", "m");
  static final ExprNode NUMBER_COUNT = leaf(Leaves.NUMBERS, Shape.SCALAR, 0, "n", "n");
  static final ExprNode POSITIONS = leaf(Leaves.POSITION, Shape.ELEMENT, 0, "k", "k");

  private static final int LARGE = 3_000;

  private final Op op;
  private final List<ExprNode> args;
  private final Shape shape;
  private final double number;
  private final String text;
  private final String latex;
  private final int hash;
  private final int size;

  private ExprNode(
      Op op, List<ExprNode> args, Shape shape, double number, String text, String latex) {
    this.op = op;
    this.args = args;
    this.shape = shape;
    this.number = number;
    this.text = text;
    this.latex = latex;
    this.size = (int) Math.min(1_000_000, 1 + args.stream().mapToLong(ExprNode::size).sum());
    this.hash = Objects.hash(System.identityHashCode(op), args, number, text);
  }

  /** A leaf with its value or first value, and with its symbol as plain text and as LaTeX. */
  static ExprNode leaf(Op op, Shape shape, double number, String text, String latex) {
    return INTERNER.intern(new ExprNode(op, List.of(), shape, number, text, latex));
  }

  /** A number. */
  static ExprNode of(double number) {
    return leaf(Leaves.NUMBER, Shape.SCALAR, number == 0 ? 0 : number, "", "");
  }

  /** An operation on operands, whose shapes determine its own. */
  static ExprNode of(Op op, ExprNode... args) {
    List<ExprNode> list = List.of(args);
    Shape shape =
        switch (op.kind()) {
          case LEAF -> throw new IllegalArgumentException(op + " has no operands");
          case ELEMENTWISE -> widest(list);
          case ROWWISE -> Shape.ELEMENT;
          case ROW_REDUCTION -> Shape.SAMPLE;
          case BATCH_REDUCTION -> Shape.SCALAR;
        };
    return INTERNER.intern(new ExprNode(op, list, shape, 0, "", ""));
  }

  private static Shape widest(List<ExprNode> args) {
    Shape widest = Shape.SCALAR;
    for (ExprNode arg : args) {
      if (arg.shape.compareTo(widest) > 0) {
        widest = arg.shape;
      }
    }
    return widest;
  }

  /** The same operation on other operands. */
  ExprNode with(ExprNode... operands) {
    ExprNode plain = of(op, operands);
    return INTERNER.intern(new ExprNode(op, plain.args, plain.shape, number, text, latex));
  }

  /** The same value under a symbol of its own. */
  ExprNode as(String symbol, String symbolInLatex) {
    return INTERNER.intern(
        new ExprNode(Leaves.ALIAS, List.of(this), shape, 0, symbol, symbolInLatex));
  }

  Op op() {
    return op;
  }

  List<ExprNode> args() {
    return args;
  }

  ExprNode arg(int i) {
    return args.get(i);
  }

  Shape shape() {
    return shape;
  }

  /** The number of symbols and signs it takes to write this out. */
  int size() {
    return size;
  }

  /** Whether it would fill pages if written out: a graph of a few nodes can be that large. */
  boolean isLarge() {
    return size > LARGE;
  }

  double number() {
    return number;
  }

  String symbol(boolean inLatex) {
    return inLatex ? latex : text;
  }

  boolean isNumber() {
    return op == Leaves.NUMBER;
  }

  boolean isNumber(double value) {
    return op == Leaves.NUMBER && number == value;
  }

  boolean isDistribution() {
    return op == Leaves.VARIABLE && number == 1;
  }

  ExprNode plus(ExprNode other) {
    return of(Arithmetic.PLUS, this, other);
  }

  ExprNode plus(double other) {
    return plus(of(other));
  }

  ExprNode minus(ExprNode other) {
    return of(Arithmetic.MINUS, this, other);
  }

  ExprNode minus(double other) {
    return minus(of(other));
  }

  ExprNode negate() {
    return of(Arithmetic.NEGATE, this);
  }

  ExprNode times(ExprNode other) {
    return of(Arithmetic.TIMES, this, other);
  }

  /** The product, printed with the number first. */
  ExprNode times(double other) {
    return of(other).times(this);
  }

  ExprNode over(ExprNode other) {
    return of(Arithmetic.OVER, this, other);
  }

  /** Structural equality; operands are interned and so compared by identity. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof ExprNode e
            && hash == e.hash
            && op == e.op
            && shape == e.shape
            && Double.compare(number, e.number) == 0
            && text.equals(e.text)
            && latex.equals(e.latex)
            && hasOperandsOf(e);
  }

  private boolean hasOperandsOf(ExprNode other) {
    boolean same = args.size() == other.args.size();
    for (int i = 0; same && i < args.size(); i++) {
      same = args.get(i) == other.args.get(i);
    }
    return same;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Prefix notation for a debugger: {@code plus(y, 2.0)}. */
  @Override
  public String toString() {
    if (args.isEmpty() || isLarge()) {
      return isNumber() ? Double.toString(number) : args.isEmpty() ? text : op + "(…)";
    }
    return args.stream().map(ExprNode::toString).collect(Collectors.joining(", ", op + "(", ")"));
  }
}
