package org.lossbook.metric;

/**
 * The share of right answers, in the sense that the shapes call for, as in Keras: {@link
 * BinaryAccuracy} for a single output, {@link SparseCategoricalAccuracy} for integer labels, {@link
 * CategoricalAccuracy} for one-hot rows.
 */
public record Accuracy() implements Metric {

  /** Accuracy. */
  public static Accuracy accuracy() {
    return new Accuracy();
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Metric meant =
        outputs == 1
            ? BinaryAccuracy.binaryAccuracy()
            : targets == 1
                ? SparseCategoricalAccuracy.sparseCategoricalAccuracy()
                : CategoricalAccuracy.categoricalAccuracy();
    return meant.tally(targets, outputs);
  }

  static void sameWidth(String who, int targets, int outputs) {
    if (targets != outputs) {
      throw new IllegalArgumentException(
          who
              + " expects "
              + outputs
              + " numbers a target, as many as the prediction has, but receives "
              + targets
              + (targets == 1
                  ? ": take sparseCategoricalAccuracy() for integer labels."
                  : ": give the last layer " + targets + " units."));
    }
  }
}
