package org.lossbook.metric;

import java.util.Arrays;

/** A tally of the rows whose truth is not the ignored label. */
final class RowsThatCount implements Metric.Tally {
  private final Metric.Tally tally;
  private final int label;
  private final int outputs;
  private final int rowsInOne;
  private float[] y = {};
  private float[] yHat = {};
  private float[] weights = {};

  /**
   * @param tally of rows with one number of truth each
   * @param outputs numbers of a prediction in such a row
   * @param rowsInOne how many such rows come as one: a row of answers is one for each
   */
  RowsThatCount(Metric.Tally tally, int label, int outputs, int rowsInOne) {
    this.tally = tally;
    this.label = label;
    this.outputs = outputs;
    this.rowsInOne = rowsInOne;
  }

  @Override
  public void add(float[] truth, float[] said, float[] given, int rows) {
    int all = rows * rowsInOne;
    reserve(all);
    int kept = 0;
    for (int i = 0; i < all; i++) {
      if (truth[i] != label) {
        y[kept] = truth[i];
        System.arraycopy(said, i * outputs, yHat, kept * outputs, outputs);
        weights[kept] = given == null ? 1 : given[i / rowsInOne];
        kept++;
      }
    }
    tally.add(y, yHat, given == null ? null : weights, kept);
  }

  private void reserve(int rows) {
    if (y.length < rows) {
      y = new float[rows];
      yHat = new float[rows * outputs];
      weights = new float[rows];
    }
  }

  private float[] kept(float[] truth, int count) {
    float[] kept = new float[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (truth[i] != label) {
        kept[size++] = truth[i];
      }
    }
    return Arrays.copyOf(kept, size);
  }

  @Override
  public void check(String who, float[] truth, int count) {
    float[] kept = kept(truth, count);
    tally.check(who, kept, kept.length);
  }

  /** Rejects a truth given by hand that the metric does not know. */
  void checkGiven(String who, float[] truth) {
    if (tally instanceof ClassTally classes) {
      classes.truth().check(who, kept(truth, truth.length), 1, outputs);
    }
  }

  @Override
  public double value() {
    return tally.value();
  }

  @Override
  public void reset() {
    tally.reset();
  }
}
