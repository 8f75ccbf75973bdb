package org.lossbook.metric.confusion;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Decision;

/**
 * F-score: precision and recall combined in one number, \(\frac{(1 + \beta^2)\,TP}{(1 +
 * \beta^2)\,TP + \beta^2 FN + FP}\), from 0 to 1; where \(\beta\) is 1, F1, it is their harmonic
 * mean.
 *
 * <p>Use it for rare positives where both matter; recall counts \(\beta\) times as much as
 * precision. The largest output of a row is the prediction, as in Keras, and a single output is
 * positive above one half; for rows with several positives or none, call {@link #threshold
 * threshold(0.5)}. The figure is the mean over the classes, {@link #macro}; Keras gives one for
 * each class, as {@link #perClass} does. van Rijsbergen 1979, <i>Information retrieval</i>.
 *
 * <pre>{@code
 * f1().of(vector(1, 0, 1, 1), vector(0.9, 0.8, 0.2, 0.1))        // 0.4
 * fBeta(2).of(vector(1, 0, 1, 1), vector(0.9, 0.8, 0.2, 0.1))    // 0.357
 * f1().perClass().of(vector(0, 0, 1), matrix(row(0.9, 0.1), row(0.3, 0.7), row(0.2, 0.8))) // [0.667, 0.667]
 * }</pre>
 *
 * @question How good are precision and recall together?
 * @avoid When true negatives matter: they do not count.
 */
public final class FBeta extends ConfusionMetric<FBeta> {
  private final String name;
  private final double beta;

  private FBeta(String name, double beta, Decision decision, Averaging averaging) {
    super(decision, averaging);
    this.name = name;
    this.beta = beta;
  }

  /** F1, the harmonic mean of precision and recall. */
  public static FBeta f1() {
    return new FBeta("f1_score", 1, Decision.OPEN, Averaging.OPEN);
  }

  /**
   * The same where recall counts {@code beta} times as much as precision.
   *
   * @throws IllegalArgumentException where {@code beta} is not above 0
   */
  public static FBeta fBeta(double beta) {
    if (!(beta > 0) || Double.isInfinite(beta)) {
      throw Messages.wrong(
          "fBeta expects beta above 0 but receives %s: it is how many times recall counts as much as precision, 1 for f1().",
          beta);
    }
    return new FBeta("fbeta_score", beta, Decision.OPEN, Averaging.OPEN);
  }

  double beta() {
    return beta;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  boolean thresholdsAnswers() {
    return false;
  }

  @Override
  FBeta with(Decision decision, Averaging averaging) {
    return new FBeta(name, beta, decision, averaging);
  }

  @Override
  public Expr formula() {
    boolean isEven = beta == 1;
    Expr square = Counts.BETA.square();
    Expr hits = (isEven ? Expr.of(2) : square.plus(1)).times(Counts.TP);
    Expr misses = isEven ? Counts.FN : square.times(Counts.FN);
    return hits.over(hits.plus(misses).plus(Counts.FP));
  }

  @Override
  double of(double tp, double fp, double fn, double tn) {
    double square = beta * beta;
    return Averaging.share((1 + square) * tp, (1 + square) * tp + square * fn + fp);
  }

  @Override
  public Optional<Config> config() {
    boolean isF1 = name.equals("f1_score");
    Config config = Config.of("keras.metrics", isF1 ? "F1Score" : "FBetaScore");
    if (!isF1) {
      config = config.with("beta", beta);
    }
    Averaging averaging = averaging();
    Decision decision = decision();
    boolean isKeras = decision.threshold().orElse(1) > 0 && decision.threshold().orElse(1) <= 1;
    if (averaging.classId().isPresent() || decision.topK().isPresent() || !isKeras) {
      config = config.with("class_id", averaging.classId()).with("top_k", decision.topK()).asOurs();
    }
    config = config.with("threshold", decision.threshold());
    return Optional.of(
        averaging.kind() == Averaging.Kind.OPEN && averaging.classId().isPresent()
            ? config
            : config.with("average", averaging.or(Averaging.Kind.MACRO).kind().kerasName()));
  }

  /**
   * Without an average in the file, Keras gives one figure for each class, which is not a single
   * number.
   */
  static FBeta from(Settings settings) {
    FBeta metric =
        settings.className().equals("F1Score") ? f1() : fBeta(settings.number("beta", 1));
    if (!settings.has("average") && !settings.has("class_id")) {
      settings.wrong("average", "one of " + Averaging.Kind.NAMES, Optional.empty());
    }
    return metric.read(settings, "threshold");
  }
}
