package org.lossbook.metric.regression;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;

/**
 * Coefficient of determination, R²: the share of the truth's variance that a model explains, \(1 -
 * \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2}\), without a unit.
 *
 * <p>Use it for regression, where an error says little without the variance of the truth: 1 is
 * perfect, 0 is no better than always predicting the mean, and below 0 is worse than that. The
 * figures of several outputs are averaged, with equal weights unless {@link #varianceWeighted()}.
 * For a constant truth it is 0, as in Keras, or 1 where every prediction is exact, for which Keras
 * gives NaN. Wright 1921, <i>Correlation and causation</i>.
 *
 * <pre>{@code
 * r2().of(vector(3, -0.5, 2, 7), vector(2.5, 0, 2, 8))               // 0.949
 * r2().adjusted(1).of(vector(3, -0.5, 2, 7), vector(2.5, 0, 2, 8))   // 0.923
 * }</pre>
 *
 * @question What share of the truth's variation is explained?
 * @use For regression, to compare with always predicting the mean.
 * @avoid Where the truth hardly varies: the share of nearly nothing is erratic.
 * @param isVarianceWeighted whether outputs are weighted by the variance of their truth
 * @param regressors how many features the model uses, for the adjusted figure; 0 for the plain one
 */
public record R2(boolean isVarianceWeighted, int regressors) implements Metric {
  private static final String UNIFORM = "uniform_average";
  private static final String WEIGHTED = "variance_weighted_average";

  /** Checks the number of regressors. */
  public R2 {
    if (regressors < 0) {
      throw Messages.wrong(
          "r2 expects regressors of 0 or more but receives %d: count the features that the model computes from.",
          regressors);
    }
  }

  /** The coefficient of determination. */
  public static R2 r2() {
    return new R2(false, 0);
  }

  /** Weights several outputs by the variance of their truth. */
  public R2 varianceWeighted() {
    return new R2(true, regressors);
  }

  /**
   * Adjusted R², lowered by what {@code features} could explain by chance: \(1 - (1 - R^2)\frac{n -
   * 1}{n - p - 1}\); the plain figure where there are at most p + 1 samples, as in Keras.
   */
  public R2 adjusted(int features) {
    return new R2(isVarianceWeighted, features);
  }

  /** The figure of each output, adjusted if requested, for arrays by hand. */
  public double[] perOutput(Object y, Object yHat) {
    MetricInputs given = MetricInputs.of(this, y, yHat);
    return given.filled(variances(given.targets(), given.outputs())).perOutput();
  }

  @Override
  public String name() {
    return "r2_score";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    return variances(targets, outputs);
  }

  private VarianceTally variances(int targets, int outputs) {
    Truth.widths("r2", targets, outputs);
    if (targets != outputs) {
      throw Messages.wrong(
          "r2 expects %d numbers a target, as many as the prediction has, but receives %d: it is for measurements; accuracy() is for labels.",
          outputs, targets);
    }
    return new VarianceTally(this, outputs);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.metrics", "R2Score")
            .with("class_aggregation", isVarianceWeighted ? WEIGHTED : UNIFORM)
            .with("num_regressors", regressors));
  }

  static R2 from(Settings settings) {
    settings.requireOneOf("class_aggregation", UNIFORM, WEIGHTED);
    boolean isWeighted = settings.text("class_aggregation", UNIFORM).equals(WEIGHTED);
    return new R2(isWeighted, settings.integer("num_regressors", 0));
  }
}
