package org.lossbook.metric.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lossbook.metric.AveragedMetric;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Truth;
import org.lossbook.metric.WorkedTally;

/** The scores of each class, or of all classes together. */
final class RankingTally extends AveragedMetric.ClassFigures implements WorkedTally {
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

  @Override
  public Steps steps(Samples given) {
    List<Line> conclusion = new ArrayList<>();
    for (int c = 0; c < rankings.length; c++) {
      boolean isAsked = averaging.classId().isEmpty() || averaging.classId().getAsInt() == c;
      if (isAsked) {
        String whose = rankings.length == 1 ? "" : "class " + c + ": ";
        rankings[c].steps(area).forEach(line -> conclusion.add(line.after(whose)));
      }
    }
    if (rankings.length > 1 && averaging.classId().isEmpty()) {
      conclusion.add(Line.of("mean over the classes", value()));
    }
    List<Line> samples = new ArrayList<>();
    for (int r = 0; r < given.rows(); r++) {
      samples.add(new Line("", ""));
    }
    return new Steps("", samples, conclusion);
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
