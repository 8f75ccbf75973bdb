package org.lossbook.optimizer.schedule;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/** A schedule with a decay rate per {@code decaySteps} steps, smooth or as a staircase. */
interface DecayingByRate extends FormulatedSchedule {
  double initialLearningRate();

  int decaySteps();

  double decayRate();

  boolean isStaircase();

  /** The constructor of such a schedule. */
  interface Constructor {
    Schedule of(double initialLearningRate, int decaySteps, double decayRate, boolean isStaircase);
  }

  /** Checks the settings; each must be above 0. */
  static void check(String who, double initialLearningRate, int decaySteps, double decayRate) {
    OptimizerChecks.firstLearningRate(who, initialLearningRate);
    OptimizerChecks.positive(who, "decaySteps", decaySteps);
    OptimizerChecks.positive(who, "decayRate", decayRate);
  }

  /** The time t / T of a step, which is a whole number in a staircase. */
  default Expr time(Expr step) {
    Expr time = OptimizerChecks.step(step).over(decaySteps());
    return isStaircase() ? time.floor() : time;
  }

  static Schedule from(Settings settings, Constructor constructor) {
    return constructor.of(
        settings.number("initial_learning_rate"),
        settings.integer("decay_steps"),
        settings.number("decay_rate"),
        settings.flag("staircase", false));
  }

  @Override
  default Optional<Config> config() {
    return Optional.of(
        Config.of(MODULE, getClass().getSimpleName())
            .with("initial_learning_rate", initialLearningRate())
            .with("decay_steps", decaySteps())
            .with("decay_rate", decayRate())
            .with("staircase", isStaircase()));
  }
}
