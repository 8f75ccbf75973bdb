package org.lossbook.optimizer.schedule;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Cosine decay with warm restarts: the learning rate falls along half a cosine, jumps up again, and
 * so on; each cycle is {@code tMul} times as long as the one before and starts {@code mMul} times
 * as high. In cycle \(i\), at the fraction \(p\) of it, \(\eta = \eta_0 \left((1 -
 * \alpha)\,m^i\,\tfrac{1}{2}(1 + \cos \pi p) + \alpha\right)\).
 *
 * <p>Loshchilov and Hutter, <a href="https://arxiv.org/abs/1608.03983">SGDR: Stochastic Gradient
 * Descent with Warm Restarts</a>, 2016.
 *
 * <pre>{@code
 * cosineDecayRestarts(0.1, 1000).at(999)                    // 0.0000002
 * cosineDecayRestarts(0.1, 1000).at(1000)                   // 0.1
 * cosineDecayRestarts(0.1, 1000).mMul(0.5).at(1000)         // 0.05
 * }</pre>
 *
 * @param initialLearningRate the initial rate, η₀
 * @param firstDecaySteps the steps of the first cycle
 * @param tMul how many times longer each next cycle is, 2 by default
 * @param mMul how many times higher each next cycle starts, 1 by default
 * @param alpha the lowest rate as a fraction of the initial one, 0 by default
 */
public record CosineDecayRestarts(
    double initialLearningRate, int firstDecaySteps, double tMul, double mMul, double alpha)
    implements FormulatedSchedule {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public CosineDecayRestarts {
    OptimizerChecks.firstLearningRate("cosineDecayRestarts", initialLearningRate);
    OptimizerChecks.positive("cosineDecayRestarts", "firstDecaySteps", firstDecaySteps);
    if (!(tMul >= 1) || Double.isInfinite(tMul)) {
      throw Messages.wrong(
          "cosineDecayRestarts expects tMul of 1 or more but receives %s: 1 makes all cycles equally long.",
          tMul);
    }
    OptimizerChecks.positive("cosineDecayRestarts", "mMul", mMul);
    OptimizerChecks.share("cosineDecayRestarts", "alpha", alpha);
  }

  /** With Keras's defaults: each cycle is twice as long as the one before, and as high. */
  public static CosineDecayRestarts of(double initialLearningRate, int firstDecaySteps) {
    return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, 2, 1, 0);
  }

  /** The same with cycles that grow in length by this factor. */
  public CosineDecayRestarts tMul(double value) {
    return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, value, mMul, alpha);
  }

  /** The same with cycles whose initial rates grow by this factor. */
  public CosineDecayRestarts mMul(double value) {
    return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, value, alpha);
  }

  /** The same with this fraction of the initial rate as the lowest one. */
  public CosineDecayRestarts alpha(double value) {
    return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, value);
  }

  @Override
  public Expr rate(Expr step) {
    OptimizerChecks.step(step);
    Expr rounds = step.over(firstDecaySteps);
    Expr round;
    Expr share;
    if (tMul == 1) {
      round = rounds.floor();
      share = rounds.minus(round);
    } else {
      // Cycles are 1, r, r², … times as long as the first: i of them take (rⁱ − 1)/(r − 1).
      round = rounds.times(tMul - 1).plus(1).log().over(Math.log(tMul)).floor().as("i", "i");
      Expr length = Expr.of(tMul).pow(round);
      share = rounds.minus(length.minus(1).over(tMul - 1)).over(length);
    }
    Expr cosine = Expr.of(1).plus(ScheduleSymbols.PI.times(share).cos()).over(2);
    Expr height = mMul == 1 ? cosine : Expr.of(mMul).pow(round).times(cosine);
    return ScheduleSymbols.falling(initialLearningRate, alpha, height);
  }

  static Schedule from(Settings settings) {
    return new CosineDecayRestarts(
        settings.number("initial_learning_rate"),
        settings.integer("first_decay_steps"),
        settings.number("t_mul", 2),
        settings.number("m_mul", 1),
        settings.number("alpha", 0));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of(MODULE, "CosineDecayRestarts")
            .with("initial_learning_rate", initialLearningRate)
            .with("first_decay_steps", firstDecaySteps)
            .with("t_mul", tMul)
            .with("m_mul", mMul)
            .with("alpha", alpha));
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
