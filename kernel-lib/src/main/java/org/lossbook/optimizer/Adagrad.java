package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;

import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Adagrad (adaptive gradient): divides each weight's gradient by the root of the sum of its squares
 * so far, so that weights with rare gradients keep taking large steps, while all steps shrink over
 * time.
 *
 * <p>\(s \leftarrow s + g^2\), \(w \leftarrow w - \eta\, g / \sqrt{s + \varepsilon}\).
 *
 * <pre>{@code
 * adagrad()                       // learning rate 0.001, first accumulator 0.1, ε 1e-7
 * adagrad().learningRate(0.1)
 * descend(x -> x.square(), 3, adagrad().learningRate(0.1)).steps(2).last()   // 2.83
 * }</pre>
 *
 * <p>Duchi, Hazan and Singer, <a href="https://jmlr.org/papers/v12/duchi11a.html">Adaptive
 * Subgradient Methods for Online Learning and Stochastic Optimization</a>, 2011.
 *
 * @question How can rare features keep learning?
 * @use For sparse features, such as words in a bag.
 * @avoid For long training: the steps shrink towards nothing.
 */
public final class Adagrad extends EpsilonOptimizer<Adagrad> {
  private double initialAccumulatorValue = 0.1;

  private Adagrad() {
    super("Adagrad", 1e-3, 0);
  }

  /** Keras's defaults. */
  public static Adagrad adagrad() {
    return new Adagrad();
  }

  static Adagrad from(Settings settings) {
    return adagrad().read(settings);
  }

  /**
   * The same with another initial sum of squares; 0.1 by default.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Adagrad initialAccumulatorValue(double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "adagrad expects an initialAccumulatorValue of 0 or more but receives %s: 0.1 is the usual one.",
          value);
    }
    return with("initialAccumulatorValue", value, copy -> copy.initialAccumulatorValue = value);
  }

  @Override
  Adagrad read(Settings settings) {
    Adagrad base = super.read(settings);
    double first = settings.number("initial_accumulator_value", initialAccumulatorValue);
    return first == initialAccumulatorValue ? base : base.initialAccumulatorValue(first);
  }

  @Override
  Config settings(Config to) {
    return super.settings(to.with("initial_accumulator_value", initialAccumulatorValue));
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr sum = Expr.named("s", "s", initialAccumulatorValue);
    sheet.set(sum, sum.plus(G.square()));
    sheet.set(W, W.minus(RATE.times(G).over(sum.plus(epsilon(sheet)).sqrt())));
  }

  @Override
  public Updater start(int parameters) {
    return new AdagradUpdater(this, parameters);
  }

  private static final class AdagradUpdater extends BaseUpdater {
    private final ChunkedVector accumulator;
    private final float epsilon;
    private float rate;

    AdagradUpdater(Adagrad settings, int parameters) {
      super(settings, parameters);
      accumulator = vector("accumulator", parameters, (float) settings.initialAccumulatorValue);
      epsilon = settings.epsilon();
    }

    @Override
    void begin(long step, float rate) {
      this.rate = rate;
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      move(weights, gradients, accumulator.from(offset), count, rate, epsilon);
    }

    private static void move(float[] w, float[] g, float[] s, int n, float rate, float e) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float sum = s[i] + gradient * gradient;
        s[i] = sum;
        w[i] -= rate * gradient / (float) Math.sqrt(sum + e);
      }
    }
  }
}
