package org.lossbook.loss;

import org.lossbook.loss.spec.ScheduledOrLearned;

/**
 * Barron loss, a family of robust losses, \(\frac{1}{n}\sum_i \frac{b}{\alpha} [(\frac{x_i^2}{b} +
 * 1)^{\alpha/2} - 1]\) with \(b = |\alpha - 2|, x = (\hat y - y)/c\), without a unit: α = 2 is half
 * the square, 1 a smooth absolute value, 0 Cauchy's, −2 Geman and McClure's, −∞ Welsch's loss.
 *
 * <p>For regression with data of unknown wildness; learning α or c adds log c + log Z(α), the price
 * of calling errors wild. Barron 2019, <i>A general and adaptive robust loss function</i>.
 *
 * <pre>{@code
 * barron().of(0, 3)              // 2.16228, the root of 10 less 1
 * barron().alpha(0).of(0, 3)     // 1.70475, log 5.5
 * }</pre>
 *
 * @question How wrong is a number, when nobody knows how wild the errors are?
 * @avoid When the errors are known to be tame: {@link MeanSquaredError} has nothing to tune.
 */
public final class Barron extends Loss {
  private final BarronShape shape;

  private Barron(BarronShape shape) {
    super(shape.spec());
    this.shape = shape;
  }

  /** Barron's loss with α = 1 and c = 1. */
  public static Barron barron() {
    return new Barron(BarronShape.FIRST);
  }

  /** With this α, {@code Double.NEGATIVE_INFINITY} included. */
  public Barron alpha(double alpha) {
    return new Barron(shape.alpha(alpha));
  }

  /** With an α that moves in training; learned, it stays between 0.001 and 1.999. */
  public Barron alpha(ScheduledOrLearned alpha) {
    return new Barron(shape.alpha(alpha));
  }

  /** With this c, in y's unit: the size of an error that is not yet wild. */
  public Barron c(double c) {
    return new Barron(shape.c(shape.c().to(c)));
  }

  /** With a c that moves in training. */
  public Barron c(ScheduledOrLearned c) {
    return new Barron(shape.c(shape.c().to(c)));
  }
}
