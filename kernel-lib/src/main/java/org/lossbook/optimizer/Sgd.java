package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.M;
import static org.lossbook.optimizer.Symbols.RATE;
import static org.lossbook.optimizer.Symbols.W;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Stochastic gradient descent: a step against the gradient of each batch; with momentum, a ball
 * that rolls on.
 *
 * <p>w ← w − lr · g; with momentum μ: m ← μ · m − lr · g, w ← w + m; with Nesterov's momentum w ← w
 * + μ · m − lr · g, a look ahead along the way the ball rolls.
 *
 * <pre>{@code
 * sgd()                                         // learning rate 0.01
 * sgd().learningRate(0.1).momentum(0.9).nesterov()
 * }</pre>
 *
 * <p>Sutskever et al., <a href="https://proceedings.mlr.press/v28/sutskever13.html">On the
 * importance of initialization and momentum in deep learning</a>, 2013; the form is Keras's, where
 * the learning rate is inside m.
 */
public final class Sgd extends BaseOptimizer<Sgd> {
  private double momentum;
  private boolean lookingAhead;

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

  /** The same with momentum, the share of the last step that goes on; 0.9 is the usual one. */
  public Sgd momentum(double value) {
    OptimizerChecks.decay(name(), "momentum", value);
    return with("momentum", value, copy -> copy.momentum = value);
  }

  /**
   * The same with Nesterov's momentum: the gradient counts as taken ahead, where momentum will have
   * led. Says something only together with {@link #momentum}.
   */
  public Sgd nesterov() {
    return with("nesterov", copy -> copy.lookingAhead = true);
  }

  @Override
  Sgd read(Settings settings) {
    Sgd half = super.read(settings);
    double rolling = settings.number("momentum", momentum);
    half = rolling == momentum ? half : half.momentum(rolling);
    return settings.flag("nesterov", false) ? half.nesterov() : half;
  }

  @Override
  Config settings(Config to) {
    return to.with("momentum", momentum).with("nesterov", lookingAhead);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr push = RATE.times(G);
    if (momentum == 0) {
      sheet.set(W, W.minus(push));
    } else {
      Expr kept = sheet.constant("μ", "\\mu", momentum);
      sheet.set(M, kept.times(M).minus(push));
      sheet.set(W, W.plus(lookingAhead ? kept.times(M).minus(push) : M));
    }
  }

  @Override
  public Updater start(int parameters) {
    return momentum == 0 ? new Plain(this, parameters) : new Rolling(this, parameters);
  }

  private static final class Plain extends BaseUpdater {
    private float rate;

    Plain(Sgd settings, int parameters) {
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

  private static final class Rolling extends BaseUpdater {
    private final float kept;
    private final boolean lookingAhead;
    private final ChunkedVector momentum = vector("momentum");
    private float rate;

    Rolling(Sgd settings, int parameters) {
      super(settings, parameters);
      kept = (float) settings.momentum;
      lookingAhead = settings.lookingAhead;
    }

    @Override
    void begin(long step, float rate) {
      this.rate = rate;
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      float[] m = momentum.from(offset);
      if (lookingAhead) {
        ahead(weights, gradients, m, count, rate, kept);
      } else {
        roll(weights, gradients, m, count, rate, kept);
      }
    }

    private static void roll(float[] w, float[] g, float[] m, int n, float rate, float momentum) {
      for (int i = 0; i < n; i++) {
        float push = rate * ((g[i] + TINY_GRADIENT) - TINY_GRADIENT);
        float next = ((momentum * m[i] - push) + TINY_MEAN) - TINY_MEAN;
        m[i] = next;
        w[i] += next;
      }
    }

    private static void ahead(float[] w, float[] g, float[] m, int n, float rate, float momentum) {
      for (int i = 0; i < n; i++) {
        float push = rate * ((g[i] + TINY_GRADIENT) - TINY_GRADIENT);
        float next = ((momentum * m[i] - push) + TINY_MEAN) - TINY_MEAN;
        m[i] = next;
        w[i] += momentum * next - push;
      }
    }
  }
}
