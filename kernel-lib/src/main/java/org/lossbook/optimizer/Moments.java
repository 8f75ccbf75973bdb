package org.lossbook.optimizer;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Optimizers that keep the running mean of the gradient and of its size.
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
   * The same with another share of the mean gradient kept from step to step; 0.9 at first.
   *
   * @throws IllegalArgumentException where it is not from 0 up to, but without, 1
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
   * The same with another share of the gradient's mean size kept from step to step; 0.999 at first.
   *
   * @throws IllegalArgumentException where it is not from 0 up to, but without, 1
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
    O half = super.read(settings);
    double first = settings.number("beta_1", beta1);
    double second = settings.number("beta_2", beta2);
    half = first == beta1 ? half : half.beta1(first);
    return second == beta2 ? half : half.beta2(second);
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
