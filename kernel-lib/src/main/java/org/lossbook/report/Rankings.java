package org.lossbook.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.metric.confusion.Precision;
import org.lossbook.metric.confusion.Recall;
import org.lossbook.metric.confusion.Specificity;
import org.lossbook.metric.ranking.Auc;
import org.lossbook.metric.ranking.RankingCurve;
import org.lossbook.model.Model;
import org.lossbook.plot.Figure;
import org.lossbook.plot.RankingFigure;

/**
 * ROC and precision-recall curves: how well scores separate positives from negatives at every
 * threshold.
 *
 * @hidden
 */
@Internal
public final class Rankings {
  private Rankings() {}

  /**
   * The ROC curve (receiver operating characteristic) of a model on a dataset: the true positive
   * rate over the false positive rate, for every threshold. With several classes one curve per
   * class against all others; of more than ten, the seven with the smallest area.
   *
   * @throws IllegalArgumentException if the targets have fewer than two classes
   */
  public static Figure rocCurve(Model model, Dataset data) {
    var scored = ClassScores.of("rocCurve", model, data);
    return roc(scored.truth(), scored.scores(), scored.names(), scored.threshold());
  }

  /**
   * The ROC curve of given scores: {@code y} is 0 or 1 for a vector of scores; labels, or rows of 0
   * and 1, for a matrix of scores.
   */
  public static Figure rocCurve(Object y, Object scores) {
    return roc(y, Values.of("rocCurve", scores), List.of(), 0.5);
  }

  /**
   * The precision-recall curve of a model on a dataset, for every threshold: how many of the
   * predicted positives are right over how many of the positives are found. With few positives
   * among many negatives it shows what the ROC curve hides.
   *
   * @throws IllegalArgumentException if the targets have no classes, or none of them occurs
   */
  public static Figure precisionRecallCurve(Model model, Dataset data) {
    var scored = ClassScores.of("precisionRecallCurve", model, data);
    return precisionRecall(scored.truth(), scored.scores(), scored.names(), scored.threshold());
  }

  /** The precision-recall curve of given scores, as for {@link #rocCurve(Object, Object)}. */
  public static Figure precisionRecallCurve(Object y, Object scores) {
    return precisionRecall(y, Values.of("precisionRecallCurve", scores), List.of(), 0.5);
  }

  private static Figure roc(Object y, Values scores, List<String> names, double threshold) {
    var curves = Auc.auc().curves(y, scores);
    return RankingFigure.roc(
        lines(curves, names),
        point(curves, scores, threshold)
            .map(
                at ->
                    new RankingFigure.Point(
                        1 - Specificity.specificity().threshold(threshold).of(y, scores),
                        Recall.recall().threshold(threshold).of(y, scores),
                        at)));
  }

  private static Figure precisionRecall(
      Object y, Values scores, List<String> names, double threshold) {
    var curves = Auc.auc().precisionRecall().curves(y, scores);
    return RankingFigure.precisionRecall(
        lines(curves, names),
        point(curves, scores, threshold)
            .map(
                at ->
                    new RankingFigure.Point(
                        Recall.recall().threshold(threshold).of(y, scores),
                        Precision.precision().threshold(threshold).of(y, scores),
                        at)));
  }

  private static List<RankingFigure.Line> lines(List<RankingCurve> curves, List<String> names) {
    return IntStream.range(0, curves.size())
        .mapToObj(
            i -> {
              RankingCurve curve = curves.get(i);
              String name =
                  curves.size() == 1 ? "" : names.isEmpty() ? Integer.toString(i) : names.get(i);
              return new RankingFigure.Line(
                  name, curve.x(), curve.y(), curve.area(), curve.share());
            })
        .toList();
  }

  /**
   * The label at the usual threshold of a single curve; none if all scores lie on one side of it.
   */
  private static Optional<String> point(
      List<RankingCurve> curves, Values scores, double threshold) {
    if (curves.size() > 1 || Double.isNaN(curves.get(0).area())) {
      return Optional.empty();
    }
    boolean isBelow = false;
    boolean isAbove = false;
    for (int i = 0; i < scores.size(); i++) {
      isBelow |= scores.get(i) <= threshold;
      isAbove |= scores.get(i) > threshold;
    }
    return isBelow && isAbove
        ? Optional.of("threshold " + (threshold == 0 ? "0" : "0.5"))
        : Optional.empty();
  }
}
