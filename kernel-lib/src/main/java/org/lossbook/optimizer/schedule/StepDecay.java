package org.lossbook.optimizer.schedule;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;

/**
 * Step decay: multiplies the learning rate by {@code factor} every {@code steps} steps and keeps it
 * constant in between: \(\eta = \eta_0\, f^{\lfloor t / n \rfloor}\), the staircase of {@link
 * ExponentialDecay}.
 *
 * <pre>{@code
 * stepDecay(0.1, 1000, 0.5).at(999)    // 0.1
 * stepDecay(0.1, 1000, 0.5).at(1000)   // 0.05
 * }</pre>
 *
 * @param initialLearningRate the initial rate, η₀
 * @param steps how many steps a rate lasts, n
 * @param factor what it is then multiplied by, f
 */
public record StepDecay(double initialLearningRate, int steps, double factor)
    implements FormulatedSchedule {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one is not above 0
   */
  public StepDecay {
    OptimizerChecks.firstLearningRate("stepDecay", initialLearningRate);
    OptimizerChecks.positive("stepDecay", "steps", steps);
    OptimizerChecks.positive("stepDecay", "factor", factor);
  }

  private ExponentialDecay stairs() {
    return new ExponentialDecay(initialLearningRate, steps, factor, true);
  }

  @Override
  public Expr rate(Expr step) {
    OptimizerChecks.step(step);
    return stairs().rate(step);
  }

  @Override
  public Optional<Config> config() {
    return stairs().config();
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
