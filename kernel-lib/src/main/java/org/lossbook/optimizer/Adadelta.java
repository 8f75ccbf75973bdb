package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.schedule.OptimizerChecks;

/**
 * Adadelta: scales each weight's gradient by the root mean square of its recent steps over that of
 * its recent gradients; with a learning rate of 1, as in the paper, there is none to choose.
 *
 * <p>\(s \leftarrow \rho s + (1 - \rho) g^2\), \(\Delta = -g \sqrt{d + \varepsilon} / \sqrt{s +
 * \varepsilon}\), \(d \leftarrow \rho d + (1 - \rho) \Delta^2\), \(w \leftarrow w + \eta \Delta\).
 *
 * <pre>{@code
 * adadelta()                       // learning rate 0.001, ρ 0.95, ε 1e-7
 * adadelta().learningRate(1)
 * descend(x -> x.square(), 3, adadelta().learningRate(1)).steps(2).last()   // 2.997
 * }</pre>
 *
 * <p>Zeiler, <a href="https://arxiv.org/abs/1212.5701">ADADELTA: An Adaptive Learning Rate
 * Method</a>, 2012.
 *
 * @question How can steps find their own size, without a learning rate?
 * @use When the scale of the gradients changes, and no rate is known.
 * @avoid When training should be fast: {@link Adam} usually gets there earlier.
 */
public final class Adadelta extends EpsilonOptimizer<Adadelta> {
  private double rho = 0.95;

  private Adadelta() {
    super("Adadelta", 1e-3, 0);
  }

  /** Keras's defaults. */
  public static Adadelta adadelta() {
    return new Adadelta();
  }

  static Adadelta from(Settings settings) {
    return adadelta().read(settings);
  }

  /**
   * The same with another decay rate ρ of the mean squares; 0.95 by default.
   *
   * @throws IllegalArgumentException where it is below 0, or not below 1
   */
  public Adadelta rho(double value) {
    OptimizerChecks.decay(name(), "rho", value);
    return with("rho", value, copy -> copy.rho = value);
  }

  @Override
  Adadelta read(Settings settings) {
    Adadelta base = super.read(settings);
    double decay = settings.number("rho", rho);
    return decay == rho ? base : base.rho(decay);
  }

  @Override
  Config settings(Config to) {
    return super.settings(to.with("rho", rho));
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr rho = sheet.constant("ρ", "\\rho", this.rho);
    Expr epsilon = epsilon(sheet);
    Expr one = Expr.of(1);
    Expr squares = Expr.named("s", "s", 0);
    Expr steps = Expr.named("d", "d", 0);
    Expr delta = Expr.named("Δ", "\\Delta", 0);
    sheet.set(squares, rho.times(squares).plus(one.minus(rho).times(G.square())));
    sheet.let(
        delta, steps.plus(epsilon).sqrt().times(G).over(squares.plus(epsilon).sqrt()).negate());
    sheet.set(steps, rho.times(steps).plus(one.minus(rho).times(delta.square())));
    sheet.set(W, W.plus(RATE.times(delta)));
  }

  @Override
  public Updater start(int parameters) {
    return new AdadeltaUpdater(this, parameters);
  }

  private static final class AdadeltaUpdater extends BaseUpdater {
    private final ChunkedVector gradientSquares = vector("accumulated_grad");
    private final ChunkedVector stepSquares = vector("accumulated_delta_var");
    private final float kept;
    private final float taken;
    private final float epsilon;
    private float rate;

    AdadeltaUpdater(Adadelta settings, int parameters) {
      super(settings, parameters);
      kept = (float) settings.rho;
      taken = (float) (1 - settings.rho);
      epsilon = settings.epsilon();
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
          gradientSquares.from(offset),
          stepSquares.from(offset),
          count,
          rate,
          kept,
          taken,
          epsilon);
    }

    private static void move(
        float[] w, float[] g, float[] s, float[] d, int n, float rate, float b, float a, float e) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float square = ((b * s[i] + a * gradient * gradient) + TINY_SQUARE) - TINY_SQUARE;
        float delta = (float) Math.sqrt(d[i] + e) * gradient / (float) Math.sqrt(square + e);
        s[i] = square;
        d[i] = ((b * d[i] + a * delta * delta) + TINY_SQUARE) - TINY_SQUARE;
        w[i] -= rate * delta;
      }
    }
  }
}
