package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;

import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.schedule.OptimizerChecks;

/**
 * FTRL (follow the regularized leader): computes each weight anew from the sum of its gradients, so
 * that an L1 penalty makes weights exactly zero. It suits linear models of many rare features.
 *
 * <p>\(s' = s + g^2\), \(z \leftarrow z + g - \frac{s'^p - s^p}{\eta} w\), \(w \leftarrow
 * \frac{\operatorname{clip}(z, \pm\lambda_1) - z}{(s'^p + \beta) / \eta + 2 \lambda_2}\), \(s
 * \leftarrow s'\) with p = ½, minus the {@link #learningRatePower}. The first step forgets the
 * initial weights, as in Keras.
 *
 * <pre>{@code
 * ftrl()                       // learning rate 0.001, first accumulator 0.1, no penalties
 * ftrl().l1RegularizationStrength(0.01)
 * descend(x -> x.square(), 3, ftrl().learningRate(0.1)).steps(2).last()   // 2.675
 * }</pre>
 *
 * <p>McMahan et al., <a href="https://research.google/pubs/pub41159/">Ad Click Prediction: a View
 * from the Trenches</a>, 2013.
 *
 * @question How can most weights become exactly zero?
 * @use For linear models with very many rare features.
 * @avoid For deep networks: the first step forgets the initial weights.
 */
public final class Ftrl extends BaseOptimizer<Ftrl> {
  private double learningRatePower = -0.5;
  private double initialAccumulatorValue = 0.1;
  private double l1 = 0;
  private double l2 = 0;
  private double l2Shrinkage = 0;
  private double beta = 0;

  private Ftrl() {
    super("Ftrl", 1e-3, 0);
  }

  /** Keras's defaults. */
  public static Ftrl ftrl() {
    return new Ftrl();
  }

  static Ftrl from(Settings settings) {
    return ftrl().read(settings);
  }

  /**
   * The same with another power p of the sum of squared gradients, by which steps shrink; −0.5 by
   * default, 0 for steps that do not shrink.
   *
   * @throws IllegalArgumentException where it is above 0
   */
  public Ftrl learningRatePower(double value) {
    if (!(value <= 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "ftrl expects a learningRatePower of 0 or less but receives %s: -0.5 is the usual one.",
          value);
    }
    return with("learningRatePower", value, copy -> copy.learningRatePower = value);
  }

