package org.lossbook.metric.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.formula.Numbers;
import org.lossbook.metric.Metric;
import org.lossbook.metric.WorkedTally;

/**
 * The total and residual sums of squares of each output.
 *
 * @hidden
 */
@Internal
public final class VarianceTally implements Metric.Tally, WorkedTally {
  private final R2 metric;
  private final double[] mean;
  private final double[] total;
  private final double[] residual;
  private double weight;
  private long samples;

  VarianceTally(R2 metric, int outputs) {
    this.metric = metric;
    mean = new double[outputs];
    total = new double[outputs];
    residual = new double[outputs];
  }

  /** Uses Welford's running mean, which avoids the difference of two large sums of squares. */
  @Override
  public void add(float[] y, float[] yHat, float[] weights, int rows) {
    int outputs = mean.length;
    for (int r = 0; r < rows; r++) {
      double w = weights == null ? 1 : weights[r];
      samples++;
      if (w == 0) {
        continue;
      }
      weight += w;
      for (int c = 0; c < outputs; c++) {
        double truth = y[r * outputs + c];
        double error = truth - yHat[r * outputs + c];
        double deviation = truth - mean[c];
        mean[c] += deviation * w / weight;
        total[c] += w * deviation * (truth - mean[c]);
        residual[c] += w * error * error;
      }
    }
  }

  @Override
  public double value() {
    double[] each = perOutput();
    double allTotal = DoubleStream.of(total).sum();
    return metric.isVarianceWeighted() && allTotal > 0
        ? IntStream.range(0, each.length).mapToDouble(c -> total[c] * each[c]).sum() / allTotal
        : Arrays.stream(each).average().orElse(Double.NaN);
  }

  @Override
  public Steps steps(Samples given) {
    int outputs = mean.length;
    List<Line> samples = new ArrayList<>();
    for (int r = 0; r < given.rows(); r++) {
      double truth = given.y()[r * outputs];
      double error = truth - given.yHat()[r * outputs];
      samples.add(
          outputs > 1
              ? new Line("", "")
              : Line.of(
                  "(" + Numbers.text(truth) + " − " + text(given.yHat()[r]) + ")²", error * error));
    }
    double[] each = perOutput();
    List<Line> conclusion = new ArrayList<>();
    for (int c = 0; c < outputs; c++) {
      String whose = outputs == 1 ? "" : "output " + c + ": ";
      conclusion.add(Line.of("sum of the squared errors", residual[c]).after(whose));
      conclusion.add(
          Line.of("sum of (y − " + text(mean[c]) + ")², the mean being that", total[c])
              .after(whose));
      String adjusted = metric.regressors() == 0 ? "" : ", adjusted";
      conclusion.add(
          Line.of("1 − " + text(residual[c]) + "/" + text(total[c]) + adjusted, each[c])
              .after(whose));
    }
    if (outputs > 1) {
      conclusion.add(Line.of("mean over the outputs", value()));
    }
    return new Steps("1 − Σ(y − ŷ)²/Σ(y − ȳ)²", samples, conclusion);
  }

  private static String text(double number) {
    String text = Numbers.text(number);
    return number < 0 ? "(" + text + ")" : text;
  }

  /** Linear, so that the mean of adjusted figures is the adjusted mean. */
  private double adjusted(double plain) {
    long free = samples - metric.regressors() - 1;
    return metric.regressors() == 0 || free <= 0 ? plain : 1 - (1 - plain) * (samples - 1) / free;
  }

  public double[] perOutput() {
    return IntStream.range(0, mean.length)
        .mapToDouble(
            c -> {
              if (weight == 0) {
                return Double.NaN;
              }
              return adjusted(
                  total[c] == 0 ? (residual[c] == 0 ? 1 : 0) : 1 - residual[c] / total[c]);
            })
        .toArray();
  }

  @Override
  public void reset() {
    Arrays.fill(mean, 0);
    Arrays.fill(total, 0);
    Arrays.fill(residual, 0);
    weight = 0;
    samples = 0;
  }
}
