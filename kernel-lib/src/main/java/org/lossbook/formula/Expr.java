package org.lossbook.formula;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An immutable expression over a batch: truth, prediction, constants, named parameters, and what is
 * computed from them. Operands of different {@link Shape}s meet as one would write them: a constant
 * goes with every number, a sample's number with each of its outputs.
 *
 * <p>This is the list of what one may write, a line each; what stands behind a line works on the
 * {@link ExprNode} that an expression holds.
 *
 * <pre>{@code
 * Expr mse = y.minus(p).square().mean().batchMean();
 * mse.gradient(p)   // 2(ŷ − y)/n
 * }</pre>
 */
public final class Expr {
  private final ExprNode node;

  Expr(ExprNode node) {
    this.node = node;
  }

  private static Expr leaf(Op op, Shape shape, double number, String text, String latex) {
    return new Expr(ExprNode.leaf(op, shape, number, text, latex));
  }

  private static Expr of(Op op, Expr... args) {
    ExprNode[] nodes = new ExprNode[args.length];
    for (int i = 0; i < args.length; i++) {
      nodes[i] = given(op.name(), args[i]).node;
    }
    return new Expr(ExprNode.of(op, nodes));
  }

  /** The node of each key. */
  static <T> Map<ExprNode, T> nodes(Map<Expr, T> values) {
    Map<ExprNode, T> nodes = new HashMap<>();
    values.forEach((e, value) -> nodes.put(e.node, value));
    return nodes;
  }

  /** Refuses what is not there, such as the variable of a cell that failed. */
  private static <T> T given(String who, T value) {
    if (value == null) {
      throw new IllegalArgumentException(
          who
              + " expects an expression or its name but receives null: y.minus(p).square() is one,"
              + " of the variables y and p.");
    }
    return value;
  }

  /** A number. */
  public static Expr of(double number) {
    return new Expr(ExprNode.of(number));
  }

  /** A number that is printed by its name: {@code named("ln 2", "\\ln 2", Math.log(2))}. */
  public static Expr named(String text, String latex, double number) {
    return leaf(Leaves.NAMED, Shape.SCALAR, number, given("named", text), given("named", latex));
  }

  /** A number the batch brings with it: the truth, the prediction, a sample's weight. */
  public static Expr variable(String text, String latex, Shape shape) {
    return leaf(
        Leaves.VARIABLE,
        given("variable", shape),
        0,
        given("variable", text),
        given("variable", latex));
  }

  /** A variable each row of which sums to one: a distribution over the classes. */
  public static Expr distribution(String text, String latex) {
    return leaf(
        Leaves.VARIABLE,
        Shape.ELEMENT,
        1,
        given("distribution", text),
        given("distribution", latex));
  }

  /** The number of outputs of a sample, known when a program is compiled. */
  public static Expr outputs() {
    return new Expr(ExprNode.COLUMN_COUNT);
  }

  /**
   * One number with a name and a first value, which may change between runs: a loss's setting. What
   * it is now is printed once, after the formula.
   */
  public static Expr parameter(String text, String latex, double first) {
    return leaf(
        Leaves.PARAMETER, Shape.SCALAR, first, given("parameter", text), given("parameter", latex));
  }

  /** A row with these numbers for its outputs, as many as a sample has; each one a sample's. */
  public static Expr row(Expr... numbers) {
    Expr row = of(0);
    Expr position = new Expr(ExprNode.POSITIONS);
    for (int k = given("row", numbers).length - 1; k >= 0; k--) {
      row = where(position.equalTo(of(k)), numbers[k], row);
    }
    return row;
  }

  /** What this stands for in the graph. */
  ExprNode node() {
    return node;
  }

  /** How many numbers this stands for. */
  public Shape shape() {
    return node.shape();
  }

  /** {@code this + other}. */
  public Expr plus(Expr other) {
    return of(Arithmetic.PLUS, this, other);
  }

  /** {@code this + other}. */
  public Expr plus(double other) {
    return plus(of(other));
  }

  /** {@code this − other}. */
  public Expr minus(Expr other) {
    return of(Arithmetic.MINUS, this, other);
  }

  /** {@code this − other}. */
  public Expr minus(double other) {
    return minus(of(other));
  }

  /** {@code −this}. */
  public Expr negate() {
    return of(Arithmetic.NEGATE, this);
  }

  /** {@code this · other}. */
  public Expr times(Expr other) {
    return of(Arithmetic.TIMES, this, other);
  }

  /** {@code this · other}, the number printed first. */
  public Expr times(double other) {
    return of(other).times(this);
  }

  /** {@code this / other}. */
  public Expr over(Expr other) {
    return of(Arithmetic.OVER, this, other);
  }

  /** {@code this / other}. */
  public Expr over(double other) {
    return over(of(other));
  }

  /** {@code this²}. */
  public Expr square() {
    return of(Powers.SQUARE, this);
  }

  /** {@code this} to the power of {@code exponent}. */
  public Expr pow(Expr exponent) {
    return new Expr(Powers.pow(node, given("pow", exponent).node));
  }

