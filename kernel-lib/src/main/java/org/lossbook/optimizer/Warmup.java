package org.lossbook.optimizer;

import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;

/**
 * Another schedule after some steps in which the learning rate rises along a straight line: a
 * network that has just begun, and an optimizer whose running means are young, stand no large steps
 * yet. The other schedule begins at its own step 0 when the rise is over.
 *
 * <pre>{@code
 * exponentialDecay(0.1, 1000, 0.5).warmup(10).at(5)      // 0.05
 * exponentialDecay(0.1, 1000, 0.5).warmup(10).at(1010)   // 0.05
 * }</pre>
 *
 * <p>Goyal et al., <a href="https://arxiv.org/abs/1706.02677">Accurate, Large Minibatch SGD</a>,
 * 2017.
 *
 * @param then what follows
 * @param steps the steps of the rise
 * @param from the rate of step 0
 */
public record Warmup(Schedule then, int steps, double from) implements Schedule {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where there is no step to do it in, or {@code from} is
   *     negative
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

  /** Keras knows a rise before a cosine alone, and names it in the cosine's settings. */
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
