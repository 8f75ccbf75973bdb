package org.lossbook.layer.weights;

import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;

/**
 * An L1 and L2 regularizer, \(R(\theta) = \lambda_1 \sum |\theta| + \lambda_2 \sum \theta^2\):
 * added to a loss it makes \(J(\theta) = L + R(\theta)\), the regularized objective.
 *
 * <p>L2 keeps weights small, so that the network prefers smooth functions; L1 makes many of them
 * zero. As in Keras, kernels are regularized but biases are not, and λ multiplies the plain sum,
 * without a half. Hoerl and Kennard 1970, <i>Ridge regression</i>; Tibshirani 1996, <i>Regression
 * shrinkage and selection via the lasso</i>.
 *
 * <pre>{@code
 * l2(0.01).of(vector(1, -2))     // 0.05
 * mse().plus(l2(0.01))           // J(θ) = 1/n Σᵢ (yᵢ − ŷᵢ)² + λ Σ θ², λ = 0.01
 * }</pre>
 *
 * @param l1 λ₁, the factor of the sum of absolute values
 * @param l2 λ₂, the factor of the sum of squares
 */
public record Regularizer(double l1, double l2) {
  private static final String MODULE = "keras.regularizers";

  /** No regularization. */
  public static final Regularizer NONE = new Regularizer(0, 0);

  /** {@code l1_l2} alone is a function of Keras 2, whose default factors differ. */
  private static final Registry<Regularizer> REGULARIZERS =
      Registry.<Regularizer>of("regularizer", MODULE)
          .add("L1", settings -> l1(settings.number("l1", 0.01)))
          .add("L2", settings -> l2(settings.number("l2", 0.01)))
          .add("L1L2", settings -> l1l2(settings.number("l1", 0), settings.number("l2", 0)))
          .alias("l1_l2", Config.of(MODULE, "L1L2").with("l1", 0.01).with("l2", 0.01));

  /** Refuses factors below 0. */
  public Regularizer {
    check("l1", l1);
    check("l2", l2);
  }

  private static void check(String who, double factor) {
    if (!(factor >= 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException(
          "%s expects factors of 0 or more but receives %s: below 0 it would reward large weights."
              .formatted(who, factor));
    }
  }

  /** L1: λ times the sum of the absolute weights. */
  public static Regularizer l1(double lambda) {
    return new Regularizer(lambda, 0);
  }

  /** L2: λ times the sum of the squared weights. */
  public static Regularizer l2(double lambda) {
    return new Regularizer(0, lambda);
  }

  /** L1 and L2. */
  public static Regularizer l1l2(double l1, double l2) {
    return new Regularizer(l1, l2);
  }

  /** The penalty of these weights. */
  public double of(Object weights) {
    double cost = 0;
    for (double w : Values.of("penalty", weights).toDoubles()) {
      cost += l1 * Math.abs(w) + l2 * w * w;
    }
    return cost;
  }

  /** The sum of both. */
  public Regularizer plus(Regularizer other) {
    Require.given(other, "plus", "a loss or a penalty", "write plus(l2(0.01))");
    return new Regularizer(l1 + other.l1, l2 + other.l2);
  }

  /** This times a number. */
  public Regularizer times(double factor) {
    return new Regularizer(l1 * factor, l2 * factor);
  }

  /** Whether both factors are 0. */
  public boolean isNone() {
    return l1 == 0 && l2 == 0;
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
    return l1 == 0 ? "l2(" + l2 + ")" : l2 == 0 ? "l1(" + l1 + ")" : "l1l2(" + l1 + ", " + l2 + ")";
  }
}
