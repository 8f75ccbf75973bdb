package org.lossbook.formula;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A symbolic expression over a batch, immutable: truth, prediction, constants, named parameters,
 * and what is computed from them. Operands of different {@link Shape}s are broadcast: a constant
 * applies to every number, a sample's number to each of its outputs.
 *
 * <p>This class lists what can be written; the work is done on the graph of nodes that an
 * expression holds.
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
      nodes[i] = require(op.name(), args[i]).node;
    }
    return new Expr(ExprNode.of(op, nodes));
  }

  /** The node of each key. */
  static <T> Map<ExprNode, T> nodes(Map<Expr, T> values) {
    Map<ExprNode, T> nodes = new HashMap<>();
    values.forEach((e, value) -> nodes.put(e.node, value));
    return nodes;
  }

  /** Rejects null, such as the variable of a cell that failed. */
  private static <T> T require(String who, T value) {
    if (value == null) {
      throw new IllegalArgumentException(
          who
              + " expects an expression or its name but receives null: y.minus(p).square() is one,"
              + " of the variables y and p.");
    }
    return value;
  }

  /** A constant. */
  public static Expr of(double number) {
    return new Expr(ExprNode.of(number));
  }

  /** A named constant, printed by its name: {@code named("ln 2", "\\ln 2", Math.log(2))}. */
  public static Expr named(String text, String latex, double number) {
    return leaf(
        Leaves.NAMED, Shape.SCALAR, number, require("named", text), require("named", latex));
  }

  /** A named constant whose name is the same in LaTeX: {@code named("δ", 1)}. */
  public static Expr named(String text, double number) {
    return named(text, text, number);
  }

  /**
   * A named constant that {@code explore()} of a loss or an activation of one's own gives a slider
   * over this range: {@code named("δ", 1).between(0.1, 5)}.
   *
   * @throws IllegalArgumentException unless this is a named constant inside the range
   */
  public Expr between(double low, double high) {
    return new Expr(Ranged.between(node, low, high));
  }

  /** A variable, whose numbers come with the batch: the truth, the prediction, a sample weight. */
  public static Expr variable(String text, String latex, Shape shape) {
    return leaf(
        Leaves.VARIABLE,
        require("variable", shape),
        0,
        require("variable", text),
        require("variable", latex));
  }

  /** A variable whose rows are probability distributions over the classes: each sums to one. */
  public static Expr distribution(String text, String latex) {
    return leaf(
        Leaves.VARIABLE,
        Shape.ELEMENT,
        1,
        require("distribution", text),
        require("distribution", latex));
  }

  /** The number of outputs of a sample, known when a program is compiled. */
  public static Expr outputs() {
    return new Expr(ExprNode.COLUMN_COUNT);
  }

  /**
   * A parameter: a named number that may change between runs, such as a setting of a loss. Its
   * value is printed once, after the formula.
   */
  public static Expr parameter(String text, String latex, double first) {
    return leaf(
        Leaves.PARAMETER,
        Shape.SCALAR,
        first,
        require("parameter", text),
        require("parameter", latex));
  }

  /** A row of these expressions, one for each output of a sample. */
  public static Expr row(Expr... numbers) {
    Expr row = of(0);
    Expr position = new Expr(ExprNode.POSITIONS);
    for (int k = require("row", numbers).length - 1; k >= 0; k--) {
      row = where(position.equalTo(of(k)), numbers[k], row);
    }
    return row;
  }

  /** The node of the expression graph. */
  ExprNode node() {
    return node;
  }

  /** The shape: one number per batch, per sample or per output. */
  public Shape shape() {
    return node.shape();
  }

  /** The sum {@code this + other}. */
  public Expr plus(Expr other) {
    return of(Arithmetic.PLUS, this, other);
  }

  /** The sum {@code this + other}. */
  public Expr plus(double other) {
    return plus(of(other));
  }

  /** The difference {@code this − other}. */
  public Expr minus(Expr other) {
    return of(Arithmetic.MINUS, this, other);
  }

  /** The difference {@code this − other}. */
  public Expr minus(double other) {
    return minus(of(other));
  }

  /** The negation {@code −this}. */
  public Expr negate() {
    return of(Arithmetic.NEGATE, this);
  }

  /** The product {@code this · other}. */
  public Expr times(Expr other) {
    return of(Arithmetic.TIMES, this, other);
  }

  /** The product {@code this · other}, printed with the number first. */
  public Expr times(double other) {
    return of(other).times(this);
  }

  /** The quotient {@code this / other}. */
  public Expr over(Expr other) {
    return of(Arithmetic.OVER, this, other);
  }

  /** The quotient {@code this / other}. */
  public Expr over(double other) {
    return over(of(other));
  }

  /** The square {@code this²}. */
  public Expr square() {
    return of(Powers.SQUARE, this);
  }

  /** The power: {@code this} to the power of {@code exponent}. */
  public Expr pow(Expr exponent) {
    return new Expr(Powers.pow(node, require("pow", exponent).node));
  }

  /** The power: {@code this} to the power of {@code exponent}. */
  public Expr pow(double exponent) {
    return pow(of(exponent));
  }

  /**
   * The power of a number between 0 and 1. For an exponent below 1, whose derivative would be
   * unbounded near 0, the derivative falls to 0 below 10⁻⁷.
   */
  public Expr powOfShare(Expr exponent) {
    return of(Powers.POW_OF_PROBABILITY, this, exponent);
  }

  /** The square root. */
  public Expr sqrt() {
    return of(Powers.SQRT, this);
  }

  /** The exponential function: e to the power of this. */
  public Expr exp() {
    return of(Functions.EXP, this);
  }

  /** The exponential function minus one, {@code e^this − 1}, exact near 0. */
  public Expr expm1() {
    return of(Functions.EXPM1, this);
  }

  /** The natural logarithm. */
  public Expr log() {
    return of(Functions.LOG, this);
  }

  /** The logarithm to a base: 2 for bits, 10 for decimal digits. */
  public Expr log(double base) {
    return base == Math.E ? log() : of(Functions.LOG_BASE, this, of(base));
  }

  /** The natural logarithm of a number b as a named constant: {@code ln b}. */
  public Expr naturalLog() {
    return new Expr(Functions.naturalLog(node));
  }

  /** The natural logarithm, finite at 0, so that {@code x log x} is 0 there. */
  public Expr logFinite() {
    return of(Functions.LOG_FINITE, this);
  }

  /** The natural logarithm {@code log(1 + this)}, exact near 0. */
  public Expr log1p() {
    return of(Functions.LOG1P, this);
  }

  /** The absolute value; its derivative at 0 is 0. */
  public Expr abs() {
    return of(Functions.ABS, this);
  }

  /** The sign: −1, 0 or 1. */
  public Expr sign() {
    return of(Functions.SIGN, this);
  }

  /** The floor: the greatest integer less than or equal to this; its derivative is 0. */
  public Expr floor() {
    return of(Functions.FLOOR, this);
  }

  /** The ceiling: the least integer greater than or equal to this; its derivative is 0. */
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

  /** The log-partition function {@code log ∫ exp(−ρ(x)) dx} of Barron's loss ρ with this shape. */
  public Expr logPartition() {
    return of(Functions.LOG_PARTITION, this);
  }

  /** The sigmoid {@code 1 / (1 + e^−x)}, stable for every x. */
  public Expr sigmoid() {
    return of(Functions.SIGMOID, this);
  }

  /** The logarithm of the {@link #sigmoid()}, exact where that rounds to 0 or 1. */
  public Expr logSigmoid() {
    return of(Functions.LOG_SIGMOID, this);
  }

  /** The softplus {@code log(1 + e^x)}, stable for every x. */
  public Expr softplus() {
    return of(Functions.SOFTPLUS, this);
  }

  /** The standard normal distribution function Φ: the probability of a number below this. */
  public Expr normalCdf() {
    return of(NormalDistribution.CDF, this);
  }

  /** The minimum of two; equal operands share the gradient. */
  public Expr min(Expr other) {
    return of(Choices.MIN, this, other);
  }

  /** The minimum of two; equal operands share the gradient. */
  public Expr min(double other) {
    return min(of(other));
  }

  /** The maximum of two; equal operands share the gradient. */
  public Expr max(Expr other) {
    return of(Choices.MAX, this, other);
  }

  /** The maximum of two; equal operands share the gradient. */
  public Expr max(double other) {
    return max(of(other));
  }

  /** The comparison {@code this > other}: 1 where it holds, else 0. */
  public Expr greaterThan(Expr other) {
    return of(Choices.GREATER, this, other);
  }

  /** The comparison {@code this > other}: 1 where it holds, else 0. */
  public Expr greaterThan(double other) {
    return greaterThan(of(other));
  }

  /** The comparison {@code this ≥ other}: 1 where it holds, else 0. */
  public Expr atLeast(Expr other) {
    return of(Choices.AT_LEAST, this, other);
  }

  /** The comparison {@code this ≥ other}: 1 where it holds, else 0. */
  public Expr atLeast(double other) {
    return atLeast(of(other));
  }

  /** The comparison {@code this < other}: 1 where it holds, else 0. */
  public Expr lessThan(Expr other) {
    return of(Choices.LESS, this, other);
  }

  /** The comparison {@code this < other}: 1 where it holds, else 0. */
  public Expr lessThan(double other) {
    return lessThan(of(other));
  }

  /** The comparison {@code this ≤ other}: 1 where it holds, else 0. */
  public Expr atMost(Expr other) {
    return of(Choices.AT_MOST, this, other);
  }

  /** The comparison {@code this ≤ other}: 1 where it holds, else 0. */
  public Expr atMost(double other) {
    return atMost(of(other));
  }

  /** The comparison {@code this = other}: 1 where it holds, else 0. */
  public Expr equalTo(Expr other) {
    return of(Choices.EQUAL, this, other);
  }

  /** The comparison {@code this = other}: 1 where it holds, else 0. */
  public Expr equalTo(double other) {
    return equalTo(of(other));
  }

  /** The selection of {@code then} where {@code condition} is not 0, else {@code otherwise}. */
  public static Expr where(Expr condition, Expr then, Expr otherwise) {
    return of(Choices.WHERE, condition, then, otherwise);
  }

  /** This clipped to [{@code low}, {@code high}]; the derivative is 0 at the bounds and outside. */
  public Expr clip(Expr low, Expr high) {
    return of(Choices.CLIP, this, low, high);
  }

  /** This clipped to [{@code low}, {@code high}]; the derivative is 0 at the bounds and outside. */
  public Expr clip(double low, double high) {
    return clip(of(low), of(high));
  }

  /** A name for this value, which the printed formula defines once: {@code p = clip(ŷ, …)}. */
  public Expr as(String text, String latex) {
    return new Expr(node.as(require("as", text), require("as", latex)));
  }

  /** The sum over the last axis: one number per sample. */
  public Expr sum() {
    return new Expr(Rows.sum(rows("sum")));
  }

  /** The mean over the last axis: one number per sample. */
  public Expr mean() {
    return new Expr(Rows.mean(rows("mean")));
  }

  /** The maximum over the last axis: one number per sample. */
  public Expr max() {
    return ofRow(Rows.ROW_MAX);
  }

  /** The Euclidean (L2) norm of each row; its derivative at 0 is 0. */
  public Expr norm() {
    return ofRow(Rows.NORM);
  }

  /** L2 normalization: each row divided by its norm, or by {@code least} if that is larger. */
  public Expr unit(Expr least) {
    return of(Rows.UNIT, this, least);
  }

  /** The log-sum-exp {@code log Σ e^x} over the last axis, stable for every x. */
  public Expr logSumExp() {
    return ofRow(Rows.LOG_SUM_EXP);
  }

  /** The softmax {@code e^x / Σ e^x} over the last axis, stable for every x. */
  public Expr softmax() {
    return ofRow(Rows.SOFTMAX);
  }

  /** The logarithm of the {@link #softmax()}, exact where that rounds to 0. */
  public Expr logSoftmax() {
    return ofRow(Rows.LOG_SOFTMAX);
  }

  private Expr ofRow(Op operation) {
    return new Expr(ExprNode.of(operation, rows(operation.name())));
  }

  /** The node of this, rejected if it has no rows. */
  private ExprNode rows(String who) {
    if (shape() != Shape.ELEMENT) {
      throw new IllegalArgumentException(
          who
              + "() works along the outputs of a sample but receives "
              + this
              + ", which already has one number per "
              + (shape() == Shape.SAMPLE ? "sample" : "batch")
              + ": remove the call.");
    }
    return node;
  }

  /** The component of each row at a position, counted from 0. */
  public Expr component(int position) {
    return pick(of(position));
  }

  /** The component of each row at the position {@code label}, counted from 0. */
  public Expr pick(Expr label) {
    return of(Rows.PICK, this, label);
  }

  /** The sum over the batch, and over rows that are not reduced yet: a sum of sums is one sum. */
  public Expr batchSum() {
    return new Expr(Batches.sum(node));
  }

  /** The mean over the batch, and over rows that are not reduced yet. */
  public Expr batchMean() {
    return new Expr(Batches.mean(node));
  }

  /** The mean over the samples, with reductions of rows kept visible in the formula. */
  public Expr meanOfSamples() {
    return new Expr(Batches.meanOfSamples(node));
  }

  /** This expression for rows of one number, without sums and means over a row. */
  public Expr forOneOutput() {
    return new Expr(Rewriting.forOneOutput(node));
  }

  /** Substitution: this expression with some of its parts replaced. */
  public Expr substituted(Map<Expr, Expr> parts) {
    Map<ExprNode, ExprNode> nodes = new HashMap<>();
    for (Map.Entry<?, ?> entry : require("substituted", parts).entrySet()) {
      Object key = require("substituted", entry.getKey());
      Object value = require("substituted", entry.getValue());
      if (!(key instanceof Expr part && value instanceof Expr other)) {
        throw new IllegalArgumentException(
            "substituted expects expressions by expressions but receives "
                + entry
                + ": write Map.of(p, y.plus(1)).");
      }
      nodes.put(part.node, other.node);
    }
    return new Expr(Rewriting.substituted(node, nodes));
  }

  /** The parameters in this expression, in order of appearance. */
  public Set<Expr> parameters() {
    return Rewriting.parameters(node).stream()
        .map(Expr::new)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** This expression with its parameters fixed at their values, which runs faster. */
  public Expr settled() {
    return new Expr(Rewriting.settled(node));
  }

  /** The gradient of this scalar with respect to {@code variable}, simplified. */
  public Expr gradient(Expr variable) {
    return new Expr(Gradient.of(node, require("gradient", variable).node));
  }

  /**
   * The derivative with respect to {@code variable}, rule by rule, down to the {@link #gradient};
   * of an expression with a number for each output, the derivative of each with respect to its own.
   *
   * <pre>{@code
   * y.minus(p).square().batchMean().derive(p)   // power rule and chain rule: (u²)′ = 2u·u′, …
   * }</pre>
   */
  public Derivation derive(Expr variable) {
    return DerivationSteps.of(node, require("derive", variable).node).written();
  }

  /** The simplified expression: the same value in fewer or simpler operations. */
  public Expr simplified() {
    return new Expr(new Simplifier().simplify(node));
  }

  /** Structural equality: whether the two are written the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Expr e && node.equals(e.node);
  }

  @Override
  public int hashCode() {
    return node.hashCode();
  }

  /** The formula in LaTeX, as a textbook prints it, without dollar signs. */
  public String latex() {
    return Printer.latex(node);
  }

  /** The formula for one sample in plain text: {@code (yᵢ − ŷᵢ)²}. */
  public String ofSample() {
    return Printer.ofSample(node);
  }

  /** The formula in plain text: {@code 1/n Σᵢ (yᵢ − ŷᵢ)²}. */
  @Override
  public String toString() {
    return Printer.plainText(node);
  }
}
