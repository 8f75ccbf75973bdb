package org.lossbook.metric;

import org.lossbook.config.Saveable;

/**
 * A figure that judges a model, as an immutable specification: the model measures it beside its
 * loss, and arrays can be asked about by hand, the truth first. Every {@link org.lossbook.loss.Loss
 * loss} is one too.
 *
 * <p>What a metric takes the numbers for, the shapes say: a single output is the answer to a yes/no
 * question, a label with a row of predictions is one of many classes, a row of truth is one answer
 * for each output, or one-hot.
 *
 * <pre>{@code
 * accuracy().of(vector(1, 0, 1, 1), vector(0.9, 0.2, 0.4, 0.7))               // 0.75
 * accuracy().of(vector(1, 2), matrix(row(0.1, 0.8, 0.1), row(0.5, 0.3, 0.2))) // 0.5
 * }</pre>
 */
public interface Metric extends Saveable {
  /**
   * The name in the history, {@code accuracy}: Keras's; of a loss its factory's, {@code mse}, as it
   * was written.
   */
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

  /**
   * The figure of predictions {@code yHat} where the truth is {@code y}: numbers, arrays, {@code
   * INDArray}s or Tablesaw columns. A vector is n samples of one number; where a metric judges rows
   * alone, such as {@link CategoricalAccuracy}, it is one row.
   *
   * @throws IllegalArgumentException where the two differ in length, hold NaN, or a truth is no
   *     label or answer that the metric knows
   */
  default double of(Object y, Object yHat) {
    return MetricInputs.of(this, y, yHat).value(this);
  }

  /** The figure with a weight for each sample, 0 or more: a sample of weight 2 counts twice. */
  default double of(Object y, Object yHat, Object weights) {
    return MetricInputs.of(this, y, yHat).weighted(weights).value(this);
  }

  /** The same under another name in the history: {@code recall().classId(3).named("threes")}. */
  default Metric named(String name) {
    return new NamedMetric(name, this);
  }

  /**
   * The same metric of one output, where a model has several.
   *
   * @param output the name of the layer that gives it
   */
  default Metric on(String output) {
    return new OnOutput(this, output);
  }

  /**
   * The same metric with each sample counted by its weight, in training, validation and evaluation;
   * without this a metric counts all samples alike, as in Keras, where these are the {@code
   * weighted_metrics}. Next to the same metric without weights its name is {@code
   * weighted_accuracy}.
   *
   * <pre>{@code
   * model.compile(adam(), mse(), mae(), mae().sampleWeighted());   // loss, mae, weighted_mae
   * model.fit(x, y, epochs(5).sampleWeight(weights));
   * }</pre>
   */
  default Metric sampleWeighted() {
    return new SampleWeighted(this);
  }

  /** A metric at work over the batches of one epoch; exact over the whole set. */
  interface Tally {
    /**
     * Adds the first {@code rows} samples: {@code y} is {@code rows × targets}, {@code yHat} is
     * {@code rows × outputs} (probabilities, where the model ends in softmax or sigmoid), {@code
     * weights} one a sample or null for all ones. Allocates nothing, unless the figure needs all
     * scores at once.
     */
    void add(float[] y, float[] yHat, float[] weights, int rows);

    /**
     * Refuses what the metric has no meaning for, such as measurements where it counts answers.
     *
     * @param count how many numbers of {@code y} to look at
     * @throws IllegalArgumentException at the first of them: says which
     */
    default void check(String who, float[] y, int count) {}

    /** The figure over all that was added; NaN when nothing was. */
    double value();

    /**
     * Whether the figure is a mean over the samples, so that what it was over the last of them
     * follows from two of its values.
     */
    default boolean isMean() {
      return false;
    }

    /** Forgets all that was added. */
    void reset();
  }
}
