package org.lossbook.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Require;

/**
 * A metric without the samples, or positions, of one label: {@code accuracy().ignore(255)}.
 *
 * @param metric which
 * @param label the label that does not count
 * @hidden
 */
@Internal
public record Ignoring(Metric metric, int label) implements MetricWrapper {
  /** Its name in files, where no metric of Keras's has it. */
  public static final String SAVED = "ignored_label";

  @Override
  public Tally tally(int targets, int outputs) {
    if (targets == 1) {
      return new RowsThatCount(metric.tally(1, outputs), label, outputs, 1);
    }
    Truth.sameWidth("ignore", targets, outputs);
    return new RowsThatCount(metric.tally(1, 1), label, 1, outputs);
  }

  @Override
  public Tally tally(SampleShape sample) {
    SampleShape given = SampleShape.given(sample);
    return tally(given.targets(), given.outputs());
  }

  /**
   * A metric without what its model's loss ignores.
   *
   * @param label what the loss ignores, if anything
   */
  public static Metric with(OptionalInt label, Metric metric) {
    Require.given(label, "ignore", "a label or none", "OptionalInt.empty() is none");
    Require.given(metric, "ignore", "a metric", "accuracy().ignore(255) is one");
    if (label.isEmpty() || metric instanceof Ignoring) {
      return metric;
    }
    if (metric instanceof NamedMetric named) {
      return with(label, named.metric()).named(named.name());
    }
    if (metric instanceof SequenceMetric) {
      return metric.ignore(label.getAsInt());
    }
    return metric instanceof SampleWeighted weighted
        ? new SampleWeighted(with(label, weighted.metric()))
        : new Ignoring(metric, label.getAsInt());
  }

  @Override
  public double of(Object y, Object yHat) {
    return MetricInputs.of(metric, y, yHat).without(label).value(metric);
  }

  @Override
  public double of(Object y, Object yHat, Object weights) {
    return MetricInputs.of(metric, y, yHat).weighted(weights).without(label).value(metric);
  }

  @Override
  public Metric ignore(int other) {
    return new Ignoring(metric, other);
  }

  @Override
  public Metric named(String name) {
    return new Ignoring(metric.named(name), label);
  }

  @Override
  public Optional<Config> config() {
    return metric.config().map(config -> config.asOurs().with(SAVED, label));
  }

  /** {@code accuracy.ignore(255)}. */
  @Override
  public String toString() {
    return metric + ".ignore(" + label + ")";
  }

  /** A tally of the rows whose truth is not the ignored label. */
  private static final class RowsThatCount implements Tally {
    private final Tally tally;
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
    RowsThatCount(Tally tally, int label, int outputs, int rowsInOne) {
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

    @Override
    public double value() {
      return tally.value();
    }

    @Override
    public void reset() {
      tally.reset();
    }
  }
}
