package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.M;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.T;

import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Adamax: {@link Adam} with the infinity norm, a slowly decaying maximum of the gradient's size in
 * place of the root of its mean square: \(u \leftarrow \max(\beta_2 u, |g|)\), \(w \leftarrow w -
 * \eta\, m / ((1 - \beta_1^t)(u + \varepsilon))\).
 *
 * <pre>{@code
 * adamax()                       // learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7
 * adamax().learningRate(0.002)
 * descend(x -> x.square(), 3, adamax().learningRate(0.1)).steps(2).last()   // 2.8
 * }</pre>
 *
 * <p>Kingma and Ba, <a href="https://arxiv.org/abs/1412.6980">Adam: A Method for Stochastic
 * Optimization</a>, 2014, section 7.1.
 *
 * @question What if one large gradient should set the pace for a while?
 * @use For gradients that are mostly tiny, with rare large ones, as in embeddings.
 * @avoid As a first choice: {@link Adam} is better known.
 */
public final class Adamax extends Moments<Adamax> {
  private Adamax() {
    super("Adamax", 0);
  }

  /** Keras's defaults. */
  public static Adamax adamax() {
    return new Adamax();
  }

  static Adamax from(Settings settings) {
    return adamax().read(settings);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr beta1 = beta1(sheet);
    Expr beta2 = beta2(sheet);
    Expr one = Expr.of(1);
    Expr greatest = Expr.named("u", "u", 0);
    sheet.set(M, beta1.times(M).plus(one.minus(beta1).times(G)));
    sheet.set(greatest, beta2.times(greatest).max(G.abs()));
    Expr divisor = one.minus(beta1.pow(T)).times(greatest.plus(epsilon(sheet)));
    sheet.set(W, W.minus(RATE.times(M).over(divisor)));
  }

  @Override
  public Updater start(int parameters) {
    return new AdamaxUpdater(this, parameters);
  }

  private static final class AdamaxUpdater extends BaseUpdater {
    private final Adamax settings;
    private final ChunkedVector momentum = vector("momentum");
    private final ChunkedVector norm = vector("norm");
    private float alpha;

    AdamaxUpdater(Adamax settings, int parameters) {
      super(settings, parameters);
      this.settings = settings;
    }

    @Override
    void begin(long step, float rate) {
      alpha = (float) (rate / (1 - Math.pow(settings.beta1(), step)));
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      move(
          weights,
          gradients,
          momentum.from(offset),
          norm.from(offset),
          count,
          alpha,
          (float) (1 - settings.beta1()),
          (float) settings.beta2(),
          settings.epsilon());
    }

    private static void move(
        float[] w, float[] g, float[] m, float[] u, int n, float alpha, float a, float b, float e) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float mean = ((m[i] + a * (gradient - m[i])) + TINY_MEAN) - TINY_MEAN;
        float most = Math.max(b * u[i], Math.abs(gradient));
        most = (most + TINY_MEAN) - TINY_MEAN;
        m[i] = mean;
        u[i] = most;
        w[i] -= alpha * mean / (most + e);
      }
    }
  }
}
