package org.lossbook.metric.sequence;

import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleShape;
import org.lossbook.metric.SequenceMetric;

/**
 * Sequence accuracy, or exact match: the share of samples that are right at every position,
 * \(\frac{1}{n}\sum_i \prod_t [\hat c_{i,t} = y_{i,t}]\) with the class \(\hat c\) of the largest
 * prediction. A vector is one sequence.
 *
 * <p>Truth is a label {@code [n, steps]} or a one-hot row {@code [n, steps, classes]} for each
 * step. Predictions are scores {@code [n, steps, classes]}, or numbers {@code [n, steps]}, which
 * are right within one half: decided labels, or probabilities of a yes. {@link #ignore} leaves out
 * padding, and so does a mask.
 *
 * <p>Use it where a result is of no use with one mistake in it, such as a sum or a phone number. It
 * falls fast with the length: with 99 % of the positions right, a third of sequences of 100 are.
 *
 * <pre>{@code
 * sequenceAccuracy().of(matrix(row(1, 2, 3), row(1, 2, 3)), matrix(row(1, 2, 3), row(1, 2, 0))) // 0.5
 * }</pre>
 *
 * @question What share of sequences is right from start to end?
 * @use When one wrong step spoils the whole, as in a number plate.
 * @avoid For long texts: hardly one is right throughout.
 * @source Sutskever, Vinyals and Le 2014, <i>Sequence to sequence learning with neural
 *     networks</i>.
 * @param ignored the label that does not count
 */
public record SequenceAccuracy(OptionalInt ignored) implements Metric, SequenceMetric {

  /** Sequence accuracy. */
  public static SequenceAccuracy sequenceAccuracy() {
    return new SequenceAccuracy(OptionalInt.empty());
  }

  @Override
  public SequenceAccuracy ignore(int label) {
    return new SequenceAccuracy(OptionalInt.of(label));
  }

  @Override
  public String name() {
    return "sequence_accuracy";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    return tally(new SampleShape(1, targets, outputs, outputs));
  }

  /**
   * The tally of whole sequences.
   *
   * @hidden
   */
  @Internal
  @Override
  public Tally tally(SampleShape sample) {
    SampleShape.given(sample);
    if (SequenceTally.labels(sample) != sample.steps()) {
      throw Messages.wrong(
          "sequenceAccuracy expects a label for each of the %d steps of a prediction %s but receives %d: give as many, or take editDistance() for sequences of another length.",
          sample.steps(), sample, SequenceTally.labels(sample));
    }
    return new SequenceTally(sample, ignored, true) {
      @Override
      double figure() {
        for (int t = 0; t < truths; t++) {
          if (!(Math.abs(truth[t] - said[t]) < 0.5)) {
            return 0;
          }
        }
        return share();
      }

      @Override
      double share() {
        return truths == 0 ? 0 : 1; // nothing but padding
      }
    };
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.ours("SequenceAccuracy");
    return Optional.of(ignored.isEmpty() ? config : config.with("ignored_label", ignored));
  }

  static SequenceAccuracy from(Settings settings) {
    return settings.has("ignored_label")
        ? sequenceAccuracy().ignore(settings.integer("ignored_label"))
        : sequenceAccuracy();
  }
}
