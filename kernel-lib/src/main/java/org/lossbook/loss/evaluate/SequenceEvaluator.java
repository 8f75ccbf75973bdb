package org.lossbook.loss.evaluate;

import java.util.Arrays;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.SequenceFormula;
import org.lossbook.loss.spec.SequenceLoops;
import org.lossbook.notebook.InterruptedWork;

/**
 * Evaluator of a loss of sequences: its reduction over the samples, of which each is a row at each
 * step. A sample counts by the mean weight of its steps, and steps of weight 0 at its end are not
 * there, as with a mask.
 */
final class SequenceEvaluator extends LoopedLoss {
  private final SequenceLoops loops;
  private final int steps;
  private final int classes;

  SequenceEvaluator(LossSpec loss, SequenceFormula formula, int steps, int classes) {
    super(loss, classes);
    this.steps = steps;
    this.classes = classes;
    loops = formula.loops(steps, classes);
  }

  @Override
  public double run(double[] y, double[] yHat, double[] weights, int rows, double[] gradient) {
    int samples = rows / steps;
    double sum = samples;
    if (weights != null) {
      sum = 0;
      for (int i = 0; i < samples; i++) {
        sum += weight(weights, i);
      }
    }
    divisor = loss.reduction().divisor(samples, sum);
    if (gradient != null) {
      Arrays.fill(gradient, 0, rows * classes, 0);
    }
    double total = 0;
    for (int i = 0; i < samples; i++) {
      double weight = weights == null ? 1 : weight(weights, i);
      InterruptedWork.check(loss.name(), i, samples, "samples");
      if (weight > 0) {
        double each = loops.loss(y, yHat, i, weights == null ? steps : length(weights, i));
        total += weight * each;
        if (gradient != null && each < Double.POSITIVE_INFINITY) {
          loops.addGradient(yHat, i, weight / divisor, gradient);
        }
      }
    }
    value = divisor == 0 ? 0 : total / divisor;
    return value;
  }

  /** The mean weight of a sample's steps, of those that have any. */
  private double weight(double[] weights, int sample) {
    double sum = 0;
    int counting = 0;
    for (int t = sample * steps; t < (sample + 1) * steps; t++) {
      sum += weights[t];
      counting += weights[t] > 0 ? 1 : 0;
    }
    return counting == 0 ? 0 : sum / counting;
  }

  private int length(double[] weights, int sample) {
    int length = steps;
    while (length > 0 && weights[sample * steps + length - 1] == 0) {
      length--;
    }
    return length;
  }

  @Override
  public double[] perSample(LossInputs in) {
    double[] each = new double[in.rows() / steps];
    Arrays.setAll(each, i -> loops.loss(in.y(), in.yHat(), i, steps));
    return each;
  }
}
