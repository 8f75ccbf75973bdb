package org.lossbook.layer.weights;

import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;

/**
 * A regularizer, \(R(\theta) = \lambda_1 \sum |\theta| + \lambda_2 \sum \theta^2\), or one that
 * keeps the rows or columns of a matrix orthogonal: added to a loss it makes \(J(\theta) = L +
 * R(\theta)\), the regularized objective.
 *
 * <p>L2 keeps weights small, so that the network prefers smooth functions; L1 makes many of them
 * zero. As in Keras, kernels are regularized but biases are not, and λ multiplies the plain sum,
 * without a half. Hoerl and Kennard 1970, <i>Ridge regression</i>; Tibshirani 1996, <i>Regression
 * shrinkage and selection via the lasso</i>.
 *
 * <p>{@link #orthogonalRegularizer}, for a kernel with two axes, is λ times the mean of \(|\cos|\)
 * of the angle between two rows, or two {@link #ofColumns columns}. Vorontsov et al. 2017, <i>On
 * orthogonality and learning recurrent networks with long term dependencies</i>.
 *
 * <pre>{@code
 * l2(0.01).of(vector(1, -2))     // 0.05
 * orthogonalRegularizer(0.1).of(matrix(new double[][] {{3, 4}, {1, 0}}))     // 0.06
 * mse().plus(l2(0.01))           // J(θ) = 1/n Σᵢ (yᵢ − ŷᵢ)² + λ Σ θ², λ = 0.01
 * }</pre>
 *
 * @param l1 λ₁, the factor of the sum of absolute values
 * @param l2 λ₂, the factor of the sum of squares
 * @param rows the factor of the mean |cos| of two rows
 * @param columns the factor of the mean |cos| of two columns
 */
public record Regularizer(double l1, double l2, double rows, double columns) {
  private static final String MODULE = "keras.regularizers";

  /** No regularization. */
  public static final Regularizer NONE = new Regularizer(0, 0, 0, 0);

  private static final String ORTHOGONAL = "OrthogonalRegularizer";

  /** {@code l1_l2} alone is a function of Keras 2, whose default factors differ. */
  private static final Registry<Regularizer> REGULARIZERS =
      Registry.<Regularizer>of("regularizer", MODULE)
          .add("L1", settings -> l1(settings.number("l1", 0.01)))
          .add("L2", settings -> l2(settings.number("l2", 0.01)))
          .add("L1L2", settings -> l1l2(settings.number("l1", 0), settings.number("l2", 0)))
          .add(ORTHOGONAL, Regularizer::orthogonal)
          .addLossbookOnly("Combined", Regularizer::combined)
          .alias("l1_l2", Config.of(MODULE, "L1L2").with("l1", 0.01).with("l2", 0.01));

  /** Refuses factors below 0. */
  public Regularizer {
    check("l1", l1);
    check("l2", l2);
    check("orthogonalRegularizer", rows);
    check("orthogonalRegularizer", columns);
  }

  private static void check(String who, double factor) {
    if (!(factor >= 0 && Double.isFinite(factor))) {
      throw Messages.wrong(
          "%s expects factors of 0 or more but receives %s: below 0 it would reward large weights.",
          who, factor);
    }
  }

  /** L1: λ times the sum of the absolute weights. */
  public static Regularizer l1(double lambda) {
    return new Regularizer(lambda, 0, 0, 0);
  }

  /** L2: λ times the sum of the squared weights. */
  public static Regularizer l2(double lambda) {
    return new Regularizer(0, lambda, 0, 0);
  }

  /** L1 and L2. */
  public static Regularizer l1l2(double l1, double l2) {
    return new Regularizer(l1, l2, 0, 0);
  }

  /** λ times the mean |cos| of two rows: 0 where all are orthogonal to each other. */
  public static Regularizer orthogonalRegularizer(double lambda) {
    return new Regularizer(0, 0, lambda, 0);
  }

  /** The same for the columns in place of the rows. */
  public Regularizer ofColumns() {
    return new Regularizer(l1, l2, 0, rows + columns);
  }

  private static Regularizer orthogonal(Settings settings) {
    settings.requireOneOf("mode", "rows", "columns");
    Regularizer ofRows = orthogonalRegularizer(settings.number("factor", 0.01));
    return settings.text("mode", "rows").equals("rows") ? ofRows : ofRows.ofColumns();
  }

  private static Regularizer combined(Settings settings) {
    return new Regularizer(
        settings.number("l1", 0),
        settings.number("l2", 0),
        settings.number("rows", 0),
        settings.number("columns", 0));
  }

  /** The penalty of these weights. */
  public double of(Object weights) {
    Values values = Values.of("penalty", weights);
    double cost = 0;
    for (double w : values.toDoubles()) {
      cost += l1 * Math.abs(w) + l2 * w * w;
    }
    return isOrthogonal()
        ? cost + orthogonality("penalty", values.shape()).of(values.toFloats())
        : cost;
  }

