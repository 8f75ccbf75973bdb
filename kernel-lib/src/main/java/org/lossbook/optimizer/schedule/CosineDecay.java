package org.lossbook.optimizer.schedule;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Cosine decay: the learning rate falls along half a cosine, slowly at both ends: \(\eta = \eta_0
 * \left((1 - \alpha)\,\tfrac{1}{2}(1 + \cos(\pi \min(t, T) / T)) + \alpha\right)\). With {@link
 * #warmup(int)} it rises first, to what Keras calls the warmup target.
 *
 * <p>Loshchilov and Hutter, <a href="https://arxiv.org/abs/1608.03983">SGDR</a>, 2016.
 *
 * <pre>{@code
 * cosineDecay(0.1, 1000).at(500)               // 0.05
 * cosineDecay(0.1, 1000).alpha(0.1).at(1000)   // 0.01
 * cosineDecay(0.1, 1000).warmup(100).at(50)    // 0.05
 * }</pre>
 *
 * @param initialLearningRate the initial rate, η₀
 * @param decaySteps the steps T to the final rate
 * @param alpha the final rate as a fraction of the initial one, 0 by default
 */
public record CosineDecay(double initialLearningRate, int decaySteps, double alpha)
    implements FormulatedSchedule {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public CosineDecay {
    OptimizerChecks.firstLearningRate("cosineDecay", initialLearningRate);
    OptimizerChecks.positive("cosineDecay", "decaySteps", decaySteps);
    OptimizerChecks.share("cosineDecay", "alpha", alpha);
  }

  /** The same with this fraction of the initial rate as the final one. */
  public CosineDecay alpha(double value) {
    return new CosineDecay(initialLearningRate, decaySteps, value);
  }

  @Override
  public Expr rate(Expr step) {
    OptimizerChecks.step(step);
    Expr angle = ScheduleSymbols.PI.times(step.min(decaySteps).over(decaySteps));
    return ScheduleSymbols.falling(
        initialLearningRate, alpha, Expr.of(1).plus(angle.cos()).over(2));
  }

  static Schedule from(Settings settings) {
    double first = settings.number("initial_learning_rate");
    int decaySteps = settings.integer("decay_steps");
    double alpha = settings.number("alpha", 0);
    int rise = settings.integer("warmup_steps", 0);
    // With a warmup target, Keras's initial rate is where the rise begins.
    return settings.has("warmup_target") && rise > 0
        ? new CosineDecay(settings.number("warmup_target"), decaySteps, alpha).warmup(rise, first)
        : new CosineDecay(settings.number("warmup_target", first), decaySteps, alpha);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of(MODULE, "CosineDecay")
            .with("initial_learning_rate", initialLearningRate)
            .with("decay_steps", decaySteps)
            .with("alpha", alpha));
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
