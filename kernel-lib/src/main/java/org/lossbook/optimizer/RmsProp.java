package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.M;
import static org.lossbook.optimizer.Symbols.V;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.schedule.OptimizerChecks;

/**
 * RMSprop (root mean square propagation): divides the gradient by the root of the running mean of
 * its square, so that steep and flat directions get steps of the same size.
 *
 * <p>\(v \leftarrow \rho v + (1 - \rho) g^2\), \(w \leftarrow w - \eta\, g / \sqrt{v +
 * \varepsilon}\). {@link #momentum} adds a share of the previous step; {@link #centered} uses the
 * variance of the gradient in place of its mean square.
 *
 * <pre>{@code
 * rmsprop()                       // learning rate 0.001, ρ 0.9, momentum 0, ε 1e-7
 * rmsprop().momentum(0.9).centered()
 * descend(x -> x.square(), 3, rmsprop().learningRate(0.1)).steps(2).last()   // 2.47
 * }</pre>
 *
 * <p>Tieleman and Hinton, <a
 * href="https://www.cs.toronto.edu/~hinton/coursera/lecture6/lec6.pdf">Lecture 6.5, rmsprop</a>,
 * 2012.
 *
 * @question How can steps keep their size while gradients change theirs?
 * @use For recurrent networks and targets that move, as in games.
 * @avoid When the first steps matter: {@link Adam} corrects its early means.
 */
public final class RmsProp extends EpsilonOptimizer<RmsProp> {
  private double rho = 0.9;
  private double momentum;
  private boolean centered;

  private RmsProp() {
    super("RMSprop", 1e-3, 0);
  }

  /** Keras's defaults. */
  public static RmsProp rmsprop() {
    return new RmsProp();
  }

  static RmsProp from(Settings settings) {
    return rmsprop().read(settings);
  }

  /**
   * The same with another decay rate ρ of the mean square; 0.9 by default.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public RmsProp rho(double value) {
    OptimizerChecks.decay(name(), "rho", value);
    return with("rho", value, copy -> copy.rho = value);
  }

  /**
   * The same with momentum, the share of the previous step that is added; 0 by default.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public RmsProp momentum(double value) {
    OptimizerChecks.decay(name(), "momentum", value);
    return with("momentum", value, copy -> copy.momentum = value);
  }

  /** The same with the variance of the gradient in place of its mean square. */
  public RmsProp centered() {
    return with("centered", copy -> copy.centered = true);
  }

  @Override
  RmsProp read(Settings settings) {
    RmsProp base = super.read(settings);
    double decay = settings.number("rho", rho);
    double share = settings.number("momentum", momentum);
    base = decay == rho ? base : base.rho(decay);
    base = share == momentum ? base : base.momentum(share);
    return settings.flag("centered", false) ? base.centered() : base;
  }

  @Override
  Config settings(Config to) {
    return super.settings(to.with("rho", rho).with("momentum", momentum))
        .with("centered", centered);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr rho = sheet.constant("ρ", "\\rho", this.rho);
    Expr one = Expr.of(1);
    sheet.set(V, rho.times(V).plus(one.minus(rho).times(G.square())));
    Expr spread = V;
    if (centered) {
      Expr mean = Expr.named("ḡ", "\\bar g", 0);
      sheet.set(mean, rho.times(mean).plus(one.minus(rho).times(G)));
      spread = V.minus(mean.square());
    }
    Expr move = RATE.times(G).over(spread.plus(epsilon(sheet)).sqrt());
    if (momentum > 0) {
      sheet.set(M, sheet.constant("μ", "\\mu", momentum).times(M).plus(move));
      sheet.set(W, W.minus(M));
    } else {
      sheet.set(W, W.minus(move));
    }
  }

  @Override
  public Updater start(int parameters) {
    return new RmsPropUpdater(this, parameters);
  }

  /** Turns the gradient into a step, which is then taken, or added to the momentum. */
  private static final class RmsPropUpdater extends BaseUpdater {
    private final RmsProp settings;
    private final ChunkedVector velocity = vector("velocity");
    private final Optional<ChunkedVector> momentum;
    private final Optional<ChunkedVector> average;
    private float rate;

    RmsPropUpdater(RmsProp settings, int parameters) {
      super(settings, parameters);
      this.settings = settings;
      momentum = settings.momentum > 0 ? Optional.of(vector("momentum")) : Optional.empty();
      average = settings.centered ? Optional.of(vector("average_gradient")) : Optional.empty();
    }

    @Override
    void begin(long step, float rate) {
      this.rate = rate;
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      float[] v = velocity.from(offset);
      float b = (float) settings.rho;
      float a = (float) (1 - settings.rho);
      float e = settings.epsilon();
      if (average.isPresent()) {
        center(gradients, v, average.get().from(offset), count, rate, b, a, e);
      } else {
        scale(gradients, v, count, rate, b, a, e);
      }
      if (momentum.isPresent()) {
        momentumStep(
            weights, gradients, momentum.get().from(offset), count, (float) settings.momentum);
      } else {
        step(weights, gradients, count);
      }
    }

    private static void scale(float[] g, float[] v, int n, float rate, float b, float a, float e) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float square = ((b * v[i] + a * gradient * gradient) + TINY_SQUARE) - TINY_SQUARE;
        v[i] = square;
        g[i] = rate * gradient / (float) Math.sqrt(square + e);
      }
    }

    private static void center(
        float[] g, float[] v, float[] c, int n, float rate, float b, float a, float e) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float square = ((b * v[i] + a * gradient * gradient) + TINY_SQUARE) - TINY_SQUARE;
        float mean = ((b * c[i] + a * gradient) + TINY_GRADIENT) - TINY_GRADIENT;
        v[i] = square;
        c[i] = mean;
        // Rounded, a variance can come out below 0.
        float variance = Math.max(square - mean * mean, 0);
        g[i] = rate * gradient / (float) Math.sqrt(variance + e);
      }
    }

    private static void momentumStep(float[] w, float[] step, float[] m, int n, float momentum) {
      for (int i = 0; i < n; i++) {
        float next = ((momentum * m[i] + step[i]) + TINY_MEAN) - TINY_MEAN;
        m[i] = next;
        w[i] -= next;
      }
    }

    private static void step(float[] w, float[] step, int n) {
      for (int i = 0; i < n; i++) {
        w[i] -= step[i];
      }
    }
  }
}