  /** {@code this} to the power of {@code exponent}. */
  public Expr pow(double exponent) {
    return pow(of(exponent));
  }

  /**
   * This, a share between 0 and 1, to the power of {@code exponent}. Where that is below 1 the
   * slope would be without bound at 0: below 10⁻⁷ it falls to 0.
   */
  public Expr powOfShare(Expr exponent) {
    return of(Powers.POW_OF_SHARE, this, exponent);
  }

  /** The square root. */
  public Expr sqrt() {
    return of(Powers.SQRT, this);
  }

  /** e to the power of this. */
  public Expr exp() {
    return of(Functions.EXP, this);
  }

  /** The natural logarithm. */
  public Expr log() {
    return of(Functions.LOG, this);
  }

  /** The logarithm to a base: 2 for bits, 10 for decimal digits. */
  public Expr log(double base) {
    return base == Math.E ? log() : of(Functions.LOG_BASE, this, of(base));
  }

  /** {@code ln b} by its name, for a number b. */
  public Expr naturalLog() {
    return new Expr(Functions.naturalLog(node));
  }

  /** The natural logarithm, finite at 0: for {@code x log x}, which then is 0 there. */
  public Expr logFinite() {
    return of(Functions.LOG_FINITE, this);
  }

  /** {@code log(1 + this)}, exact near 0. */
  public Expr log1p() {
    return of(Functions.LOG1P, this);
  }

  /** The absolute value; its slope at 0 is 0. */
  public Expr abs() {
    return of(Functions.ABS, this);
  }

  /** −1, 0 or 1. */
  public Expr sign() {
    return of(Functions.SIGN, this);
  }

  /** The greatest whole number that is not above this; its slope is 0. */
  public Expr floor() {
    return of(Functions.FLOOR, this);
  }

  /** The least whole number that is not below this; its slope is 0. */
  public Expr ceil() {
    return of(Functions.CEIL, this);
  }

  /** The hyperbolic tangent. */
  public Expr tanh() {
    return of(Functions.TANH, this);
  }

  /** The logarithm of the hyperbolic cosine, for every x. */
  public Expr logCosh() {
    return of(Functions.LOG_COSH, this);
  }

  /** The cosine of an angle in radians. */
  public Expr cos() {
    return of(Functions.COS, this);
  }

  /** The sine of an angle in radians. */
  public Expr sin() {
    return of(Functions.SIN, this);
  }

  /** {@code log ∫ exp(−ρ(x)) dx} of Barron's loss ρ with this shape, 0 or more, and scale 1. */
  public Expr logPartition() {
    return of(Functions.LOG_PARTITION, this);
  }

  /** {@code 1 / (1 + e^−x)}, stable for every x. */
  public Expr sigmoid() {
    return of(Functions.SIGMOID, this);
  }

  /** The logarithm of {@link #sigmoid()}, exact where that rounds to 0 or 1. */
  public Expr logSigmoid() {
    return of(Functions.LOG_SIGMOID, this);
  }

  /** {@code log(1 + e^x)}, stable for every x. */
  public Expr softplus() {
    return of(Functions.SOFTPLUS, this);
  }

  /** The smaller of two; equal ones share the slope. */
  public Expr min(Expr other) {
    return of(Choices.MIN, this, other);
  }

  /** The smaller of two; equal ones share the slope. */
  public Expr min(double other) {
    return min(of(other));
  }

  /** The larger of two; equal ones share the slope. */
  public Expr max(Expr other) {
    return of(Choices.MAX, this, other);
  }

  /** The larger of two; equal ones share the slope. */
  public Expr max(double other) {
    return max(of(other));
  }

  /** 1 where this is greater than {@code other}, else 0. */
  public Expr greaterThan(Expr other) {
    return of(Choices.GREATER, this, other);
  }

  /** 1 where this is greater than {@code other}, else 0. */
  public Expr greaterThan(double other) {
    return greaterThan(of(other));
  }

  /** 1 where this is at least {@code other}, else 0. */
  public Expr atLeast(Expr other) {
    return of(Choices.AT_LEAST, this, other);
  }

  /** 1 where this is at least {@code other}, else 0. */
  public Expr atLeast(double other) {
    return atLeast(of(other));
  }

  /** 1 where this is less than {@code other}, else 0. */
  public Expr lessThan(Expr other) {
    return of(Choices.LESS, this, other);
  }

  /** 1 where this is less than {@code other}, else 0. */
  public Expr lessThan(double other) {
    return lessThan(of(other));
  }

  /** 1 where this is at most {@code other}, else 0. */
  public Expr atMost(Expr other) {
    return of(Choices.AT_MOST, this, other);
  }

  /** 1 where this is at most {@code other}, else 0. */
  public Expr atMost(double other) {
    return atMost(of(other));
  }

  /** 1 where this equals {@code other}, else 0. */
  public Expr equalTo(Expr other) {
    return of(Choices.EQUAL, this, other);
  }

  /** 1 where this equals {@code other}, else 0. */
  public Expr equalTo(double other) {
    return equalTo(of(other));
  }

