package org.lossbook.metric.confusion;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.metric.AveragedMetric;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Decision;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;

/** The weighted confusion counts of each class. */
final class CountTally extends AveragedMetric.ClassFigures {
  private final ConfusionMetric<?> metric;
  private final String who;
  private final Decision decision;
  private final Averaging averaging;
  private final boolean[] predicted;
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
    predicted = new boolean[outputs];
    truePositives = new double[outputs];
    falsePositives = new double[outputs];
    falseNegatives = new double[outputs];
  }

  @Override
  public void add(float[] y, float[] yHat, float[] weights, int rows) {
    int outputs = predicted.length;
    for (int r = 0; r < rows; r++) {
      double w = weights == null ? 1 : weights[r];
      decision.decide(yHat, r, predicted);
      int label = truth() == Truth.LABEL ? Truth.label(who, y[r], outputs) : 0;
      for (int c = 0; c < outputs; c++) {
        boolean isPositive =
            truth() == Truth.LABEL ? c == label : Truth.isPositive(y[r * outputs + c]);
        if (isPositive) {
          (predicted[c] ? truePositives : falseNegatives)[c] += w;
        } else if (predicted[c]) {
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
        IntStream.range(0, predicted.length)
            .mapToDouble(c -> truePositives[c] + falseNegatives[c])
            .toArray();
    return averaging.of(perClass(), support, this::micro);
  }

  @Override
  protected double[] perClass() {
    return IntStream.range(0, predicted.length)
        .mapToDouble(c -> of(truePositives[c], falsePositives[c], falseNegatives[c], weight))
        .toArray();
  }

  private double micro() {
    return of(
        DoubleStream.of(truePositives).sum(),
        DoubleStream.of(falsePositives).sum(),
        DoubleStream.of(falseNegatives).sum(),
        weight * predicted.length);
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
