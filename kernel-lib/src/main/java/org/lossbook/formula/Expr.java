package org.lossbook.formula;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An immutable expression over a batch: truth, prediction, constants, named parameters, and what is
 * computed from them. Operands of different {@link Shape}s meet as one would write them: a constant
 * goes with every number, a sample's number with each of its outputs.
 *
 * <p>This is the list of what one may write, a line each; what stands behind a line is elsewhere.
 * Two expressions that are written the same are one and the same, which is how a compiled program
 * finds what it need compute only once; see {@link Interned}.
 *
 * <pre>{@code
 * Expr mse = y.minus(p).square().mean().batchMean();
 * mse.gradient(p)   // 2(ŷ − y)/n
 * }</pre>
 */
public final class Expr {
  static final Expr ZERO = of(0);
  static final Expr ONE = of(1);
  static final Expr ROW_COUNT = leaf(Leaves.ROWS, Shape.SCALAR, 0, "n", "n");
  static final Expr COLUMN_COUNT = leaf(Leaves.COLUMNS, Shape.SCALAR, 0, "m", "m");
  static final Expr NUMBER_COUNT = leaf(Leaves.NUMBERS, Shape.SCALAR, 0, "n", "n");
  static final Expr POSITIONS = leaf(Leaves.POSITION, Shape.ELEMENT, 0, "k", "k");

  private static final int LARGE = 3_000;

  private final Op op;
  private final List<Expr> args;
  private final Shape shape;
  private final double number;
  private final String text;
  private final String latex;
  private final int hash;
  private final int size;

  private Expr(Op op, List<Expr> args, Shape shape, double number, String text, String latex) {
    this.op = op;
    this.args = args;
    this.shape = shape;
    this.number = number;
    this.text = text;
    this.latex = latex;
    this.size = (int) Math.min(1_000_000, 1 + args.stream().mapToLong(Expr::size).sum());
    this.hash = Objects.hash(System.identityHashCode(op), args, number, text);
  }

  private static Expr leaf(Op op, Shape shape, double number, String text, String latex) {
    return Interned.of(new Expr(op, List.of(), shape, number, text, latex));
  }

  static Expr of(Op op, Expr... args) {
    for (Expr arg : args) {
      given(op.name(), arg);
    }
    List<Expr> list = List.of(args);
    Shape shape =
        switch (op.kind()) {
          case LEAF -> throw new IllegalArgumentException(op + " has no operands");
          case ELEMENTWISE -> op == Rows.SPREAD ? Shape.ELEMENT : Shape.of(list);
          case ROWWISE -> Shape.ELEMENT;
          case FOLD -> Shape.SAMPLE;
          case BATCH -> Shape.SCALAR;
        };
    return Interned.of(new Expr(op, list, shape, 0, "", ""));
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
    return leaf(Leaves.NUMBER, Shape.SCALAR, number == 0 ? 0 : number, "", "");
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
    return COLUMN_COUNT;
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
    Expr row = ZERO;
    for (int k = given("row", numbers).length - 1; k >= 0; k--) {
      row = where(POSITIONS.equalTo(of(k)), numbers[k], row);
    }
    return row;
  }

  /** The same operation on other operands. */
  Expr with(Expr... operands) {
    Expr plain = of(op, operands);
    return Interned.of(new Expr(op, plain.args, plain.shape, number, text, latex));
  }

  Op op() {
    return op;
  }

  List<Expr> args() {
    return args;
  }

  Expr arg(int i) {
    return args.get(i);
  }

  /** How many symbols and signs it takes to write this down. */
  int size() {
    return size;
  }

  /** Whether it would fill pages, were it written out: a graph of a few parts may be endless. */
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

  boolean isDistribution() {
    return op == Leaves.VARIABLE && number == 1;
  }

  boolean isNumber(double value) {
    return op == Leaves.NUMBER && number == value;
  }

  /** How many numbers this stands for. */
  public Shape shape() {
    return shape;
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
    return of(Arithmetic.SQUARE, this);
  }

  /** {@code this} to the power of {@code exponent}. */
  public Expr pow(Expr exponent) {
    return given("pow", exponent).isNumber(2) ? square() : of(Arithmetic.POW, this, exponent);
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
    return of(Arithmetic.POW_OF_SHARE, this, exponent);
  }

