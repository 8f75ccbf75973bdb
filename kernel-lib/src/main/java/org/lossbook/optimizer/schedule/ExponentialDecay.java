package org.lossbook.optimizer.schedule;

import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Exponential decay: the learning rate is multiplied by the same factor over every {@code
 * decaySteps} steps, a little in each step: \(\eta = \eta_0\, r^{\,t / T}\). With {@link
 * #staircase()} it stays constant for {@code decaySteps} steps and then drops.
 *
 * <pre>{@code
 * exponentialDecay(0.1, 1000, 0.5).at(2000)               // 0.025
 * exponentialDecay(0.1, 1000, 0.5).staircase().at(1999)   // 0.05
 * }</pre>
 *
 * @param initialLearningRate the initial rate, η₀
 * @param decaySteps the steps T in which the factor applies once
 * @param decayRate the factor r
 * @param isStaircase whether the rate drops only every {@code decaySteps} steps
 */
public record ExponentialDecay(
    double initialLearningRate, int decaySteps, double decayRate, boolean isStaircase)
    implements DecayingByRate {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one is not above 0
   */
  public ExponentialDecay {
    DecayingByRate.check("exponentialDecay", initialLearningRate, decaySteps, decayRate);
  }

  /** The same as a staircase with stairs of {@code decaySteps} steps. */
  public ExponentialDecay staircase() {
    return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, true);
  }

  @Override
  public Expr rate(Expr step) {
    return Expr.of(initialLearningRate).times(Expr.of(decayRate).pow(time(step)));
  }

  static Schedule from(Settings settings) {
    return DecayingByRate.from(settings, ExponentialDecay::new);
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
