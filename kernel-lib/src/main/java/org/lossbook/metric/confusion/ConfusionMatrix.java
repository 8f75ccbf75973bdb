package org.lossbook.metric.confusion;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;
import org.lossbook.metric.Metric;

/** The weighted counts of true and predicted classes, from which a figure follows. */
abstract class ConfusionMatrix implements Metric.Tally {
  private final double[][] counts; // [truth, prediction]
  private final ToDoubleFunction<double[][]> figure;
  private boolean isEmpty = true;

  ConfusionMatrix(int classes, ToDoubleFunction<double[][]> figure) {
    Memory.heap(
        Messages.of("A table of %,d classes", classes),
        Memory.product(Double.BYTES, classes, classes),
        "give rows of fewer scores");
    counts = new double[classes][classes];
    this.figure = figure;
  }

  /** Counts a sample; classes outside the matrix are left out. */
  final void count(int label, int predicted, double weight) {
    isEmpty = false;
    if (label >= 0 && label < counts.length && predicted >= 0 && predicted < counts.length) {
      counts[label][predicted] += weight;
    }
  }

  /** The index of the first of a row's largest numbers. */
  static int argmax(float[] all, int row, int width) {
    int best = 0;
    for (int i = 1; i < width; i++) {
      best = all[row * width + i] > all[row * width + best] ? i : best;
    }
    return best;
  }

  @Override
  public double value() {
    return isEmpty ? Double.NaN : figure.applyAsDouble(counts);
  }

  @Override
  public void reset() {
    isEmpty = true;
    for (double[] row : counts) {
      Arrays.fill(row, 0);
    }
  }
}
