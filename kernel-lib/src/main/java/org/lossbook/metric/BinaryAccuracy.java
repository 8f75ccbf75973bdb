package org.lossbook.metric;

/**
 * The share of yes/no answers that are right, where a prediction above {@code threshold} means yes.
 * Several answers a sample count as their mean.
 */
public record BinaryAccuracy(double threshold) implements Metric {

  /** Binary accuracy, yes above one half. */
  public static BinaryAccuracy binaryAccuracy() {
    return new BinaryAccuracy(0.5);
  }

  /** The same with yes above {@code other}: 0 for logits. */
  public BinaryAccuracy threshold(double other) {
    return new BinaryAccuracy(other);
  }

  @Override
  public String name() {
    return "binary_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Accuracy.sameWidth("binaryAccuracy", targets, outputs);
    return new HitTally() {
      @Override
      double of(float[] y, float[] yHat, int row) {
        int hits = 0;
        for (int i = row * outputs; i < (row + 1) * outputs; i++) {
          hits += (yHat[i] > threshold ? 1 : 0) == y[i] ? 1 : 0;
        }
        return (double) hits / outputs;
      }
    };
  }
}
