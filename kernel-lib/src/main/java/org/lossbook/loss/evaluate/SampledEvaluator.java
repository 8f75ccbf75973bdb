package org.lossbook.loss.evaluate;

import java.util.Arrays;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.SampledLoops;

/**
 * Evaluator of a loss of drawn classes. Each batch in single precision, as training has them, draws
 * anew; one in double precision takes the classes that were drawn last, so that a check of the
 * gradient compares the same ones. Of a row it reads and writes the logits of these classes alone.
 */
final class SampledEvaluator extends LoopedLoss {
  private final SampledLoops loops;
  private final RowWeights weighing;
  private double[] logits = {};
  private double[] slopes = {};

  SampledEvaluator(LossSpec loss, SampledLoops loops, int columns) {
    super(loss, columns);
    this.loops = loops;
    weighing = new RowWeights(loss, columns);
    loops.draw();
  }

  @Override
  public double run(float[] y, float[] yHat, float[] weights, int rows, float[] gradient) {
    loops.draw();
    reserve(rows);
    int width = loops.count() + 1;
    float[] truth = weighing.known(y, rows);
    float[] counts = weighing.areAsGiven() ? weights : weighing.of(y, weights, rows);
    for (int i = 0; i < rows; i++) {
      int from = i * columns();
      logits[i * width] = yHat[from + (int) truth[i]];
      for (int k = 1; k < width; k++) {
        logits[i * width + k] = yHat[from + loops.drawn(k - 1)];
      }
    }
    double total = 0;
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      double weight = counts == null ? 1 : counts[i];
      total += weight * loops.loss((int) truth[i], logits, i * width, slopes);
      sum += weight;
    }
    reduce(total, rows, sum);
    if (gradient != null) {
      Arrays.fill(gradient, 0, rows * columns(), 0);
      for (int i = 0; i < rows; i++) {
        float factor = (float) (factor(counts == null ? 1 : counts[i]));
        int from = i * columns();
        gradient[from + (int) truth[i]] += factor * (float) slopes[i * width];
        for (int k = 1; k < width; k++) {
          gradient[from + loops.drawn(k - 1)] += factor * (float) slopes[i * width + k];
        }
      }
    }
    return value;
  }

  @Override
  public double run(double[] y, double[] yHat, double[] weights, int rows, double[] gradient) {
    double[] losses = losses(y, yHat, rows);
    double[] counts = weighing.areAsGiven() ? weights : weighing.of(y, weights, rows);
    double total = 0;
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      double weight = counts == null ? 1 : counts[i];
      total += weight * losses[i];
      sum += weight;
    }
    reduce(total, rows, sum);
    if (gradient != null) {
      Arrays.fill(gradient, 0, rows * columns(), 0);
      double[] truth = weighing.known(y, rows);
      int width = loops.count() + 1;
      for (int i = 0; i < rows; i++) {
        double factor = factor(counts == null ? 1 : counts[i]);
        int from = i * columns();
        gradient[from + (int) truth[i]] += factor * slopes[i * width];
        for (int k = 1; k < width; k++) {
          gradient[from + loops.drawn(k - 1)] += factor * slopes[i * width + k];
        }
      }
    }
    return value;
  }

  private void reduce(double total, int rows, double weights) {
    divisor = loss.reduction().divisor(rows, weights);
    value = divisor == 0 ? 0 : total / divisor;
  }

  private double factor(double weight) {
    return divisor == 0 ? 0 : weight / divisor;
  }

  private double[] losses(double[] y, double[] yHat, int rows) {
    reserve(rows);
    double[] truth = weighing.known(y, rows);
    int width = loops.count() + 1;
    double[] each = new double[rows];
    for (int i = 0; i < rows; i++) {
      int from = i * columns();
      logits[i * width] = yHat[from + (int) truth[i]];
      for (int k = 1; k < width; k++) {
        logits[i * width + k] = yHat[from + loops.drawn(k - 1)];
      }
      each[i] = loops.loss((int) truth[i], logits, i * width, slopes);
    }
    return each;
  }

  private void reserve(int rows) {
    int size = rows * (loops.count() + 1);
    if (logits.length < size) {
      logits = new double[size];
      slopes = new double[size];
    }
  }

  @Override
  public double[] perSample(LossInputs in) {
    double[] losses = losses(in.y(), in.yHat(), in.rows());
    for (int i = 0; i < losses.length; i++) {
      losses[i] *= weighing.ofTruth(in.y(), i);
    }
    return losses;
  }
}
