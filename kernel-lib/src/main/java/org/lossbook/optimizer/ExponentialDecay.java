package org.lossbook.optimizer;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * The learning rate shrinks by the same factor in every {@code decaySteps} steps, a little in each
 * step: \(\eta = \eta_0\, r^{\,t / T}\). With {@link #staircase()} it stays for {@code decaySteps}
 * steps and then falls at once.
 *
 * <pre>{@code
 * exponentialDecay(0.1, 1000, 0.5).at(2000)               // 0.025
 * exponentialDecay(0.1, 1000, 0.5).staircase().at(1999)   // 0.05
 * }</pre>
 *
 * @param initialLearningRate the first rate, η₀
 * @param decaySteps the steps T in which the factor applies once
 * @param decayRate the factor r
 * @param isStaircase whether the rate falls only every {@code decaySteps} steps
 */
public record ExponentialDecay(
    double initialLearningRate, int decaySteps, double decayRate, boolean isStaircase)
    implements FormulatedSchedule {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one is not above 0
   */
  public ExponentialDecay {
    OptimizerChecks.firstLearningRate("exponentialDecay", initialLearningRate);
    OptimizerChecks.positive("exponentialDecay", "decaySteps", decaySteps);
    OptimizerChecks.positive("exponentialDecay", "decayRate", decayRate);
  }

  /** The same in stairs of {@code decaySteps} steps. */
  public ExponentialDecay staircase() {
    return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, true);
  }

  @Override
  public Expr rate(Expr step) {
    OptimizerChecks.step(step);
    Expr share = step.over(decaySteps);
    Expr power = Expr.of(decayRate).pow(isStaircase ? share.floor() : share);
    return Expr.of(initialLearningRate).times(power);
  }

  static Schedule from(Settings settings) {
    return new ExponentialDecay(
        settings.number("initial_learning_rate"),
        settings.whole("decay_steps"),
        settings.number("decay_rate"),
        settings.flag("staircase", false));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of(SavedSchedules.MODULE, "ExponentialDecay")
            .with("initial_learning_rate", initialLearningRate)
            .with("decay_steps", decaySteps)
            .with("decay_rate", decayRate)
            .with("staircase", isStaircase));
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
