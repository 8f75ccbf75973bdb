package org.lossbook.metric;

/** The share of samples whose largest prediction stands where the one-hot truth has its one. */
public record CategoricalAccuracy() implements Metric {

  /** Categorical accuracy. */
  public static CategoricalAccuracy categoricalAccuracy() {
    return new CategoricalAccuracy();
  }

  @Override
  public String name() {
    return "categorical_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Accuracy.sameWidth("categoricalAccuracy", targets, outputs);
    return new HitTally() {
      @Override
      double of(float[] y, float[] yHat, int row) {
        return argmax(y, row, outputs) == argmax(yHat, row, outputs) ? 1 : 0;
      }
    };
  }
}
