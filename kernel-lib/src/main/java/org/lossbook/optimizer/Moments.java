package org.lossbook.optimizer;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.schedule.OptimizerChecks;

/**
 * Base class of optimizers that keep running means of the gradient, its first moment, and of its
 * size, the second.
 *
 * @param <O> the optimizer itself
 */
public abstract class Moments<O extends Moments<O>> extends EpsilonOptimizer<O> {
  private double beta1 = 0.9;
  private double beta2 = 0.999;

  Moments(String className, double weightDecay) {
    super(className, 1e-3, weightDecay);
  }

  /**
   * The same with another decay rate β₁ of the mean gradient; 0.9 by default.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public final O beta1(double value) {
    OptimizerChecks.decay(name(), "beta1", value);
    return with(
        "beta1",
        value,
        copy -> {
          Moments<?> to = copy;
          to.beta1 = value;
        });
  }

  /**
   * The same with another decay rate β₂ of the gradient's mean size; 0.999 by default.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public final O beta2(double value) {
    OptimizerChecks.decay(name(), "beta2", value);
    return with(
        "beta2",
        value,
        copy -> {
          Moments<?> to = copy;
          to.beta2 = value;
        });
  }

  final double beta1() {
    return beta1;
  }

  final double beta2() {
    return beta2;
  }

  @Override
  O read(Settings settings) {
    O base = super.read(settings);
    double first = settings.number("beta_1", beta1);
    double second = settings.number("beta_2", beta2);
    base = first == beta1 ? base : base.beta1(first);
    return second == beta2 ? base : base.beta2(second);
  }

  @Override
  Config settings(Config to) {
    return super.settings(to.with("beta_1", beta1).with("beta_2", beta2));
  }

  final Expr beta1(UpdateRule.Sheet sheet) {
    return sheet.constant("β₁", "\\beta_1", beta1);
  }

  final Expr beta2(UpdateRule.Sheet sheet) {
    return sheet.constant("β₂", "\\beta_2", beta2);
  }
}