  /**
   * The same with another initial sum of squares; 0.1 by default.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Ftrl initialAccumulatorValue(double value) {
    OptimizerChecks.notNegative(name(), "an initialAccumulatorValue", value, 0.1);
    return with("initialAccumulatorValue", value, copy -> copy.initialAccumulatorValue = value);
  }

  /**
   * The same with an L1 penalty λ₁, which makes a weight zero while its gradients sum up to less; 0
   * by default.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Ftrl l1RegularizationStrength(double value) {
    OptimizerChecks.notNegative(name(), "an l1RegularizationStrength", value, 0.01);
    return with("l1RegularizationStrength", value, copy -> copy.l1 = value);
  }

  /**
   * The same with an L2 penalty λ₂, which makes weights smaller; 0 by default.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Ftrl l2RegularizationStrength(double value) {
    OptimizerChecks.notNegative(name(), "an l2RegularizationStrength", value, 0.01);
    return with("l2RegularizationStrength", value, copy -> copy.l2 = value);
  }

  /**
   * The same with an L2 penalty that is added to the gradient, \(g + 2 \lambda w\), as one in the
   * loss is; 0 by default.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Ftrl l2ShrinkageRegularizationStrength(double value) {
    OptimizerChecks.notNegative(name(), "an l2ShrinkageRegularizationStrength", value, 0.01);
    return with("l2ShrinkageRegularizationStrength", value, copy -> copy.l2Shrinkage = value);
  }

  /**
   * The same with another β, which makes the first steps smaller; 0 by default.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public Ftrl beta(double value) {
    OptimizerChecks.notNegative(name(), "a beta", value, 1);
    return with("beta", value, copy -> copy.beta = value);
  }

  @Override
  Ftrl read(Settings settings) {
    Ftrl made = super.read(settings);
    double power = settings.number("learning_rate_power", learningRatePower);
    made = power == learningRatePower ? made : made.learningRatePower(power);
    double first = settings.number("initial_accumulator_value", initialAccumulatorValue);
    made = first == initialAccumulatorValue ? made : made.initialAccumulatorValue(first);
    double first1 = settings.number("l1_regularization_strength", l1);
    made = first1 == l1 ? made : made.l1RegularizationStrength(first1);
    double second = settings.number("l2_regularization_strength", l2);
    made = second == l2 ? made : made.l2RegularizationStrength(second);
    double shrinkage = settings.number("l2_shrinkage_regularization_strength", l2Shrinkage);
    made = shrinkage == l2Shrinkage ? made : made.l2ShrinkageRegularizationStrength(shrinkage);
    double more = settings.number("beta", beta);
    return more == beta ? made : made.beta(more);
  }

  @Override
  Config settings(Config to) {
    return to.with("learning_rate_power", learningRatePower)
        .with("initial_accumulator_value", initialAccumulatorValue)
        .with("l1_regularization_strength", l1)
        .with("l2_regularization_strength", l2)
        .with("l2_shrinkage_regularization_strength", l2Shrinkage)
        .with("beta", beta);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr sum = Expr.named("s", "s", initialAccumulatorValue);
    Expr next = Expr.named("s′", "s'", 0);
    Expr linear = Expr.named("z", "z", 0);
    sheet.let(next, sum.plus(G.square()));
    Expr slowed = power(next).minus(power(sum)).over(RATE);
    Expr gradient = G;
    if (l2Shrinkage > 0) {
      gradient = G.plus(sheet.constant("λₛ", "\\lambda_s", l2Shrinkage).times(2).times(W));
    }
    sheet.set(linear, linear.plus(gradient).minus(slowed.times(W)));
    Expr below = power(next);
    if (beta > 0) {
      below = below.plus(sheet.constant("β", "\\beta", beta));
    }
    below = below.over(RATE);
    if (l2 > 0) {
      below = below.plus(sheet.constant("λ₂", "\\lambda_2", l2).times(2));
    }
    Expr above = linear;
    if (l1 > 0) {
      Expr limit = sheet.constant("λ₁", "\\lambda_1", l1);
      above = linear.minus(linear.clip(limit.negate(), limit));
    }
    sheet.set(W, above.over(below).negate());
    sheet.set(sum, next);
  }

  private Expr power(Expr sum) {
    return learningRatePower == -0.5 ? sum.sqrt() : sum.pow(-learningRatePower);
  }

  @Override
  public Updater start(int parameters) {
    return new FtrlUpdater(this, parameters);
  }

  private static final class FtrlUpdater extends BaseUpdater {
    private final ChunkedVector accumulator;
    private final ChunkedVector linear;
    private final Ftrl settings;
    private float rate;

    FtrlUpdater(Ftrl settings, int parameters) {
      super(settings, parameters);
      this.settings = settings;
      accumulator = vector("accumulator", parameters, (float) settings.initialAccumulatorValue);
      linear = vector("linear");
    }

    @Override
    void begin(long step, float rate) {
      this.rate = rate;
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      if (rate == 0) {
        return; // a pause
      }
      float[] s = accumulator.from(offset);
      float[] z = linear.from(offset);
      if (settings.learningRatePower == -0.5) {
        move(weights, gradients, s, z, count);
      } else {
        movePowers(weights, gradients, s, z, count);
      }
    }

    private void move(float[] w, float[] g, float[] s, float[] z, int n) {
      float l1 = (float) settings.l1;
      float shrinkage = (float) (2 * settings.l2Shrinkage);
      float more = (float) (settings.beta / rate + 2 * settings.l2) + Float.MIN_NORMAL;
      float rate = this.rate;
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float sum = s[i] + gradient * gradient;
        float root = (float) Math.sqrt(sum);
        float slowed = (root - (float) Math.sqrt(s[i])) / rate;
        float line = z[i] + (gradient + shrinkage * w[i] - slowed * w[i]);
        s[i] = sum;
        z[i] = line;
        w[i] = (Math.max(-l1, Math.min(l1, line)) - line) / (root / rate + more);
      }
    }

    /** With another power than the square root, which no processor has an instruction for. */
    private void movePowers(float[] w, float[] g, float[] s, float[] z, int n) {
      float l1 = (float) settings.l1;
      float shrinkage = (float) (2 * settings.l2Shrinkage);
      double more = settings.beta / rate + 2 * settings.l2 + Float.MIN_NORMAL;
      double power = -settings.learningRatePower;
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float sum = s[i] + gradient * gradient;
        double root = Math.pow(sum, power);
        double slowed = (root - Math.pow(s[i], power)) / rate;
        float line = z[i] + (float) (gradient + shrinkage * w[i] - slowed * w[i]);
        s[i] = sum;
        z[i] = line;
        w[i] = (float) ((Math.max(-l1, Math.min(l1, line)) - line) / (root / rate + more));
      }
    }
  }
}
