package org.lossbook.loss.evaluate;

import java.util.Arrays;
import org.lossbook.Internal;

/**
 * Running loss over one batch after another: what {@code loss.of(…)} would say of all their samples
 * at once, however many a batch has. A mean is divided by the samples, a sum is a sum, a weighted
 * mean is divided by the weights, a root is taken once. Only of a loss that sees its batch as a
 * whole, such as dice, it is the mean over the batches, each counting by its samples, as in Keras.
 *
 * @hidden
 */
@Internal
public final class RunningLoss {
  private double[] totals = new double[0];
  private double[] divisors = new double[0];
  private double[] means = new double[0];
  private BatchLoss last;
  private boolean hasNone;

  /** Adds the batch that {@code loss} ran on last. Allocates nothing but at first. */
  public void add(BatchLoss loss) {
    if (last == null) {
      totals = new double[loss.parts()];
      divisors = new double[totals.length];
      means = new double[totals.length];
    }
    last = loss;
    for (int i = 0; i < totals.length; i++) {
      totals[i] += loss.part(i) * loss.divisor(i);
      divisors[i] += loss.divisor(i);
    }
  }

  /** Adds a batch of which no sample counts. */
  public void addNone() {
    hasNone = true;
  }

  /** The loss of all that was added; NaN before that. */
  public double value() {
    if (last == null) {
      return hasNone ? 0 : Double.NaN;
    }
    for (int i = 0; i < means.length; i++) {
      boolean isEmpty = totals[i] == 0 && divisors[i] == 0; // no sample weighs anything
      means[i] = last.isSum(i) ? totals[i] : isEmpty ? 0 : totals[i] / divisors[i];
    }
    return last.finished(means);
  }

  /** Starts over. */
  public void reset() {
    last = null;
    hasNone = false;
    Arrays.fill(totals, 0);
  }
}
