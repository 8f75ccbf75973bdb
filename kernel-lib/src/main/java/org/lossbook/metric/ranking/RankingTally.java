package org.lossbook.metric.ranking;

import java.util.List;
import java.util.stream.Stream;
import org.lossbook.metric.AveragedMetric;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Truth;

/** The scores of each class, or of all classes together. */
final class RankingTally extends AveragedMetric.ClassFigures {
  private final Ranking.Area area;
  private final Averaging averaging;
  private final int outputs;
  private final Ranking[] rankings;

  RankingTally(Truth truth, Ranking.Area area, Averaging averaging, int outputs) {
    super(truth);
    this.area = area;
    this.averaging = averaging;
    this.outputs = outputs;
    rankings =
        Stream.generate(Ranking::new)
            .limit(averaging.isMicro() ? 1 : outputs)
            .toArray(Ranking[]::new);
  }

  @Override
  public void add(float[] y, float[] yHat, float[] weights, int rows) {
    for (int r = 0; r < rows; r++) {
      float w = weights == null ? 1 : weights[r];
      int label = truth() == Truth.LABEL ? Truth.label("auc", y[r], outputs) : 0;
      for (int c = 0; c < outputs; c++) {
        boolean isPositive =
            truth() == Truth.LABEL ? c == label : Truth.isPositive(y[r * outputs + c]);
        boolean isAsked = averaging.classId().isEmpty() || averaging.classId().getAsInt() == c;
        if (isAsked) {
          rankings[rankings.length == 1 ? 0 : c].add(yHat[r * outputs + c], isPositive, w);
        }
      }
    }
  }

  @Override
  public double value() {
    return averaging.of(
        perClass(),
        Stream.of(rankings).mapToDouble(Ranking::positives).toArray(),
        () -> rankings[0].area(area));
  }

  @Override
  protected double[] perClass() {
    return Stream.of(rankings).mapToDouble(ranking -> ranking.area(area)).toArray();
  }

  List<RankingCurve> curves() {
    return Stream.of(rankings)
        .map(r -> area == Ranking.Area.ROC ? r.roc() : r.precisionRecall())
        .toList();
  }

  @Override
  public void reset() {
    for (Ranking ranking : rankings) {
      ranking.reset();
    }
  }
}