  /** {@code then} where {@code condition} is not 0, else {@code otherwise}. */
  public static Expr where(Expr condition, Expr then, Expr otherwise) {
    return of(Choices.WHERE, condition, then, otherwise);
  }

  /** This, kept within [{@code low}, {@code high}]; the slope is 0 at the bounds and outside. */
  public Expr clip(Expr low, Expr high) {
    return of(Choices.CLIP, this, low, high);
  }

  /** This, kept within [{@code low}, {@code high}]; the slope is 0 at the bounds and outside. */
  public Expr clip(double low, double high) {
    return clip(of(low), of(high));
  }

  /** The same value, printed by a name that is explained once: {@code p = clip(ŷ, …)}. */
  public Expr as(String text, String latex) {
    return new Expr(node.as(given("as", text), given("as", latex)));
  }

  /** The sum over the last axis: one number a sample. */
  public Expr sum() {
    return new Expr(Rows.sum(rows("sum")));
  }

  /** The mean over the last axis: one number a sample. */
  public Expr mean() {
    return new Expr(Rows.mean(rows("mean")));
  }

  /** The maximum over the last axis: one number a sample. */
  public Expr max() {
    return ofRow(Rows.ROW_MAX);
  }

  /** The length of each row as a vector; its slope where that is 0 is 0. */
  public Expr norm() {
    return ofRow(Rows.NORM);
  }

  /** Each row at length one, or shorter where it is shorter than {@code least} itself. */
  public Expr unit(Expr least) {
    return of(Rows.UNIT, this, least);
  }

  /** {@code log Σ e^x} over the last axis, stable for every x. */
  public Expr logSumExp() {
    return ofRow(Rows.LOG_SUM_EXP);
  }

  /** {@code e^x / Σ e^x} over the last axis, stable for every x. */
  public Expr softmax() {
    return ofRow(Rows.SOFTMAX);
  }

  /** The logarithm of {@link #softmax()}, exact where that rounds to 0. */
  public Expr logSoftmax() {
    return ofRow(Rows.LOG_SOFTMAX);
  }

  private Expr ofRow(Op operation) {
    return new Expr(ExprNode.of(operation, rows(operation.name())));
  }

  /** This, refused where it has no rows. */
  private ExprNode rows(String who) {
    if (shape() != Shape.ELEMENT) {
      throw new IllegalArgumentException(
          who
              + "() works along the outputs of a sample but receives "
              + this
              + ", which has one number a "
              + (shape() == Shape.SAMPLE ? "sample" : "batch")
              + " already: remove the call.");
    }
    return node;
  }

  /** The component of each row at this position, counted from 0. */
  public Expr component(int position) {
    return pick(of(position));
  }

  /** The component of each row at the position that {@code label} names, counted from 0. */
  public Expr pick(Expr label) {
    return of(Rows.PICK, this, label);
  }

  /** The sum over the batch, and over each row where there still are rows: a sum of sums is one. */
  public Expr batchSum() {
    return new Expr(Batches.sum(node));
  }

  /**
   * The mean over the batch, and over each row where there still are rows: rows are equally long.
   */
  public Expr batchMean() {
    return new Expr(Batches.mean(node));
  }

  /** The mean over the samples, with what is done along a row left in sight. */
  public Expr meanOfSamples() {
    return new Expr(Batches.meanOfSamples(node));
  }

  /** This for rows of one number, where sums and means along a row have nothing to do. */
  public Expr forOneOutput() {
    return new Expr(Rewriting.forOneOutput(node));
  }

  /** This with other expressions in place of some of its parts. */
  public Expr substituted(Map<Expr, Expr> parts) {
    Map<ExprNode, ExprNode> nodes = new HashMap<>();
    nodes(given("substituted", parts))
        .forEach((part, other) -> nodes.put(part, given("substituted", other).node));
    return new Expr(Rewriting.substituted(node, nodes));
  }

  /** The parameters that stand in this, in the order of their first appearance. */
  public Set<Expr> parameters() {
    return Rewriting.parameters(node).stream()
        .map(Expr::new)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** This with plain numbers in place of its parameters: what need not change runs faster. */
  public Expr settled() {
    return new Expr(Rewriting.settled(node));
  }

  /** The derivative of this, a number for the whole batch, by {@code variable}, simplified. */
  public Expr gradient(Expr variable) {
    return new Expr(Gradient.of(node, given("gradient", variable).node));
  }

  /** The same value in fewer or plainer operations. */
  public Expr simplified() {
    return new Expr(new Simplifier().simplify(node));
  }

  /** Whether the two are written the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Expr e && node.equals(e.node);
  }

  @Override
  public int hashCode() {
    return node.hashCode();
  }

  /** LaTeX, as a textbook would print it, without the dollars. */
  public String latex() {
    return Printer.latex(node);
  }

  /** Plain text for one sample: {@code (yᵢ − ŷᵢ)²}. */
  public String ofSample() {
    return Printer.ofSample(node);
  }

  /** Plain text: {@code 1/n Σᵢ (yᵢ − ŷᵢ)²}. */
  @Override
  public String toString() {
    return Printer.plainText(node);
  }
}
