package org.lossbook.metric;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The weighted confusion counts of each class. */
final class CountTally extends AveragedMetric.ClassFigures {
  private final ConfusionMetric<?> metric;
  private final String who;
  private final Decision decision;
  private final Averaging averaging;
  private final boolean[] says;
  private final double[] truePositives;
  private final double[] falsePositives;
  private final double[] falseNegatives;
  private double weight;

  CountTally(
      ConfusionMetric<?> metric, Truth truth, Decision decision, Averaging averaging, int outputs) {
    super(truth);
    this.metric = metric;
    who = MetricInputs.who(metric);
    this.decision = decision;
    this.averaging = averaging;
    says = new boolean[outputs];
    truePositives = new double[outputs];
    falsePositives = new double[outputs];
    falseNegatives = new double[outputs];
  }

  @Override
  public void add(float[] y, float[] yHat, float[] weights, int rows) {
    int outputs = says.length;
    for (int r = 0; r < rows; r++) {
      double w = weights == null ? 1 : weights[r];
      decision.decide(yHat, r, says);
      int label = truth() == Truth.LABEL ? Truth.label(who, y[r], outputs) : 0;
      for (int c = 0; c < outputs; c++) {
        boolean isYes = truth() == Truth.LABEL ? c == label : Truth.isYes(y[r * outputs + c]);
        if (isYes) {
          (says[c] ? truePositives : falseNegatives)[c] += w;
        } else if (says[c]) {
          falsePositives[c] += w;
        }
      }
      weight += w;
    }
  }

  @Override
  public double value() {
    if (weight == 0) {
      return Double.NaN;
    }
    double[] support =
        IntStream.range(0, says.length)
            .mapToDouble(c -> truePositives[c] + falseNegatives[c])
            .toArray();
    return averaging.of(perClass(), support, this::together);
  }

  @Override
  double[] perClass() {
    return IntStream.range(0, says.length)
        .mapToDouble(c -> of(truePositives[c], falsePositives[c], falseNegatives[c], weight))
        .toArray();
  }

  private double together() {
    return of(
        DoubleStream.of(truePositives).sum(),
        DoubleStream.of(falsePositives).sum(),
        DoubleStream.of(falseNegatives).sum(),
        weight * says.length);
  }

  private double of(double tp, double fp, double fn, double all) {
    return metric.of(tp, fp, fn, all - tp - fp - fn);
  }

  @Override
  public void reset() {
    Arrays.fill(truePositives, 0);
    Arrays.fill(falsePositives, 0);
    Arrays.fill(falseNegatives, 0);
    weight = 0;
  }
}