  /** The sum of both. */
  public Regularizer plus(Regularizer other) {
    Require.given(other, "plus", "a loss or a penalty", "write plus(l2(0.01))");
    return new Regularizer(
        l1 + other.l1, l2 + other.l2, rows + other.rows, columns + other.columns);
  }

  /** This times a number. */
  public Regularizer times(double factor) {
    return new Regularizer(l1 * factor, l2 * factor, rows * factor, columns * factor);
  }

  /** Whether all factors are 0. */
  public boolean isNone() {
    return l1 == 0 && l2 == 0 && !isOrthogonal();
  }

  /** Whether it keeps rows or columns orthogonal. */
  public boolean isOrthogonal() {
    return rows != 0 || columns != 0;
  }

  /**
   * What it makes of a matrix beside L1 and L2.
   *
   * @throws IllegalArgumentException where it is no matrix of two rows or columns: names the
   *     parameter
   * @hidden
   */
  @Internal
  public Orthogonality orthogonality(String parameter, int... shape) {
    Require.given(
        shape, "orthogonality", "the shape of a matrix", "orthogonality(\"kernel\", 3, 2)");
    return new Orthogonality(this, parameter, shape);
  }

  /**
   * This, where it is a sum over single numbers.
   *
   * @throws IllegalArgumentException where it keeps the rows of a matrix orthogonal
   * @hidden
   */
  @Internal
  public Regularizer ofNumbers(String who) {
    if (isOrthogonal()) {
      throw Messages.wrong(
          "%s expects l1(…) or l2(…) but receives %s, which is about the rows of one matrix: write dense(64).kernelRegularizer(%s).",
          who, this, this);
    }
    return this;
  }

  /** The penalty as it stands in a formula; empty where it is none. */
  public Optional<Expr> expr() {
    boolean isBoth = l1 != 0 && l2 != 0;
    Expr sizes = Expr.variable("Σ |θ|", "\\sum |\\theta|", Shape.SCALAR);
    Expr squares = Expr.variable("Σ θ²", "\\sum \\theta^2", Shape.SCALAR);
    Expr first = Expr.parameter(isBoth ? "λ₁" : "λ", isBoth ? "\\lambda_1" : "\\lambda", l1);
    Expr second = Expr.parameter(isBoth ? "λ₂" : "λ", isBoth ? "\\lambda_2" : "\\lambda", l2);
    return Stream.of(
            Optional.of(first.times(sizes)).filter(e -> l1 != 0),
            Optional.of(second.times(squares)).filter(e -> l2 != 0))
        .flatMap(Optional::stream)
        .reduce(Expr::plus);
  }

  /** As a file has it. */
  public Config config() {
    if (isOrthogonal()) {
      boolean isKeras = l1 == 0 && l2 == 0 && (rows == 0 || columns == 0);
      return isKeras
          ? Config.of(MODULE, ORTHOGONAL)
              .with("factor", rows + columns)
              .with("mode", rows == 0 ? "columns" : "rows")
          : Config.ours("Combined")
              .with("l1", l1)
              .with("l2", l2)
              .with("rows", rows)
              .with("columns", columns);
    }
    return l1 != 0 && l2 != 0
        ? Config.of(MODULE, "L1L2").with("l1", l1).with("l2", l2)
        : l1 != 0 ? Config.of(MODULE, "L1").with("l1", l1) : Config.of(MODULE, "L2").with("l2", l2);
  }

  /**
   * The regularizer that a file has under that name, else {@link #NONE}.
   *
   * @throws IllegalArgumentException where it is another regularizer: names it
   */
  public static Regularizer from(Settings outer, String name) {
    Require.given(outer, "from", "the settings of a file", "Penalty.l2(0.01) needs none");
    return REGULARIZERS.read(outer, name).orElse(NONE);
  }

  /** As written in a cell: {@code l2(0.01)}. */
  @Override
  public String toString() {
    if (isOrthogonal()) {
      String ofRows = rows == 0 ? "" : ".plus(orthogonalRegularizer(" + rows + "))";
      String ofColumns =
          columns == 0 ? "" : ".plus(orthogonalRegularizer(" + columns + ").ofColumns())";
      String numbers = l1 == 0 && l2 == 0 ? "" : ".plus(" + l1l2(l1, l2) + ")";
      String all = ofRows + ofColumns + numbers;
      int first = ofRows.isEmpty() ? ofColumns.length() : ofRows.length();
      return all.substring(".plus(".length(), first - 1) + all.substring(first);
    }
    return l1 == 0 ? "l2(" + l2 + ")" : l2 == 0 ? "l1(" + l1 + ")" : "l1l2(" + l1 + ", " + l2 + ")";
  }
}
