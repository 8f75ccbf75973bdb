package org.lossbook.loss.sequence;

import java.util.Arrays;
import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;
import org.lossbook.loss.spec.SequenceLoops;

/**
 * The forward and backward recursions of {@link Ctc} in logarithms: over the labels with a blank
 * before, between and behind them.
 */
final class CtcLoops implements SequenceLoops {
  static final int BLANK = 0;

  private final int steps;
  private final int classes;
  private final int[] symbols;
  private final double[] says; // log softmax, [steps, classes]
  private final double[] alpha; // [steps, symbols]
  private final double[] beta; // [symbols] of one step
  private final double[] later;
  private final double[] shares; // of each class at one step
  private int count; // symbols of the sample
  private int length; // steps of it
  private double loss;

  CtcLoops(int steps, int classes) {
    this.steps = steps;
    this.classes = classes;
    int most = 2 * steps + 1;
    symbols = new int[most];
    Memory.heap(
        Messages.of("ctc over %,d steps of %,d classes", steps, classes),
        Memory.product(Double.BYTES, 2L * steps + 1, classes),
        "take fewer of them");
    says = new double[steps * classes];
    alpha = new double[steps * most];
    beta = new double[most];
    later = new double[most];
    shares = new double[classes];
  }

  @Override
  public double loss(double[] y, double[] z, int sample, int counting) {
    length = counting;
    if (y[sample * steps] == TOO_MANY) {
      return Double.POSITIVE_INFINITY;
    }
    count = 0;
    symbols[count++] = BLANK;
    for (int i = sample * steps; i < (sample + 1) * steps; i++) {
      if (y[i] > 0) {
        symbols[count++] = (int) y[i];
        symbols[count++] = BLANK;
      }
    }
    for (int t = 0; t < length; t++) {
      logSoftmax(z, (sample * steps + t) * classes, t * classes);
    }
    loss = forward();
    return loss;
  }

  private void logSoftmax(double[] z, int from, int to) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      highest = Math.max(highest, z[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(z[from + k] - highest);
    }
    double log = Math.log(sum);
    for (int k = 0; k < classes; k++) {
      says[to + k] = z[from + k] - highest - log;
    }
  }

  private double forward() {
    if (length == 0) {
      return count == 1 ? 0 : Double.POSITIVE_INFINITY;
    }
    Arrays.fill(alpha, 0, length * count, Double.NEGATIVE_INFINITY);
    for (int s = 0; s < Math.min(2, count); s++) {
      alpha[s] = says[symbols[s]];
    }
    for (int t = 1; t < length; t++) {
      int before = (t - 1) * count;
      for (int s = 0; s < count; s++) {
        double all = alpha[before + s];
        all = s > 0 ? logSum(all, alpha[before + s - 1]) : all;
        all = skips(s) ? logSum(all, alpha[before + s - 2]) : all;
        alpha[t * count + s] = all + says[t * classes + symbols[s]];
      }
    }
    int last = length * count - 1;
    double all = count > 1 ? logSum(alpha[last], alpha[last - 1]) : alpha[last];
    return all == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : Math.max(-all, 0);
  }

  /** Whether a label may follow the one two before without the blank between. */
  private boolean skips(int s) {
    return s > 1 && symbols[s] != BLANK && symbols[s] != symbols[s - 2];
  }

  static double logSum(double a, double b) {
    double high = Math.max(a, b);
    return high == Double.NEGATIVE_INFINITY
        ? high
        : high + Math.log1p(Math.exp(Math.min(a, b) - high));
  }

  /** softmax(z) minus how likely each class is there if the labels are said. */
  @Override
  public void addGradient(double[] z, int sample, double factor, double[] gradient) {
    Arrays.fill(beta, 0, count, Double.NEGATIVE_INFINITY);
    beta[count - 1] = 0;
    beta[Math.max(count - 2, 0)] = 0;
    for (int t = length - 1; t >= 0; t--) {
      Arrays.fill(shares, 0);
      for (int s = 0; s < count; s++) {
        shares[symbols[s]] += Math.exp(alpha[t * count + s] + beta[s] + loss);
      }
      int from = (sample * steps + t) * classes;
      for (int k = 0; k < classes; k++) {
        gradient[from + k] += factor * (Math.exp(says[t * classes + k]) - shares[k]);
      }
      backward(t);
    }
  }

  /** From what is to come after step t to what is to come after the one before. */
  private void backward(int t) {
    System.arraycopy(beta, 0, later, 0, count);
    for (int s = 0; s < count; s++) {
      later[s] += says[t * classes + symbols[s]];
    }
    for (int s = 0; s < count; s++) {
      double all = later[s];
      all = s + 1 < count ? logSum(all, later[s + 1]) : all;
      all = s + 2 < count && skips(s + 2) ? logSum(all, later[s + 2]) : all;
      beta[s] = all;
    }
  }
}
