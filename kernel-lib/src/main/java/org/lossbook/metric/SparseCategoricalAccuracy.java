package org.lossbook.metric;

/** The share of samples whose largest prediction stands where the integer label says. */
public record SparseCategoricalAccuracy() implements Metric {

  /** Sparse categorical accuracy. */
  public static SparseCategoricalAccuracy sparseCategoricalAccuracy() {
    return new SparseCategoricalAccuracy();
  }

  @Override
  public String name() {
    return "sparse_categorical_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    if (targets != 1) {
      throw new IllegalArgumentException(
          "sparseCategoricalAccuracy expects an integer label for each sample but receives rows of "
              + targets
              + " numbers: take categoricalAccuracy() for one-hot rows.");
    }
    return new HitTally() {
      @Override
      double of(float[] y, float[] yHat, int row) {
        return y[row] == argmax(yHat, row, outputs) ? 1 : 0;
      }
    };
  }
}
