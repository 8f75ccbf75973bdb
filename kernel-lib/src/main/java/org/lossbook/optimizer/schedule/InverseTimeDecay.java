package org.lossbook.optimizer.schedule;

import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Inverse time decay: the learning rate falls fast at first, then ever more slowly: \(\eta = \eta_0
 * / (1 + r\,t / T)\). With {@link #staircase()} it drops only every {@code decaySteps} steps.
 *
 * <pre>{@code
 * inverseTimeDecay(0.1, 100, 1).at(300)               // 0.025
 * inverseTimeDecay(0.1, 100, 1).staircase().at(199)   // 0.05
 * }</pre>
 *
 * @param initialLearningRate the initial rate, η₀
 * @param decaySteps the steps T of one unit of time
 * @param decayRate how much the divisor grows in each, r
 * @param isStaircase whether the rate drops only every {@code decaySteps} steps
 */
public record InverseTimeDecay(
    double initialLearningRate, int decaySteps, double decayRate, boolean isStaircase)
    implements DecayingByRate {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one is not above 0
   */
  public InverseTimeDecay {
    DecayingByRate.check("inverseTimeDecay", initialLearningRate, decaySteps, decayRate);
  }

  /** The same in stairs of {@code decaySteps} steps. */
  public InverseTimeDecay staircase() {
    return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, true);
  }

  @Override
  public Expr rate(Expr step) {
    return Expr.of(initialLearningRate).over(Expr.of(1).plus(time(step).times(decayRate)));
  }

  static Schedule from(Settings settings) {
    return DecayingByRate.from(settings, InverseTimeDecay::new);
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
