package org.lossbook.loss.evaluate;

import java.util.Arrays;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.PairwiseLoops;

/** Evaluator of a pairwise loss: its reduction, and its arrays, which grow with the batch. */
final class LoopEvaluator extends LoopedLoss {
  private final PairwiseLoops loops;
  private double[] losses = new double[0];
  private double[] factors = new double[0];

  LoopEvaluator(LossSpec loss, PairwiseLoops loops, int columns) {
    super(loss, columns);
    this.loops = loops;
  }

  @Override
  public double run(double[] y, double[] yHat, double[] weights, int rows, double[] gradient) {
    reserve(rows);
    loops.losses(y, yHat, rows, losses);
    double total = 0;
    double weight = 0;
    int samples = 0;
    for (int i = 0; i < rows; i++) {
      factors[i] = weights == null ? 1 : weights[i];
      total += factors[i] * losses[i];
      if (loops.counts(losses[i])) {
        weight += factors[i];
        samples++;
      }
    }
    divisor = loss.reduction().divisor(samples, weight);
    value = divisor == 0 ? 0 : total / divisor; // no sample has a loss, or weighs anything
    if (gradient != null) {
      for (int i = 0; i < rows; i++) {
        factors[i] = divisor == 0 ? 0 : factors[i] / divisor;
      }
      Arrays.fill(gradient, 0, rows * columns(), 0);
      loops.gradient(y, yHat, rows, factors, gradient);
    }
    return value;
  }

  private void reserve(int rows) {
    if (losses.length < rows) {
      losses = new double[rows];
      factors = new double[rows];
      loops.reserve(rows);
    }
  }

  @Override
  public double[] perSample(LossInputs in) {
    reserve(in.rows());
    double[] each = new double[in.rows()];
    loops.losses(in.y(), in.yHat(), in.rows(), each);
    return each;
  }
}
