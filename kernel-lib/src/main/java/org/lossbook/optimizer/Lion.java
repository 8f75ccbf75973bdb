package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.M;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.schedule.OptimizerChecks;

/**
 * Lion (evolved sign momentum): moves every weight by exactly the learning rate, in the direction
 * of the sign of gradient and momentum combined. It needs a learning rate three to ten times
 * smaller than {@link Adam}'s and a larger weight decay, and keeps one state vector where Adam
 * keeps two.
 *
 * <p>\(w \leftarrow w - \eta\, \operatorname{sign}(\beta_1 m + (1 - \beta_1) g)\), then \(m
 * \leftarrow \beta_2 m + (1 - \beta_2) g\).
 *
 * <pre>{@code
 * lion()                       // learning rate 0.001, β₁ 0.9, β₂ 0.99
 * lion().learningRate(1e-4).weightDecay(0.1)
 * descend(x -> x.square(), 3, lion().learningRate(0.1)).steps(2).last()   // 2.8
 * }</pre>
 *
 * <p>Chen et al., <a href="https://arxiv.org/abs/2302.06675">Symbolic Discovery of Optimization
 * Algorithms</a>, 2023.
 *
 * @question Is the direction of a step enough?
 * @use To save memory: it keeps one state vector, Adam two.
 * @avoid For small or noisy batches: every step has full length.
 */
public final class Lion extends BaseOptimizer<Lion> {
  private double beta1 = 0.9;
  private double beta2 = 0.99;

  private Lion() {
    super("Lion", 1e-3, 0);
  }

  /** Keras's defaults. */
  public static Lion lion() {
    return new Lion();
  }

  static Lion from(Settings settings) {
    return lion().read(settings);
  }

  /**
   * The same with another share of the momentum in the sign; 0.9 by default.
   *
   * @throws IllegalArgumentException where it is not above 0 and below 1
   */
  public Lion beta1(double value) {
    if (value == 0) {
      throw new IllegalArgumentException(
          "lion expects beta1 above 0 but receives 0.0: without momentum it is the gradient's sign alone.");
    }
    OptimizerChecks.decay(name(), "beta1", value);
    return with("beta1", value, copy -> copy.beta1 = value);
  }

  /**
   * The same with another share of the momentum kept from step to step; 0.99 at first.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public Lion beta2(double value) {
    OptimizerChecks.decay(name(), "beta2", value);
    return with("beta2", value, copy -> copy.beta2 = value);
  }

  @Override
  Lion read(Settings settings) {
    Lion base = super.read(settings);
    double first = settings.number("beta_1", beta1);
    double second = settings.number("beta_2", beta2);
    base = first == beta1 ? base : base.beta1(first);
    return second == beta2 ? base : base.beta2(second);
  }

  @Override
  Config settings(Config to) {
    return to.with("beta_1", beta1).with("beta_2", beta2);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr beta1 = sheet.constant("β₁", "\\beta_1", this.beta1);
    Expr beta2 = sheet.constant("β₂", "\\beta_2", this.beta2);
    Expr one = Expr.of(1);
    Expr direction = beta1.times(M).plus(one.minus(beta1).times(G));
    sheet.set(W, W.minus(RATE.times(direction.sign())));
    sheet.set(M, beta2.times(M).plus(one.minus(beta2).times(G)));
  }

  @Override
  public Updater start(int parameters) {
    return new LionUpdater(this, parameters);
  }

  private static final class LionUpdater extends BaseUpdater {
    /** What this makes of any number that is not zero is at least 1: its sign, without a branch. */
    private static final float LARGE = 1e38f;

    private final Lion settings;
    private final ChunkedVector momentum = vector("momentum");
    private float rate;

    LionUpdater(Lion settings, int parameters) {
      super(settings, parameters);
      this.settings = settings;
    }

    @Override
    void begin(long step, float rate) {
      this.rate = rate;
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      move(
          weights,
          gradients,
          momentum.from(offset),
          count,
          rate,
          (float) settings.beta1,
          (float) (1 - settings.beta1),
          (float) settings.beta2,
          (float) (1 - settings.beta2));
    }

    private static void move(
        float[] w,
        float[] g,
        float[] m,
        int n,
        float rate,
        float b1,
        float a1,
        float b2,
        float a2) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float direction = LARGE * (b1 * m[i] + a1 * gradient);
        m[i] = ((b2 * m[i] + a2 * gradient) + TINY_MEAN) - TINY_MEAN;
        w[i] -= rate * Math.max(-1, Math.min(1, direction));
      }
    }
  }
}
