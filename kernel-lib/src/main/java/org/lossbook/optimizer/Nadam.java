package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.M;
import static org.lossbook.optimizer.Symbols.V;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.T;

import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Nadam: {@link Adam} with Nesterov momentum, which uses the mean of the gradient as it will be in
 * the next step. The share of it that is kept rises over the first steps, \(u_t = \beta_1 (1 -
 * \tfrac{1}{2} \cdot 0.96^t)\), towards \(\beta_1\).
 *
 * <pre>{@code
 * nadam()                       // learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7
 * nadam().learningRate(1e-4)
 * descend(x -> x.square(), 3, nadam().learningRate(0.1)).steps(2).last()   // 2.82
 * }</pre>
 *
 * <p>Dozat, <a href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Incorporating Nesterov
 * Momentum into Adam</a>, 2016.
 *
 * @question What if Adam could look one step ahead?
 * @use Wherever {@link Adam} works but begins slowly.
 * @avoid With a learning rate schedule of its own for momentum.
 */
public final class Nadam extends Moments<Nadam> {
  private Nadam() {
    super("Nadam", 0);
  }

  /** Keras's defaults. */
  public static Nadam nadam() {
    return new Nadam();
  }

  static Nadam from(Settings settings) {
    return nadam().read(settings);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr beta1 = beta1(sheet);
    Expr beta2 = beta2(sheet);
    Expr one = Expr.of(1);
    Expr now = Expr.named("u", "u", 0);
    Expr next = Expr.named("u′", "u'", 0);
    Expr product = Expr.named("U", "U", 1);
    Expr meanHat = Expr.named("m̂", "\\hat m", 0);
    Expr sizeHat = Expr.named("v̂", "\\hat v", 0);
    sheet.let(now, beta1.times(one.minus(Expr.of(0.96).pow(T).times(0.5))));
    sheet.let(next, beta1.times(one.minus(Expr.of(0.96).pow(T.plus(1)).times(0.5))));
    sheet.set(product, product.times(now));
    sheet.set(M, beta1.times(M).plus(one.minus(beta1).times(G)));
    sheet.set(V, beta2.times(V).plus(one.minus(beta2).times(G.square())));
    sheet.let(
        meanHat,
        next.times(M)
            .over(one.minus(product.times(next)))
            .plus(one.minus(now).times(G).over(one.minus(product))));
    sheet.let(sizeHat, V.over(one.minus(beta2.pow(T))));
    sheet.set(W, W.minus(RATE.times(meanHat).over(sizeHat.sqrt().plus(epsilon(sheet)))));
  }

  @Override
  public Updater start(int parameters) {
    return new NadamUpdater(this, parameters);
  }

  private static final class NadamUpdater extends BaseUpdater {
    private final Nadam settings;
    private final ChunkedVector momentum = vector("momentum");
    private final ChunkedVector velocity = vector("velocity");
    private final float[] product = vector("u_product", 1, 1).from(0);
    private float ofMean;
    private float ofGradient;
    private float ofSquare;

    NadamUpdater(Nadam settings, int parameters) {
      super(settings, parameters);
      this.settings = settings;
    }

    @Override
    void begin(long step, float rate) {
      double now = settings.beta1() * (1 - 0.5 * Math.pow(0.96, step));
      double next = settings.beta1() * (1 - 0.5 * Math.pow(0.96, step + 1));
      product[0] = (product[0] * (float) now + TINY_MEAN) - TINY_MEAN;
      ofMean = (float) (rate * next / (1 - product[0] * next));
      ofGradient = (float) (rate * (1 - now) / (1 - product[0]));
      ofSquare = (float) (1 / (1 - Math.pow(settings.beta2(), step)));
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      move(
          weights,
          gradients,
          momentum.from(offset),
          velocity.from(offset),
          count,
          (float) (1 - settings.beta1()),
          (float) (1 - settings.beta2()));
    }

    private void move(float[] w, float[] g, float[] m, float[] v, int n, float a, float b) {
      float ofMean = this.ofMean;
      float ofGradient = this.ofGradient;
      float ofSquare = this.ofSquare;
      float e = settings.epsilon();
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float mean = ((m[i] + a * (gradient - m[i])) + TINY_MEAN) - TINY_MEAN;
        float square = ((v[i] + b * (gradient * gradient - v[i])) + TINY_SQUARE) - TINY_SQUARE;
        m[i] = mean;
        v[i] = square;
        w[i] -=
            (ofMean * mean + ofGradient * gradient) / ((float) Math.sqrt(square * ofSquare) + e);
      }
    }
  }
}
