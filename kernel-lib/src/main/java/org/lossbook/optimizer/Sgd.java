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
 * Stochastic gradient descent (SGD): moves the weights against the gradient of each batch; with
 * momentum it adds a share of the previous step, like a ball that keeps rolling.
 *
 * <p>w ← w − lr · g; with momentum μ: m ← μ · m − lr · g, w ← w + m; with Nesterov momentum w ← w +
 * μ · m − lr · g, which looks ahead in the direction of the momentum.
 *
 * <pre>{@code
 * sgd()                                         // learning rate 0.01
 * sgd().learningRate(0.1).momentum(0.9).nesterov()
 * }</pre>
 *
 * <p>Sutskever et al., <a href="https://proceedings.mlr.press/v28/sutskever13.html">On the
 * importance of initialization and momentum in deep learning</a>, 2013; the form is Keras's, where
 * the learning rate is inside m.
 *
 * @question Which way is down, and how far should we go?
 * @use To understand training, and for image networks with momentum and a schedule.
 * @avoid When gradients differ widely in size: one learning rate does not suit all.
 */
public final class Sgd extends BaseOptimizer<Sgd> {
  private double momentum;
  private boolean nesterov;

  private Sgd() {
    super("SGD", 0.01, 0);
  }

  /** Keras's defaults. */
  public static Sgd sgd() {
    return new Sgd();
  }

  static Sgd from(Settings settings) {
    return sgd().read(settings);
  }

  /** The same with momentum, the share of the previous step that is added; 0.9 is usual. */
  public Sgd momentum(double value) {
    OptimizerChecks.decay(name(), "momentum", value);
    return with("momentum", value, copy -> copy.momentum = value);
  }

  /**
   * The same with Nesterov momentum: treats the gradient as if it were taken where momentum will
   * have led. It has an effect only together with {@link #momentum}.
   */
  public Sgd nesterov() {
    return with("nesterov", copy -> copy.nesterov = true);
  }

  @Override
  Sgd read(Settings settings) {
    Sgd base = super.read(settings);
    double share = settings.number("momentum", momentum);
    base = share == momentum ? base : base.momentum(share);
    return settings.flag("nesterov", false) ? base.nesterov() : base;
  }

  @Override
  Config settings(Config to) {
    return to.with("momentum", momentum).with("nesterov", nesterov);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr step = RATE.times(G);
    if (momentum == 0) {
      sheet.set(W, W.minus(step));
    } else {
      Expr share = sheet.constant("μ", "\\mu", momentum);
      sheet.set(M, share.times(M).minus(step));
      sheet.set(W, W.plus(nesterov ? share.times(M).minus(step) : M));
    }
  }

  @Override
  public Updater start(int parameters) {
    return momentum == 0
        ? new PlainUpdater(this, parameters)
        : new MomentumUpdater(this, parameters);
  }

  private static final class PlainUpdater extends BaseUpdater {
    private float rate;

    PlainUpdater(Sgd settings, int parameters) {
      super(settings, parameters);
    }

    @Override
    void begin(long step, float rate) {
      this.rate = rate;
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      move(weights, gradients, count, rate);
    }

    private static void move(float[] w, float[] g, int n, float rate) {
      for (int i = 0; i < n; i++) {
        w[i] -= rate * ((g[i] + TINY_GRADIENT) - TINY_GRADIENT);
      }
    }
  }

  private static final class MomentumUpdater extends BaseUpdater {
    private final float share;
    private final boolean nesterov;
    private final ChunkedVector momentum = vector("momentum");
    private float rate;

    MomentumUpdater(Sgd settings, int parameters) {
      super(settings, parameters);
      share = (float) settings.momentum;
      nesterov = settings.nesterov;
    }

    @Override
    void begin(long step, float rate) {
      this.rate = rate;
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      float[] m = momentum.from(offset);
      if (nesterov) {
        nesterov(weights, gradients, m, count, rate, share);
      } else {
        classical(weights, gradients, m, count, rate, share);
      }
    }

    private static void classical(
        float[] w, float[] g, float[] m, int n, float rate, float momentum) {
      for (int i = 0; i < n; i++) {
        float step = rate * ((g[i] + TINY_GRADIENT) - TINY_GRADIENT);
        float next = ((momentum * m[i] - step) + TINY_MEAN) - TINY_MEAN;
        m[i] = next;
        w[i] += next;
      }
    }

    private static void nesterov(
        float[] w, float[] g, float[] m, int n, float rate, float momentum) {
      for (int i = 0; i < n; i++) {
        float step = rate * ((g[i] + TINY_GRADIENT) - TINY_GRADIENT);
        float next = ((momentum * m[i] - step) + TINY_MEAN) - TINY_MEAN;
        m[i] = next;
        w[i] += momentum * next - step;
      }
    }
  }
}
