package org.lossbook.layer;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;

/**
 * What weights cost by their size, \(R(\theta) = \lambda_1 \sum |\theta| + \lambda_2 \sum
 * \theta^2\): added to a loss it makes \(J(\theta) = L + R(\theta)\), the regularised objective.
 *
 * <p>The squares keep weights small, so that the network prefers smooth answers; the sizes make
 * many of them zero. As in Keras it is the kernels that cost, not biases, and λ multiplies the
 * plain sum, without a half. Hoerl and Kennard 1970, <i>Ridge regression</i>; Tibshirani 1996,
 * <i>Regression shrinkage and selection via the lasso</i>.
 *
 * <pre>{@code
 * l2(0.01).of(vector(1, -2))     // 0.05
 * mse().plus(l2(0.01))           // J(θ) = 1/n Σᵢ (yᵢ − ŷᵢ)² + λ Σ θ², λ = 0.01
 * }</pre>
 *
 * @param l1 λ₁, times the sum of the sizes
 * @param l2 λ₂, times the sum of the squares
 */
public record Penalty(double l1, double l2) {
  /** Nothing costs anything. */
  public static final Penalty NONE = new Penalty(0, 0);

  /** Refuses factors below 0. */
  public Penalty {
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

  /** λ times the sum of the weights' sizes. */
  public static Penalty l1(double lambda) {
    return new Penalty(lambda, 0);
  }

  /** λ times the sum of the weights' squares. */
  public static Penalty l2(double lambda) {
    return new Penalty(0, lambda);
  }

  /** Both. */
  public static Penalty l1l2(double l1, double l2) {
    return new Penalty(l1, l2);
  }

  /** What these weights cost. */
  public double of(Object weights) {
    double cost = 0;
    for (double w : Values.of("penalty", weights).toDoubles()) {
      cost += l1 * Math.abs(w) + l2 * w * w;
    }
    return cost;
  }

  /** Both together. */
  public Penalty plus(Penalty other) {
    Require.given(other, "plus", "a loss or a penalty", "write plus(l2(0.01))");
    return new Penalty(l1 + other.l1, l2 + other.l2);
  }

  /** This times a number. */
  public Penalty times(double factor) {
    return new Penalty(l1 * factor, l2 * factor);
  }

  /** Whether nothing costs anything. */
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
        ? Config.of("keras.regularizers", "L1L2").with("l1", l1).with("l2", l2)
        : l1 != 0
            ? Config.of("keras.regularizers", "L1").with("l1", l1)
            : Config.of("keras.regularizers", "L2").with("l2", l2);
  }

  /**
   * What a file says under that name; nothing is {@link #NONE}.
   *
   * @throws IllegalArgumentException where it is another regularizer: names it
   */
  public static Penalty from(Settings outer, String name) {
    Require.given(outer, "from", "the settings of a file", "Penalty.l2(0.01) needs none");
    if (outer.value(name).orElse(0) instanceof String byName) {
      String className = byName.replace("_", "").toUpperCase(Locale.ROOT);
      Config usual = Config.of("keras.regularizers", className);
      // By that name of Keras 2 it has both, as a class without settings neither.
      boolean isBoth = byName.equals("l1_l2");
      return read(outer, name, isBoth ? usual.with("l1", 0.01).with("l2", 0.01) : usual);
    }
    return outer.config(name).map(config -> read(outer, name, config)).orElse(NONE);
  }

  private static Penalty read(Settings outer, String name, Config config) {
    var settings = new Settings(config);
    Penalty penalty =
        switch (config.className()) {
          case "L1" -> l1(settings.number("l1", 0.01));
          case "L2" -> l2(settings.number("l2", 0.01));
          case "L1L2" -> new Penalty(settings.number("l1", 0), settings.number("l2", 0));
          default -> outer.wrong(name, "L1, L2 or L1L2", config.className());
        };
    settings.end();
    return penalty;
  }

  /** As it is called: {@code l2(0.01)}. */
  @Override
  public String toString() {
    return l1 == 0 ? "l2(" + l2 + ")" : l2 == 0 ? "l1(" + l1 + ")" : "l1l2(" + l1 + ", " + l2 + ")";
  }
}
