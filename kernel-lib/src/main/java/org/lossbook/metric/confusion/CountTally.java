package org.lossbook.metric.confusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.formula.WorkedSteps;
import org.lossbook.metric.AveragedMetric;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Decision;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;
import org.lossbook.metric.WorkedTally;

/** The weighted confusion counts of each class. */
final class CountTally extends AveragedMetric.ClassFigures implements WorkedTally {
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

  @Override
  public Steps steps(Samples given) {
    int outputs = predicted.length;
    List<Line> samples = new ArrayList<>();
    for (int r = 0; r < given.rows(); r++) {
      decision.decide(given.yHat(), r, predicted);
      String verdicts = verdicts(given.y(), r);
      samples.add(
          given.weights().isEmpty()
              ? new Line(verdicts, "")
              : new Line(verdicts, "weight " + Numbers.text(given.weights().get()[r])));
    }
    List<Line> conclusion = new ArrayList<>();
    double[] all = {
      DoubleStream.of(truePositives).sum(),
      DoubleStream.of(falsePositives).sum(),
      DoubleStream.of(falseNegatives).sum(),
      0
    };
    all[3] = weight * outputs - all[0] - all[1] - all[2];
    boolean isTogether = outputs == 1 || averaging.isMicro();
    if (isTogether) {
      conclusion.add(worked("", all));
    }
    for (int c = 0; c < outputs && !isTogether; c++) {
      if (averaging.classId().isEmpty() || averaging.classId().getAsInt() == c) {
        double[] own = {truePositives[c], falsePositives[c], falseNegatives[c], 0};
        own[3] = weight - own[0] - own[1] - own[2];
        conclusion.add(worked("class " + c + ": ", own));
      }
    }
    if (!isTogether && averaging.classId().isEmpty()) {
      boolean isWeighted = averaging.kind() == Averaging.Kind.WEIGHTED;
      conclusion.add(
          Line.of(
              "mean over the classes" + (isWeighted ? ", each counted by its samples" : ""),
              value()));
    }
    return new Steps(metric.formula().toString(), samples, conclusion);
  }

  private Line worked(String whose, double... counts) {
    var numbers = new HashMap<Expr, double[]>();
    List<Expr> symbols = List.of(Counts.TP, Counts.FP, Counts.FN, Counts.TN);
    List<String> said = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      numbers.put(symbols.get(k), new double[] {counts[k]});
      said.add(symbols.get(k) + " = " + Numbers.text(counts[k]));
    }
    numbers.put(Counts.BETA, new double[] {metric instanceof FBeta f ? f.beta() : 1});
    double figure = metric.of(counts[0], counts[1], counts[2], counts[3]);
    List<String> steps = new ArrayList<>();
    steps.add(whose + String.join(", ", said));
    steps.addAll(new WorkedSteps(numbers, 1, 1).steps(metric.formula(), 0));
    String text = String.join(": ", steps.subList(0, Math.min(2, steps.size())));
    return Line.of(text, figure);
  }

  /** What the outputs of a sample count as. */
  private String verdicts(float[] y, int row) {
    int outputs = predicted.length;
    if (truth() == Truth.LABEL && outputs > 1) {
      int label = Truth.label(who, y[row], outputs);
      String said =
          IntStream.range(0, outputs)
              .filter(c -> predicted[c])
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      return "is " + label + ", says " + (said.isEmpty() ? "none" : said);
    }
    return IntStream.range(0, outputs)
        .mapToObj(
            c -> {
              boolean isPositive =
                  truth() == Truth.LABEL
                      ? Truth.label(who, y[row], outputs) == c
                      : Truth.isPositive(y[row * outputs + c]);
              return isPositive ? predicted[c] ? "TP" : "FN" : predicted[c] ? "FP" : "TN";
            })
        .collect(Collectors.joining(", "));
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
