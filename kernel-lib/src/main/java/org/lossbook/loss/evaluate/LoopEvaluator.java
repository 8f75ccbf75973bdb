package org.lossbook.loss.evaluate;

import java.util.Arrays;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.PairwiseLoops;
import org.lossbook.loss.spec.Reduction;

/** Evaluator of a pairwise loss: its reduction, and its arrays, which grow with the batch. */
final class LoopEvaluator implements CompiledLoss {
  private final LossSpec loss;
  private final PairwiseLoops loops;
  private final int columns;
  private double[] truth = new double[0];
  private double[] places = new double[0];
  private double[] gradients = new double[0];
  private double[] counts = new double[0];
  private double[] losses = new double[0];
  private double[] factors = new double[0];
  private double value;
  private double divisor;

  LoopEvaluator(LossSpec loss, PairwiseLoops loops, int columns) {
    this.loss = loss;
    this.loops = loops;
    this.columns = columns;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public double run(float[] y, float[] yHat, float[] weights, int rows, float[] gradient) {
    reserve(rows);
    for (int i = 0; i < rows; i++) {
      truth[i] = y[i];
      counts[i] = weights == null ? 1 : weights[i];
    }
    for (int i = 0; i < rows * columns; i++) {
      places[i] = yHat[i];
    }
    double[] each = weights == null ? null : counts;
    double result = run(truth, places, each, rows, gradient == null ? null : gradients);
    for (int i = 0; gradient != null && i < rows * columns; i++) {
      gradient[i] = (float) gradients[i];
    }
    return result;
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
      Arrays.fill(gradient, 0, rows * columns, 0);
      loops.gradient(y, yHat, rows, factors, gradient);
    }
    return value;
  }

  private void reserve(int rows) {
    if (losses.length < rows) {
      truth = new double[rows];
      counts = new double[rows];
      losses = new double[rows];
      factors = new double[rows];
      places = new double[rows * columns];
      gradients = new double[rows * columns];
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

  @Override
  public void set(int i, double number) {
    throw new IllegalStateException(loss.name() + " has no scheduled or learned setting.");
  }

  @Override
  public double settingGradient(int i) {
    throw new IllegalStateException(loss.name() + " has no scheduled or learned setting.");
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public double part(int i) {
    return value;
  }

  @Override
  public double divisor(int i) {
    return divisor;
  }

  @Override
  public boolean isSum(int i) {
    return loss.reduction() == Reduction.SUM;
  }

  @Override
  public double finished(double[] parts) {
    return parts[0];
  }
}
