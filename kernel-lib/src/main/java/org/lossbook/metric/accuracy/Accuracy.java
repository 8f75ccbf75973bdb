package org.lossbook.metric.accuracy;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;

/**
 * Accuracy: the share of correct predictions. The shapes choose its kind, as in Keras: {@link
 * BinaryAccuracy} for a single output, {@link SparseCategoricalAccuracy} for integer labels, {@link
 * CategoricalAccuracy} for one-hot rows. A model with a loss from logits or of scores predicts yes
 * by a number above 0, and its accuracy uses that threshold; Keras would use one half.
 *
 * <pre>{@code
 * accuracy().of(vector(1, 0, 1, 1), vector(0.9, 0.2, 0.4, 0.7))   // 0.75
 * }</pre>
 *
 * @question What share of the predictions is right?
 * @use For classes of similar size, where every mistake costs the same.
 * @avoid With rare classes: always saying the common one looks good.
 * @source Chollet et al. 2015, <i>Keras</i>.
 */
public final class Accuracy implements Metric {
  private final double threshold;

  Accuracy(double threshold) {
    this.threshold = threshold;
  }

  /** Accuracy. */
  public static Accuracy accuracy() {
    return new Accuracy(Decision.HALF);
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
    return meant(targets, outputs).tally(targets, outputs);
  }

  /** The accuracy that these shapes call for. */
  Metric meant(int targets, int outputs) {
    return outputs == 1
        ? BinaryAccuracy.binaryAccuracy().threshold(threshold)
        : targets == 1
            ? SparseCategoricalAccuracy.sparseCategoricalAccuracy()
            : CategoricalAccuracy.categoricalAccuracy();
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.ours("AnyAccuracy"));
  }

  /** Its name in the history. */
  @Override
  public String toString() {
    return name();
  }
}