  /** The square root. */
  public Expr sqrt() {
    return of(Arithmetic.SQRT, this);
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
    String digits = Numbers.text(number);
    return isNumber(Math.E) ? ONE : named("ln " + digits, "\\ln " + digits, Math.log(number));
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
    return Interned.of(
        new Expr(Leaves.ALIAS, List.of(this), shape, 0, given("as", text), given("as", latex)));
  }

  /** The sum over the last axis: one number a sample. */
  public Expr sum() {
    return Folding.signed(this, Rows.ROW_SUM);
  }

  /** The mean over the last axis: one number a sample. */
  public Expr mean() {
    return Folding.signed(this, Rows.ROW_MEAN);
  }

  /** The maximum over the last axis: one number a sample. */
  public Expr max() {
    return Folding.ofRow(this, Rows.ROW_MAX);
  }

  /** The length of each row as a vector; its slope where that is 0 is 0. */
  public Expr norm() {
    return Folding.ofRow(this, Rows.NORM);
  }

  /** Each row at length one, or shorter where it is shorter than {@code least} itself. */
  public Expr unit(Expr least) {
    return of(Rows.UNIT, this, least);
  }

  /** {@code log Σ e^x} over the last axis, stable for every x. */
  public Expr logSumExp() {
    return Folding.ofRow(this, Rows.LOG_SUM_EXP);
  }

  /** {@code e^x / Σ e^x} over the last axis, stable for every x. */
  public Expr softmax() {
    return Folding.ofRow(this, Rows.SOFTMAX);
  }

  /** The logarithm of {@link #softmax()}, exact where that rounds to 0. */
  public Expr logSoftmax() {
    return Folding.ofRow(this, Rows.LOG_SOFTMAX);
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
    return Folding.overBatch(this, Batches.BATCH_SUM, Rows.ROW_SUM);
  }

  /**
   * The mean over the batch, and over each row where there still are rows: rows are equally long.
   */
  public Expr batchMean() {
    return Folding.overBatch(this, Batches.BATCH_MEAN, Rows.ROW_MEAN);
  }

  /** The mean over the samples, with what is done along a row left in sight. */
  public Expr meanOfSamples() {
    return op == Arithmetic.NEGATE ? arg(0).meanOfSamples().negate() : of(Batches.BATCH_MEAN, this);
  }

  /** This for rows of one number, where sums and means along a row have nothing to do. */
  public Expr forOneOutput() {
    return Rewriting.forOneOutput(this);
  }

  /** This with other expressions in place of some of its parts. */
  public Expr substituted(Map<Expr, Expr> parts) {
    return Rewriting.substituted(this, given("substituted", parts));
  }

  /** The parameters that stand in this, in the order of their first appearance. */
  public Set<Expr> parameters() {
    return Rewriting.parameters(this);
  }

  /** This with plain numbers in place of its parameters: what need not change runs faster. */
  public Expr settled() {
    return Rewriting.settled(this);
  }

  /** The derivative of this, a number for the whole batch, by {@code variable}, simplified. */
  public Expr gradient(Expr variable) {
    return Gradient.of(this, given("gradient", variable));
  }

  /** The same value in fewer or plainer operations. */
  public Expr simplified() {
    return new Simplifier().simplify(this);
  }

  /** The sum of a row that this expression has, even where it is written once for the row. */
  Expr sumOfRow() {
    return shape == Shape.ELEMENT ? sum() : times(COLUMN_COUNT);
  }

  /** How many numbers {@link #batchSum()} adds. */
  Expr count() {
    return shape == Shape.ELEMENT ? NUMBER_COUNT : ROW_COUNT;
  }

  /** Whether the two are written the same. The operands, being interned, are compared as such. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Expr e
            && hash == e.hash
            && op == e.op
            && shape == e.shape
            && Double.compare(number, e.number) == 0
            && text.equals(e.text)
            && latex.equals(e.latex)
            && hasOperandsOf(e);
  }

  private boolean hasOperandsOf(Expr other) {
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

  /** LaTeX, as a textbook would print it, without the dollars. */
  public String latex() {
    return new Printer(true).print(this);
  }

  /** Plain text for one sample: {@code (yᵢ − ŷᵢ)²}. */
  public String ofSample() {
    return new Printer(false).printSample(this);
  }

  /** Plain text: {@code 1/n Σᵢ (yᵢ − ŷᵢ)²}. */
  @Override
  public String toString() {
    return new Printer(false).print(this);
  }
}
