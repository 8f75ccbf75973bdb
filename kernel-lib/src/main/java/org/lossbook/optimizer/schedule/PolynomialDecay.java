package org.lossbook.optimizer.schedule;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Polynomial decay: the learning rate falls to its final value within {@code decaySteps} steps,
 * along a straight line or, with another {@link #power(double)}, a curve: \(\eta = (\eta_0 -
 * \eta_1)(1 - \min(t, T) / T)^p + \eta_1\). With {@link #cycle()} it rises again at the end of each
 * cycle, and the next line runs from step 0 to the end of the next cycle.
 *
 * <pre>{@code
 * polynomialDecay(0.1, 1000).at(500)                         // 0.05005
 * polynomialDecay(0.1, 1000).endLearningRate(0).power(2).at(500)   // 0.025
 * }</pre>
 *
 * @param initialLearningRate the initial rate, η₀
 * @param decaySteps the steps T to the final rate
 * @param endLearningRate the final rate η₁, 0.0001 by default
 * @param power the exponent p, 1 by default
 * @param isCycling whether it starts again after {@code decaySteps} steps
 */
public record PolynomialDecay(
    double initialLearningRate,
    int decaySteps,
    double endLearningRate,
    double power,
    boolean isCycling)
    implements FormulatedSchedule {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public PolynomialDecay {
    OptimizerChecks.firstLearningRate("polynomialDecay", initialLearningRate);
    OptimizerChecks.positive("polynomialDecay", "decaySteps", decaySteps);
    OptimizerChecks.learningRate("polynomialDecay", endLearningRate);
    OptimizerChecks.positive("polynomialDecay", "power", power);
  }

  /** With Keras's defaults: a straight line to 0.0001. */
  public static PolynomialDecay of(double initialLearningRate, int decaySteps) {
    return new PolynomialDecay(initialLearningRate, decaySteps, 1e-4, 1, false);
  }

  /** The same with another final rate. */
  public PolynomialDecay endLearningRate(double value) {
    return new PolynomialDecay(initialLearningRate, decaySteps, value, power, isCycling);
  }

  /**
   * The same with another exponent: above 1 it falls fastest at the beginning, below 1 at the end.
   */
  public PolynomialDecay power(double value) {
    return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, value, isCycling);
  }

  /** The same in cycles of {@code decaySteps} steps. */
  public PolynomialDecay cycle() {
    return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, true);
  }

  @Override
  public Expr rate(Expr step) {
    OptimizerChecks.step(step);
    Expr done =
        isCycling
            ? step.over(step.over(decaySteps).ceil().max(1).times(decaySteps))
            : step.min(decaySteps).over(decaySteps);
    Expr left = Expr.of(1).minus(done);
    return (power == 1 ? left : left.pow(power))
        .times(initialLearningRate - endLearningRate)
        .plus(endLearningRate);
  }

  static Schedule from(Settings settings) {
    return new PolynomialDecay(
        settings.number("initial_learning_rate"),
        settings.integer("decay_steps"),
        settings.number("end_learning_rate", 1e-4),
        settings.number("power", 1),
        settings.flag("cycle", false));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of(MODULE, "PolynomialDecay")
            .with("initial_learning_rate", initialLearningRate)
            .with("decay_steps", decaySteps)
            .with("end_learning_rate", endLearningRate)
            .with("power", power)
            .with("cycle", isCycling));
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
