package org.lossbook.loss;

import org.lossbook.formula.Expr;

/**
 * A family of losses for regression, \(\frac{1}{n}\sum_i \frac{|\alpha - 2|}{\alpha} \left[
 * \left(\frac{x_i^2}{|\alpha - 2|} + 1\right)^{\alpha/2} - 1\right]\) with \(x = (\hat y - y) /
 * c\), in which α says how much wild measurements count: 2 is half the square, 1 a smooth absolute
 * value, 0 Cauchy's, −2 Geman and McClure's, −∞ Welsch's, and c how large an error is not yet wild.
 *
 * <p>2, 0 and −∞ are limits and have formulas of their own; a scheduled α is kept 10⁻⁷ beside them.
 * Left to choose its α or c, a loss would take every error for a wild one. So where one of them is
 * {@link Varying#learned learned}, this is the negative log-likelihood ρ + log c + log Z(α), by
 * which that has a price; a learned α is kept between 0.001 and 1.999, a fixed one has to be 0 or
 * more. Barron 2019, <i>A general and adaptive robust loss function</i>.
 *
 * <pre>{@code
 * barron().of(0, 3)              // 2.16228, the root of 10 less 1
 * barron().alpha(0).of(0, 3)     // 1.70475, log 5.5
 * }</pre>
 */
public final class Barron extends Loss {
  private final Setting alpha, c;

  private Barron(Setting alpha, Setting c) {
    super("barron", Target.VALUE, Prediction.VALUE, BarronShape.settings(alpha, c));
    this.alpha = alpha;
    this.c = c;
  }

  /** Barron's loss with α = 1 and c = 1. */
  public static Barron barron() {
    return new Barron(BarronShape.FIRST, Setting.positive("barron", "c", "c", "c", 1));
  }

  /** With this α, {@code Double.NEGATIVE_INFINITY} included. */
  public Barron alpha(double alpha) {
    return new Barron(BarronShape.FIRST.to(alpha), c);
  }

  /** With an α that moves in training; learned, it stays between 0.001 and 1.999. */
  public Barron alpha(Varying alpha) {
    return new Barron(BarronShape.varying(alpha), c);
  }

  /** With this c, in y's unit: the size of an error that is not yet wild. */
  public Barron c(double c) {
    return new Barron(alpha, this.c.to(c));
  }

  /** With a c that moves in training. */
  public Barron c(Varying c) {
    return new Barron(alpha, this.c.to(c));
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    Expr x = p.minus(y).over(c.expr()).as("x", "x");
    return BarronShape.likelihood(BarronShape.loss(x, alpha), alpha, c).mean();
  }

  @Override
  Loss drawn() {
    return BarronShape.drawn(this, alpha);
  }
}
