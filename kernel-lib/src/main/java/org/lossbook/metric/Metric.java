package org.lossbook.metric;

import org.lossbook.Internal;
import org.lossbook.config.Saveable;
import org.lossbook.metric.accuracy.CategoricalAccuracy;
import org.lossbook.notebook.Renderable;

/**
 * Metric: a figure that judges a model, which measures it along with its loss. It is an immutable
 * specification, and can be computed from arrays by hand, the truth first. Every {@link
 * org.lossbook.loss.Loss loss} is a metric, too.
 *
 * <p>The shapes say what the numbers mean: a single output is the answer to a yes/no question, a
 * label beside a row of predictions is one of many classes, and a row of truth is one answer for
 * each output, or one-hot.
 *
 * <pre>{@code
 * accuracy().of(vector(1, 0, 1, 1), vector(0.9, 0.2, 0.4, 0.7))               // 0.75
 * accuracy().of(vector(1, 2), matrix(row(0.1, 0.8, 0.1), row(0.5, 0.3, 0.2))) // 0.5
 * }</pre>
 */
public interface Metric extends Saveable {
  /**
   * The name in the history: Keras's, {@code accuracy}; for a loss that of its factory, {@code
   * mse}.
   */
  String name();

  /** Whether a larger or a smaller figure is better; unknown unless a metric says so. */
  default Direction direction() {
    return Direction.UNKNOWN;
  }

  /**
   * A tally for predictions of {@code outputs} numbers a sample and targets of {@code targets}
   * numbers a sample (one for integer labels).
   *
   * @throws IllegalArgumentException where the metric is undefined for these shapes
   */
  Tally tally(int targets, int outputs);

  /**
   * A tally for samples of this shape, whose rows follow each other; by default each row counts as
   * a sample does.
   *
   * @hidden
   */
  @Internal
  default Tally tally(SampleShape sample) {
    SampleShape given = SampleShape.given(sample);
    return tally(given.targets(), given.outputs());
  }

  /**
   * The figure for predictions {@code yHat} where the truth is {@code y}: numbers, arrays, {@code
   * INDArray}s or Tablesaw columns. A vector is n samples of one number, or one row for a metric
   * that takes rows only, such as {@link CategoricalAccuracy}.
   *
   * @throws IllegalArgumentException where the two differ in length or contain NaN, or a truth is
   *     not a label or answer that the metric knows
   */
  default double of(Object y, Object yHat) {
    return MetricInputs.of(this, y, yHat).value(this);
  }

  /** The figure with a weight of 0 or more for each sample: a sample of weight 2 counts twice. */
  default double of(Object y, Object yHat, Object weights) {
    return MetricInputs.of(this, y, yHat).weighted(weights).value(this);
  }

  /**
   * Worked steps with your numbers: what each sample counts as, the counts or ranks, and the figure
   * that they make.
   *
   * <pre>{@code
   * precision().explain(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2))   // …, 2/(2 + 1) = 0.666667
   * }</pre>
   *
   * @throws IllegalArgumentException for a metric without such steps, and as {@link #of(Object,
   *     Object)} does
   */
  default Renderable explain(Object y, Object yHat) {
    return MetricInputs.of(this, y, yHat).explained(this);
  }

  /** The same with a weight of 0 or more for each sample. */
  default Renderable explain(Object y, Object yHat, Object weights) {
    return MetricInputs.of(this, y, yHat).weighted(weights).explained(this);
  }

  /**
   * The same without the samples, or positions, of that label. A model's metrics leave out what its
   * loss does: {@code sparseCategoricalCrossentropy().ignore(255)}.
   *
   * <pre>{@code
   * accuracy().ignore(-1).of(vector(1, 0, -1), vector(0.9, 0.8, 0.7))   // 0.5
   * }</pre>
   */
  default Metric ignore(int label) {
    return new Ignoring(this, label);
  }

  /** The same under another name in the history: {@code recall().classId(3).named("threes")}. */
  default Metric named(String name) {
    return new NamedMetric(name, this);
  }

  /**
   * The same metric for one output of a model that has several.
   *
   * @param output the name of the layer that computes it
   */
  default Metric on(String output) {
    return new OnOutput(this, output);
  }

  /**
   * The same metric with samples weighted in training, validation and evaluation, one of Keras's
   * {@code weighted_metrics}; all other metrics ignore sample weights, as in Keras. Next to the
   * same metric without weights its name is {@code weighted_accuracy}.
   *
   * <pre>{@code
   * model.compile(adam(), mse(), mae(), mae().sampleWeighted());   // loss, mae, weighted_mae
   * model.fit(x, y, epochs(5).sampleWeight(weights));
   * }</pre>
   */
  default Metric sampleWeighted() {
    return new SampleWeighted(this);
  }

  /** Accumulates a metric over the batches of one epoch; it is exact over the whole set. */
  interface Tally {
    /**
     * Adds the first {@code rows} samples: {@code y} is {@code rows × targets}, {@code yHat} is
     * {@code rows × outputs} (probabilities, where the model ends in softmax or sigmoid), {@code
     * weights} has one number a sample, or is null where all are 1. Allocates nothing, unless the
     * figure needs all scores at once.
     */
    void add(float[] y, float[] yHat, float[] weights, int rows);

    /**
     * Rejects targets for which the metric is undefined, such as measurements where it counts
     * answers.
     *
     * @param count how many numbers of {@code y} to look at
     * @throws IllegalArgumentException for the first of them, which it names
     */
    default void check(String who, float[] y, int count) {}

    /** The figure over all samples added; NaN if there are none. */
    double value();

    /**
     * Whether the figure is a mean over the samples, so that its mean over the most recent ones
     * follows from two of its values.
     */
    default boolean isMean() {
      return false;
    }

    /**
     * Whether it sees all rows of a sample together, as a metric of sequences does; a row of weight
     * 0 is none of them.
     */
    default boolean seesWholeSamples() {
      return false;
    }

    /** Forgets all samples. */
    void reset();
  }
}
