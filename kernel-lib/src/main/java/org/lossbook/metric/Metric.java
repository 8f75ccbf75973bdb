package org.lossbook.metric;

/** A figure that judges a model, as an immutable specification. */
public interface Metric {
  /** Keras's name, as it stands in the history: {@code accuracy}. */
  String name();

  /** Which way the figure goes as a model gets better; unknown unless a metric says it. */
  default Direction direction() {
    return Direction.UNKNOWN;
  }

  /**
   * A tally for predictions of {@code outputs} numbers a sample and targets of {@code targets}
   * numbers a sample (one for integer labels).
   *
   * @throws IllegalArgumentException where the metric has no meaning for these shapes
   */
  Tally tally(int targets, int outputs);

  /** A metric at work over the batches of one epoch; exact over the whole set. */
  interface Tally {
    /**
     * Adds the first {@code rows} samples: {@code y} is {@code rows × targets}, {@code yHat} is
     * {@code rows × outputs} (probabilities, where the model ends in softmax or sigmoid), {@code
     * weights} one a sample or null for all ones. Allocates nothing.
     */
    void add(float[] y, float[] yHat, float[] weights, int rows);

    /** The figure over all that was added; NaN when nothing was. */
    double value();

    /** Forgets all that was added. */
    void reset();
  }
}
