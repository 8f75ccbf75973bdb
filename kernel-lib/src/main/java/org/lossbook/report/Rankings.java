package org.lossbook.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.metric.Auc;
import org.lossbook.metric.Precision;
import org.lossbook.metric.RankingCurve;
import org.lossbook.metric.Recall;
import org.lossbook.metric.Specificity;
import org.lossbook.model.Model;
import org.lossbook.plot.Figure;
import org.lossbook.plot.RankingFigure;

/**
 * Pictures of how well scores tell yes from no, whatever the threshold.
 *
 * @hidden
 */
@Internal
public final class Rankings {
  private Rankings() {}

  /**
   * The receiver operating characteristic of a model on a dataset: for every threshold, the share
   * of yes that is found over the share of no that is taken for yes. Of several classes each is
   * told from all others; of more than ten the seven with the least area are drawn.
   *
   * @throws IllegalArgumentException if the targets have no classes, or but one
   */
  public static Figure rocCurve(Model model, Dataset data) {
    var scored = ClassScores.of("rocCurve", model, data);
    return roc(scored.truth(), scored.scores(), scored.names(), scored.yesAbove());
  }

  /**
   * The same of scores by hand: {@code y} is 0 or 1 for a vector of scores; labels, or rows of 0
   * and 1, for a matrix of them.
   */
  public static Figure rocCurve(Object y, Object scores) {
    return roc(y, Values.of("rocCurve", scores), List.of(), 0.5);
  }

  /**
   * Precision over recall of a model on a dataset, for every threshold: of what is said to be so,
   * how much is, and of what is so, how much is found. Few among many show here what the receiver
   * operating characteristic hides.
   *
   * @throws IllegalArgumentException if the targets have no classes, or none of them occurs
   */
  public static Figure precisionRecallCurve(Model model, Dataset data) {
    var scored = ClassScores.of("precisionRecallCurve", model, data);
    return precisionRecall(scored.truth(), scored.scores(), scored.names(), scored.yesAbove());
  }

  /** The same of scores by hand, as for {@link #rocCurve(Object, Object)}. */
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
   * Of a single line, what to write at the usual threshold; none where all scores lie on one side.
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
