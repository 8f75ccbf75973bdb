package org.lossbook.optimizer.schedule;

import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;

/**
 * Linear warmup: raises the learning rate along a straight line before another schedule begins,
 * because large steps can ruin an untrained network while the optimizer's running means are still
 * inaccurate. The other schedule starts at its own step 0 when the warmup is over.
 *
 * <pre>{@code
 * exponentialDecay(0.1, 1000, 0.5).warmup(10).at(5)      // 0.05
 * exponentialDecay(0.1, 1000, 0.5).warmup(10).at(1010)   // 0.05
 * }</pre>
 *
 * <p>Goyal et al., <a href="https://arxiv.org/abs/1706.02677">Accurate, Large Minibatch SGD</a>,
 * 2017.
 *
 * @param then the schedule that follows
 * @param steps the steps of the warmup
 * @param from the rate of step 0
 */
public record Warmup(Schedule then, int steps, double from) implements Schedule {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where {@code steps} is below 1, or {@code from} is negative
   */
  public Warmup {
    OptimizerChecks.positive("warmup", "steps", steps);
    OptimizerChecks.learningRate("warmup", from);
  }

  @Override
  public double at(long step) {
    return running().applyAsDouble(OptimizerChecks.notNegative("at", "a step", step));
  }

  @Override
  public LongToDoubleFunction running() {
    LongToDoubleFunction after = then.running();
    double target = after.applyAsDouble(0);
    return step ->
        step < steps ? from + (target - from) * step / steps : after.applyAsDouble(step - steps);
  }

  @Override
  public Optional<Expr> formula(Expr step) {
    OptimizerChecks.step(step);
    double target = then.at(0);
    Expr rise = step.over(steps).times(target - from);
    return then.formula(step.minus(steps))
        .map(after -> Expr.where(step.lessThan(steps), from == 0 ? rise : rise.plus(from), after));
  }

  /** Keras has a warmup only before a cosine decay, as part of its settings. */
  @Override
  public Optional<Config> config() {
    return then instanceof CosineDecay
        ? then.config()
            .map(
                config ->
                    config
                        .with("initial_learning_rate", from)
                        .with("warmup_target", then.at(0))
                        .with("warmup_steps", steps))
        : Optional.empty();
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
