package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.M;
import static org.lossbook.optimizer.Symbols.V;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.T;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Base class of {@link Adam} and {@link AdamW}.
 *
 * @param <O> the optimizer itself
 */
public abstract class AdamFamily<O extends AdamFamily<O>> extends Moments<O> {
  private boolean amsgrad;

  AdamFamily(String className, double weightDecay) {
    super(className, weightDecay);
  }

  /**
   * The same as AMSGrad: divides by the largest mean square that a weight's gradient ever had, so
   * that its steps never grow again.
   *
   * <p>Reddi, Kale and Kumar, <a href="https://openreview.net/forum?id=ryQu7f-RZ">On the
   * Convergence of Adam and Beyond</a>, 2018.
   */
  public final O amsgrad() {
    return with(
        "amsgrad",
        copy -> {
          AdamFamily<?> to = copy;
          to.amsgrad = true;
        });
  }

  @Override
  final O read(Settings settings) {
    O base = super.read(settings);
    return settings.flag("amsgrad", false) ? base.amsgrad() : base;
  }

  @Override
  final Config settings(Config to) {
    return super.settings(to).with("amsgrad", amsgrad);
  }

  @Override
  final void write(UpdateRule.Sheet sheet) {
    Expr beta1 = beta1(sheet);
    Expr beta2 = beta2(sheet);
    Expr one = Expr.of(1);
    sheet.set(M, beta1.times(M).plus(one.minus(beta1).times(G)));
    sheet.set(V, beta2.times(V).plus(one.minus(beta2).times(G.square())));
    Expr size = V;
    if (amsgrad) {
      size = Expr.named("v̂", "\\hat v", 0);
      sheet.set(size, size.max(V));
    }
    Expr alpha = Expr.named("α", "\\alpha", 0);
    sheet.let(alpha, RATE.times(one.minus(beta2.pow(T)).sqrt()).over(one.minus(beta1.pow(T))));
    sheet.set(W, W.minus(alpha.times(M).over(size.sqrt().plus(epsilon(sheet)))));
  }

  @Override
  public final Updater start(int parameters) {
    return new AdamUpdater(this, parameters);
  }

  private static final class AdamUpdater extends BaseUpdater {
    private final AdamFamily<?> settings;
    private final ChunkedVector momentum = vector("momentum");
    private final ChunkedVector velocity = vector("velocity");
    private final ChunkedVector greatest;
    private float alpha;

    AdamUpdater(AdamFamily<?> settings, int parameters) {
      super(settings, parameters);
      this.settings = settings;
      greatest = settings.amsgrad ? vector("velocity_hat") : velocity;
    }

    @Override
    void begin(long step, float rate) {
      double left1 = 1 - Math.pow(settings.beta1(), step);
      double left2 = 1 - Math.pow(settings.beta2(), step);
      alpha = (float) (rate * Math.sqrt(left2) / left1);
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      float[] m = momentum.from(offset);
      float[] v = velocity.from(offset);
      float a = (float) (1 - settings.beta1());
      float b = (float) (1 - settings.beta2());
      if (settings.amsgrad) {
        float[] h = greatest.from(offset);
        move(weights, gradients, m, v, h, count, alpha, a, b, settings.epsilon());
      } else {
        move(weights, gradients, m, v, count, alpha, a, b, settings.epsilon());
      }
    }

    private static void move(
        float[] w, float[] g, float[] m, float[] v, int n, float alpha, float a, float b, float e) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float mean = ((m[i] + a * (gradient - m[i])) + TINY_MEAN) - TINY_MEAN;
        float square = ((v[i] + b * (gradient * gradient - v[i])) + TINY_SQUARE) - TINY_SQUARE;
        m[i] = mean;
        v[i] = square;
        w[i] -= alpha * mean / ((float) Math.sqrt(square) + e);
      }
    }

    private static void move(
        float[] w,
        float[] g,
        float[] m,
        float[] v,
        float[] h,
        int n,
        float alpha,
        float a,
        float b,
        float e) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float mean = ((m[i] + a * (gradient - m[i])) + TINY_MEAN) - TINY_MEAN;
        float square = ((v[i] + b * (gradient * gradient - v[i])) + TINY_SQUARE) - TINY_SQUARE;
        float most = Math.max(h[i], square);
        m[i] = mean;
        v[i] = square;
        h[i] = most;
        w[i] -= alpha * mean / ((float) Math.sqrt(most) + e);
      }
    }
  }
}
