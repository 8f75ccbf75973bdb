package org.lossbook.optimizer;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * The learning rate falls fast at first and ever more slowly after: \(\eta = \eta_0 / (1 + r\,t /
 * T)\). With {@link #staircase()} it falls only every {@code decaySteps} steps.
 *
 * <pre>{@code
 * inverseTimeDecay(0.1, 100, 1).at(300)               // 0.025
 * inverseTimeDecay(0.1, 100, 1).staircase().at(199)   // 0.05
 * }</pre>
 *
 * @param initialLearningRate the first rate, η₀
 * @param decaySteps the steps T of one unit of time
 * @param decayRate how much the divisor grows in each, r
 * @param isStaircase whether the rate falls only every {@code decaySteps} steps
 */
public record InverseTimeDecay(
    double initialLearningRate, int decaySteps, double decayRate, boolean isStaircase)
    implements FormulatedSchedule {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one is not above 0
   */
  public InverseTimeDecay {
    OptimizerChecks.firstLearningRate("inverseTimeDecay", initialLearningRate);
    OptimizerChecks.positive("inverseTimeDecay", "decaySteps", decaySteps);
    OptimizerChecks.positive("inverseTimeDecay", "decayRate", decayRate);
  }

  /** The same in stairs of {@code decaySteps} steps. */
  public InverseTimeDecay staircase() {
    return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, true);
  }

  @Override
  public Expr rate(Expr step) {
    OptimizerChecks.step(step);
    Expr time = step.over(decaySteps);
    Expr divisor = Expr.of(1).plus((isStaircase ? time.floor() : time).times(decayRate));
    return Expr.of(initialLearningRate).over(divisor);
  }

  static Schedule from(Settings settings) {
    return new InverseTimeDecay(
        settings.number("initial_learning_rate"),
        settings.whole("decay_steps"),
        settings.number("decay_rate"),
        settings.flag("staircase", false));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of(SavedSchedules.MODULE, "InverseTimeDecay")
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
