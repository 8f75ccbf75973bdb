package org.lossbook.optimizer;

import static org.lossbook.optimizer.Symbols.G;
import static org.lossbook.optimizer.Symbols.V;
import static org.lossbook.optimizer.Symbols.W;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.RATE;
import static org.lossbook.optimizer.schedule.ScheduleSymbols.T;

import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Parameter;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.schedule.OptimizerChecks;

/**
 * Adafactor: divides gradients by the root of their running mean square as {@link RmsProp} does,
 * but estimates that of a matrix from the means of its rows r and columns c, and makes steps
 * relative to the size of the weights. Other parameters than matrices keep a mean square v for each
 * number; of a convolution's kernel, the last two axes are the matrix.
 *
 * <p>\(r \leftarrow \beta r + (1 - \beta)\, \overline{g^2 + \varepsilon_1}\) over each row, c
 * likewise over each column, \(v = r c / \bar r\), \(u = g / \sqrt v\), \(w \leftarrow w - \alpha\,
 * u / \max(1, \operatorname{RMS}(u) / d)\) with \(\beta = 1 - t^{-0.8}\) and \(\alpha =
 * \max(\varepsilon_2, \operatorname{RMS}(w)) \min(\eta, 1 / \sqrt t)\).
 *
 * <pre>{@code
 * adafactor()                       // learning rate 0.001, ε₁ 1e-30, ε₂ 0.001, d 1
 * adafactor().learningRate(0.01).clipThreshold(2)
 * descend(x -> x.square(), 3, adafactor().learningRate(0.1)).steps(2).last()   // 2.44
 * }</pre>
 *
 * <p>Shazeer and Stern, <a href="https://arxiv.org/abs/1804.04235">Adafactor: Adaptive Learning
 * Rates with Sublinear Memory Cost</a>, 2018.
 *
 * @question How can a huge matrix be trained with hardly any state?
 * @use For very large matrices, where Adam's state does not fit.
 * @avoid For small networks: {@link Adam} is simpler and more precise.
 */
public final class Adafactor extends BaseOptimizer<Adafactor> {
  private double beta2Decay = -0.8;
  private double epsilon1 = 1e-30;
  private double epsilon2 = 1e-3;
  private double clipThreshold = 1;
  private boolean relativeStep = true;

  private Adafactor() {
    super("Adafactor", 1e-3, 0);
  }

  /** Keras's defaults. */
  public static Adafactor adafactor() {
    return new Adafactor();
  }

  static Adafactor from(Settings settings) {
    return adafactor().read(settings);
  }

  /**
   * The same with another power of the step, by which the share of new gradients falls; −0.8 by
   * default.
   *
   * @throws IllegalArgumentException where it is above 0
   */
  public Adafactor beta2Decay(double value) {
    if (!(value <= 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "adafactor expects a beta2Decay of 0 or less but receives %s: -0.8 is the usual one.",
          value);
    }
    return with("beta2Decay", value, copy -> copy.beta2Decay = value);
  }

  /**
   * The same with another ε₁, which is added to squared gradients; 1e-30 by default.
   *
   * @throws IllegalArgumentException where it is not above 0
   */
  public Adafactor epsilon1(double value) {
    OptimizerChecks.positive(name(), "an epsilon1", value, 1e-30);
    return with("epsilon1", value, copy -> copy.epsilon1 = value);
  }

  /**
   * The same with another ε₂, the size that weights count as at least; 0.001 by default.
   *
   * @throws IllegalArgumentException where it is not above 0
   */
  public Adafactor epsilon2(double value) {
    OptimizerChecks.positive(name(), "an epsilon2", value, 1e-3);
    return with("epsilon2", value, copy -> copy.epsilon2 = value);
  }

  /**
   * The same with another limit d of a step's root mean square; 1 by default.
   *
   * @throws IllegalArgumentException where it is not above 0
   */
  public Adafactor clipThreshold(double value) {
    OptimizerChecks.positive(name(), "a clipThreshold", value, 1);
    return with("clipThreshold", value, copy -> copy.clipThreshold = value);
  }

  /**
   * Keras's {@code relative_step}, true by default, which has no effect: in Keras too the learning
   * rate is at most \(1 / \sqrt t\) either way.
   */
  public Adafactor relativeStep(boolean value) {
    return with("relativeStep", value, copy -> copy.relativeStep = value);
  }

  @Override
  Adafactor read(Settings settings) {
    Adafactor made = super.read(settings);
    double power = settings.number("beta_2_decay", beta2Decay);
    made = power == beta2Decay ? made : made.beta2Decay(power);
    double first = settings.number("epsilon_1", epsilon1);
    made = first == epsilon1 ? made : made.epsilon1(first);
    double second = settings.number("epsilon_2", epsilon2);
    made = second == epsilon2 ? made : made.epsilon2(second);
    double limit = settings.number("clip_threshold", clipThreshold);
    made = limit == clipThreshold ? made : made.clipThreshold(limit);
    boolean relative = settings.flag("relative_step", relativeStep);
    return relative == relativeStep ? made : made.relativeStep(relative);
  }

  @Override
  Config settings(Config to) {
    return to.with("beta_2_decay", beta2Decay)
        .with("epsilon_1", epsilon1)
        .with("epsilon_2", epsilon2)
        .with("clip_threshold", clipThreshold)
        .with("relative_step", relativeStep);
  }

  @Override
  void write(UpdateRule.Sheet sheet) {
    Expr one = Expr.of(1);
    Expr beta = Expr.named("β", "\\beta", 0);
    Expr alpha = Expr.named("α", "\\alpha", 0);
    Expr rows = Expr.named("r", "r", 0);
    Expr columns = Expr.named("c", "c", 0);
    Expr square = Expr.named("G", "G", 0);
    sheet.let(beta, one.minus(T.pow(beta2Decay)));
    sheet.let(square, G.square().plus(sheet.constant("ε₁", "\\varepsilon_1", epsilon1)));
    Expr least = sheet.constant("ε₂", "\\varepsilon_2", epsilon2);
    sheet.let(alpha, Symbols.RMS_OF_WEIGHTS.max(least).times(RATE.min(one.over(T.sqrt()))));
    Expr rest = one.minus(beta);
    sheet.set(rows, beta.times(rows).plus(rest.times(Symbols.meanOfRow(square))));
    sheet.set(columns, beta.times(columns).plus(rest.times(Symbols.meanOfColumn(square))));
    sheet.let(V, rows.times(columns).over(Symbols.meanOf(rows)));
    sheet.let(Symbols.UPDATE, G.over(V.sqrt()));
    Expr limit = sheet.constant("d", "d", clipThreshold);
    sheet.set(
        W, W.minus(alpha.times(Symbols.UPDATE).over(Symbols.RMS_OF_UPDATE.over(limit).max(1))));
  }

  double beta2Decay() {
    return beta2Decay;
  }

  double epsilon1() {
    return epsilon1;
  }

  double epsilon2() {
    return epsilon2;
  }

  double clipThreshold() {
    return clipThreshold;
  }

  @Override
  public Updater start(int parameters) {
    return new AdafactorUpdater(this, ParameterLayout.ofNumbers(parameters));
  }

  @Override
  public Updater start(List<Parameter> parameters) {
    return new AdafactorUpdater(this, ParameterLayout.of(parameters));
  }
}
