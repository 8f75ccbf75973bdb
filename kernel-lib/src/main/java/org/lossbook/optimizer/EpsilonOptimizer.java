package org.lossbook.optimizer;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.schedule.OptimizerChecks;

/**
 * Base class of optimizers that divide by the size of gradients, plus a small ε.
 *
 * @param <O> the optimizer itself
 */
public abstract class EpsilonOptimizer<O extends EpsilonOptimizer<O>> extends BaseOptimizer<O> {
  private double epsilon = 1e-7;

  EpsilonOptimizer(String className, double learningRate, double weightDecay) {
    super(className, learningRate, weightDecay);
  }

  /**
   * The same with another ε, which keeps the division finite; 1e-7 by default.
   *
   * @throws IllegalArgumentException where it is not above 0
   */
  public final O epsilon(double value) {
    OptimizerChecks.epsilon(name(), value);
    return with(
        "epsilon",
        value,
        copy -> {
          EpsilonOptimizer<?> to = copy;
          to.epsilon = value;
        });
  }

  final float epsilon() {
    return (float) epsilon;
  }

  @Override
  O read(Settings settings) {
    O base = super.read(settings);
    double value = settings.number("epsilon", epsilon);
    return value == epsilon ? base : base.epsilon(value);
  }

  @Override
  Config settings(Config to) {
    return to.with("epsilon", epsilon);
  }

  final Expr epsilon(UpdateRule.Sheet sheet) {
    return sheet.constant("ε", "\\varepsilon", epsilon);
  }
}
