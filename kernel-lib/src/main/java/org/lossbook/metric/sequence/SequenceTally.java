package org.lossbook.metric.sequence;

import java.util.OptionalInt;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleShape;

/** A tally over whole sequences, each as the numbers that it should be and those that it is. */
abstract class SequenceTally implements Metric.Tally {
  private final SampleShape shape;
  private final OptionalInt ignored;
  private final boolean isOneHot;
  private final boolean isAligned;
  private final int steps;
  private final int classes;
  private final int labels;
  final float[] truth;
  final float[] said;
  int truths;
  int saids;
  private double total;
  private double divisor;

  /**
   * @param isAligned whether each label belongs to the prediction at its own step
   */
  SequenceTally(SampleShape shape, OptionalInt ignored, boolean isAligned) {
    this.shape = shape;
    this.ignored = ignored;
    this.isAligned = isAligned;
    steps = shape.steps();
    classes = shape.classes();
    isOneHot = isOneHot(shape);
    labels = labels(shape);
    truth = new float[labels];
    said = new float[steps];
  }

  private static boolean isOneHot(SampleShape shape) {
    return shape.classes() > 1 && shape.truths() == shape.steps() * shape.classes();
  }

  /** The labels of a sample. */
  static int labels(SampleShape shape) {
    return isOneHot(shape) ? shape.steps() : shape.truths();
  }

  /** The figure of the sequences in {@code truth} and {@code said}. */
  abstract double figure();

  /** What that figure counts for: 1 where the result is a mean over the samples. */
  double share() {
    return 1;
  }

  /** What the model says, which was given step by step. */
  void decode() {}

  @Override
  public final void add(float[] y, float[] yHat, float[] weights, int rows) {
    int samples = rows / shape.rows();
    for (int s = 0; s < samples; s++) {
      double weight = weights == null ? 1 : weight(weights, s * shape.rows());
      if (weight > 0) {
        read(y, yHat, weights, s);
        decode();
        total += weight * figure();
        divisor += weight * share();
      }
    }
  }

  /** The mean weight of the positions that have one. */
  private double weight(float[] weights, int from) {
    double sum = 0;
    int counting = 0;
    for (int i = from; i < from + shape.rows(); i++) {
      sum += weights[i];
      counting += weights[i] > 0 ? 1 : 0;
    }
    return counting == 0 ? 0 : sum / counting;
  }

  private void read(float[] y, float[] yHat, float[] weights, int sample) {
    truths = 0;
    saids = 0;
    for (int i = 0; i < Math.max(labels, steps); i++) {
      boolean counts =
          weights == null || shape.rows() == 1 || weights[sample * shape.rows() + i] > 0;
      if (i < labels) {
        float label = isOneHot ? argmax(y, sample * labels + i) : y[sample * labels + i];
        boolean isThere = counts && isThere(label);
        counts &= isThere || !isAligned;
        if (isThere) {
          truth[truths++] = label;
        }
      }
      if (i < steps) {
        float number = classes > 1 ? argmax(yHat, sample * steps + i) : yHat[sample * steps + i];
        if (counts && (isAligned || isThere(number))) {
          said[saids++] = number;
        }
      }
    }
  }

  /** Numbers below 0 fill a row up, as those of a decoded sequence do. */
  private boolean isThere(float number) {
    return (ignored.isEmpty() || number != ignored.getAsInt()) && (number >= 0 || isAligned);
  }

  private int argmax(float[] numbers, int row) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (numbers[row * classes + k] > numbers[row * classes + best]) {
        best = k;
      }
    }
    return best;
  }

  @Override
  public final double value() {
    return total / divisor;
  }

  @Override
  public final boolean isMean() {
    return true;
  }

  @Override
  public final boolean seesWholeSamples() {
    return true;
  }

  @Override
  public final void reset() {
    total = 0;
    divisor = 0;
  }
}
