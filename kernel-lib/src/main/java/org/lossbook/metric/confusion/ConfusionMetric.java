package org.lossbook.metric.confusion;

import java.util.Arrays;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.metric.AveragedMetric;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Decision;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;

/**
 * Base class of metrics computed from the four counts of a binary confusion matrix: true and false
 * positives, true and false negatives.
 *
 * <p>What counts as predicted positive:
 *
 * <ul>
 *   <li>a single output above one half;
 *   <li>with integer labels, the class with the largest prediction, the first of equal ones, as in
 *       scikit-learn;
 *   <li>with rows of answers, as the metric says, which is as in Keras.
 * </ul>
 *
 * <p>{@link #threshold} and {@link #topK} change this; together, both must hold. Where a division
 * would be 0/0, such as the precision of a class that is never predicted, the figure is 0, as in
 * Keras.
 *
 * @param <M> the metric itself, so that calls chain
 */
public abstract class ConfusionMetric<M extends ConfusionMetric<M>> extends AveragedMetric<M> {
  private final Decision decision;

  ConfusionMetric(Decision decision, Averaging averaging) {
    super(averaging);
    this.decision = decision;
  }

  abstract M with(Decision decision, Averaging averaging);

  /** The figure as a formula of {@link Counts}. */
  public abstract Expr formula();

  /** The figure for these counts; 0/0 is 0. */
  abstract double of(
      double truePositives, double falsePositives, double falseNegatives, double trueNegatives);

  /**
   * Whether rows of answers are compared with one half and counted together, as in Keras's
   * Precision.
   */
  boolean thresholdsAnswers() {
    return true;
  }

  /** The average over classes unless another one is chosen. */
  Averaging.Kind defaultAverage(Truth truth) {
    return truth == Truth.ANSWERS && thresholdsAnswers()
        ? Averaging.Kind.MICRO
        : Averaging.Kind.MACRO;
  }

  final Decision decision() {
    return decision;
  }

  @Override
  protected final M with(Averaging averaging) {
    return with(decision, averaging);
  }

  /**
   * Predicts yes for every output above this, 0.5 by default for a single one; use 0 for logits.
   */
  public final M threshold(double threshold) {
    return with(decision.above(MetricInputs.who(this), threshold), averaging());
  }

  /**
   * The figures at several thresholds, for arrays by hand: {@code recall().thresholds(0.3, 0.5)}.
   *
   * @throws IllegalArgumentException where there is none, or one is not finite
   */
  public final PerThreshold thresholds(double... thresholds) {
    if (thresholds == null || thresholds.length == 0) {
      throw Messages.wrong(
          "%s expects a threshold or more but receives none: thresholds(0.3, 0.5, 0.7) has three.",
          MetricInputs.who(this));
    }
    return new PerThreshold(Arrays.stream(thresholds).mapToObj(this::threshold).toList());
  }

  /** Predicts yes for the k largest outputs of a row, the first of equal ones. */
  public final M topK(int k) {
    return with(decision.first(MetricInputs.who(this), k), averaging());
  }

  /** The same with another default threshold, used where the shapes require one. */
  final M withDefaultThreshold(double threshold) {
    return with(decision.withDefaultThreshold(threshold), averaging());
  }

  @Override
  protected final ClassFigures figures(int targets, int outputs) {
    String who = MetricInputs.who(this);
    Truth truth = Truth.of(who, targets, outputs);
    boolean isEachAlone = outputs == 1 || truth == Truth.ANSWERS && thresholdsAnswers();
    Decision taken = decision.resolved(isEachAlone);
    taken.topK().ifPresent(k -> Decision.checkK(who, k, outputs));
    return new CountTally(this, truth, taken, averaging().or(defaultAverage(truth)), outputs);
  }

  /** What a file says of it as that class: Keras's, unless Keras refuses such settings. */
  final Config counted(String className) {
    boolean isKeras = decision.threshold().orElse(0) >= 0 && decision.threshold().orElse(1) <= 1;
    Config config =
        (isKeras ? Config.of("keras.metrics", className) : Config.ours(className))
            .with("thresholds", decision.threshold())
            .with("top_k", decision.topK())
            .with("class_id", averaging().classId());
    return averaging().kind() == Averaging.Kind.OPEN ? config : averaged(config).asOurs();
  }

  /**
   * This with the settings of a file.
   *
   * @param threshold what the file calls it
   */
  final M read(Settings settings, String threshold) {
    ConfusionMetric<M> read = this;
    if (settings.has(threshold)) {
      boolean isList = settings.value(threshold).orElse("") instanceof List<?>;
      double[] all =
          isList ? settings.numbers(threshold) : new double[] {settings.number(threshold)};
      if (all.length != 1) {
        settings.wrong(threshold, "one number", settings.value(threshold).orElse(""));
      }
      read = read.threshold(all[0]);
    }
    if (settings.has("top_k")) {
      read = read.topK(settings.integer("top_k"));
    }
    return read.read(settings);
  }
}
