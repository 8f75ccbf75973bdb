package org.lossbook.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.notebook.TextTable;

/**
 * Samples given by hand, checked and arranged in the rows that a tally takes.
 *
 * @hidden
 */
@Internal
public record MetricInputs(
    String who,
    float[] y,
    float[] yHat,
    Optional<float[]> weights,
    int rows,
    int targets,
    int outputs,
    int samples,
    int... prediction) {

  public static MetricInputs of(Metric metric, Object y, Object yHat) {
    String who = who(metric);
    Values truth = Values.of(who, y).finite(who, "y");
    Values predictions = Values.of(who, yHat).finite(who, "ŷ");
    boolean isOneRow = metric instanceof RowMetric && predictions.rank() == 1;
    if (metric instanceof SequenceMetric) {
      return ofSequences(who, truth, predictions);
    }
    if (predictions.rank() > 2 || truth.rank() > 2) {
      return ofPositions(who, truth, predictions);
    }
    int rows = isOneRow ? 1 : predictions.rows();
    int outputs = predictions.size() / rows;
    boolean isOneHot = isOneRow && truth.rank() == 1 && truth.size() == outputs;
    int truths = isOneHot ? 1 : truth.rows();
    if (truths != rows) {
      throw Messages.wrong(
          "%s expects as many samples in y as in ŷ but receives %s and %s: %s.",
          who,
          shape(truth),
          shape(predictions),
          isOneRow
              ? "a vector ŷ is one sample here, so make it a matrix, a row for each"
              : "give each truth its prediction");
    }
    return new MetricInputs(
        who,
        truth.toFloats(),
        predictions.toFloats(),
        Optional.empty(),
        rows,
        truth.size() / rows,
        outputs,
        rows,
        outputs);
  }

  /** A sequence is one sample: a vector, or a matrix of scores beside a vector of labels. */
  private static MetricInputs ofSequences(String who, Values truth, Values predictions) {
    if (truth.rank() <= 1 && predictions.rank() <= 2) {
      return ofSequences(who, alone(truth), alone(predictions));
    }
    if (truth.rank() < 2 || predictions.rank() < 2 || truth.rows() != predictions.rows()) {
      throw Messages.wrong(
          "%s expects as many sequences in y as in ŷ, a row for each, but receives %s and %s: give each truth its prediction.",
          who, shape(truth), shape(predictions));
    }
    int[] shape = predictions.shape();
    return new MetricInputs(
        who,
        truth.toFloats(),
        predictions.toFloats(),
        Optional.empty(),
        truth.rows(),
        truth.rowSize(),
        predictions.rowSize(),
        truth.rows(),
        Arrays.copyOfRange(shape, 1, shape.length));
  }

  private static Values alone(Values sequence) {
    return sequence.reshape(Shapes.batched(1, sequence.shape()));
  }

  /** A row for each position: labels in the shape of the positions, or rows as those of ŷ. */
  private static MetricInputs ofPositions(String who, Values truth, Values predictions) {
    if (predictions.rank() == 0) {
      throw Messages.wrong(
          "%s expects predictions for y %s but receives a single number: give each truth its prediction.",
          who, shape(truth));
    }
    int[] shape = predictions.shape();
    int[] positions = Arrays.copyOf(shape, shape.length - 1);
    int[] given = Shapes.trimmed(truth.shape());
    boolean isAlike = Arrays.equals(given, Shapes.trimmed(shape));
    if (!isAlike && !Arrays.equals(given, Shapes.trimmed(positions))) {
      throw Messages.wrong(
          "%s expects y %s, a label for each row of ŷ, or in the shape of ŷ but receives %s and %s: give each truth its prediction.",
          who, Arrays.toString(positions), shape(truth), shape(predictions));
    }
    int outputs = Shapes.last(shape);
    int rows = predictions.size() / outputs;
    return new MetricInputs(
        who,
        truth.toFloats(),
        predictions.toFloats(),
        Optional.empty(),
        rows,
        isAlike ? outputs : 1,
        outputs,
        predictions.rows(),
        Arrays.copyOfRange(shape, 1, shape.length));
  }

  private static String shape(Values values) {
    return values.rank() == 0 ? "one number" : Arrays.toString(values.shape());
  }

  /**
   * A metric whose class has several factories.
   *
   * @hidden
   */
  @Internal
  public interface Called {
    /** The name of the factory that made it. */
    String factory();
  }

  /** The name of its factory: {@code topKCategoricalAccuracy}. */
  public static String who(Metric metric) {
    if (metric instanceof Called called) {
      return called.factory();
    }
    String name = metric.getClass().getSimpleName();
    return name.isEmpty() || metric.getClass().isHidden()
        ? metric.name()
        : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  MetricInputs weighted(Object given) {
    Values each = Values.of(who, given).finite(who, "weights");
    if (each.size() != rows && each.size() != samples) {
      throw Messages.wrong(
          "%s expects one weight for each of the %d samples but receives %s: give a vector of %d.",
          who, samples, shape(each), samples);
    }
    float[] all = new float[rows];
    for (int i = 0; i < rows; i++) {
      all[i] = (float) each.get(each.size() == rows ? i : i / (rows / samples));
    }
    double sum = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] < 0) {
        throw Messages.wrong(
            "%s expects weights of 0 or more but weights[%d] is %s: a weight cannot be negative.",
            who, i, all[i]);
      }
      sum += all[i];
    }
    if (sum == 0) {
      throw Messages.wrong(
          "%s expects weights that do not sum to 0 but receives %s: let at least one sample count.",
          who, Arrays.toString(all));
    }
    return new MetricInputs(
        who, y, yHat, Optional.of(all), rows, targets, outputs, samples, prediction);
  }

  /** The same without the rows of that label; of several answers, each is a row of its own. */
  MetricInputs without(int label) {
    int width = targets == 1 ? outputs : 1;
    int[] kept = IntStream.range(0, y.length).filter(i -> y[i] != label).toArray();
    float[] keptY = new float[kept.length];
    float[] keptYHat = new float[kept.length * width];
    float[] keptWeights = new float[kept.length];
    for (int k = 0; k < kept.length; k++) {
      keptY[k] = y[kept[k]];
      System.arraycopy(yHat, kept[k] * width, keptYHat, k * width, width);
      keptWeights[k] = weights.isEmpty() ? 1 : weights.get()[kept[k] / targets];
    }
    Optional<float[]> each = weights.map(all -> keptWeights);
    return new MetricInputs(who, keptY, keptYHat, each, kept.length, 1, width, kept.length, width);
  }

  private SampleShape sample() {
    return new SampleShape(samples == 0 ? 1 : rows / samples, targets, outputs, prediction);
  }

  double value(Metric metric) {
    return filled(metric.tally(sample())).value();
  }

  TextTable explained(Metric metric) {
    Metric.Tally tally = filled(metric.tally(sample()));
    if (tally instanceof WorkedTally worked) {
      var samples = new WorkedTally.Samples(y, yHat, weights, rows, targets, outputs);
      return worked.table(metric.name(), samples);
    }
    throw Messages.wrong(
        "%s.explain expects a metric that is made of counts, ranks or a mean of samples, which this one is not: of(y, yHat) gives its figure.",
        who);
  }

  /** The tally after adding all samples. */
  public <T extends Metric.Tally> T filled(T tally) {
    if (tally instanceof ClassTally classes) {
      classes.truth().check(who, y, targets, outputs);
    }
    tally.add(y, yHat, weights.orElse(null), rows);
    return tally;
  }
}
