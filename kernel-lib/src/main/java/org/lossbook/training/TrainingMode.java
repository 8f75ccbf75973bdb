package org.lossbook.training;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;

/**
 * Asks for the forward pass of training, as an immutable value: dropout and noise are at work, and
 * batch normalization takes the statistics of the given samples. Nothing of the model changes, not
 * even moving statistics (Keras's {@code model(x, training=True)} updates those).
 *
 * <pre>{@code
 * model.predict(x, training())             // other draws with each call: Monte-Carlo dropout
 * model.predict(x, training().seed(1))     // the same draws each time
 * }</pre>
 */
public final class TrainingMode extends Refined<TrainingMode> {
  private final boolean isOn;
  private OptionalLong seed = OptionalLong.empty();
  private OptionalInt batchSize = OptionalInt.empty();

  private TrainingMode(boolean isOn) {
    this.isOn = isOn;
  }

  /**
   * Prediction, without dropout.
   *
   * @hidden
   */
  @Internal
  public static TrainingMode off() {
    return new TrainingMode(false);
  }

  /** The forward pass of training. */
  public static TrainingMode training() {
    return new TrainingMode(true);
  }

  /** The same with draws that are repeated from call to call; without, each call has its own. */
  public TrainingMode seed(long seed) {
    return with(copy -> copy.seed = OptionalLong.of(seed));
  }

  /**
   * The same in batches of that size, each normalized by its own statistics; by default all samples
   * are one batch.
   *
   * @throws IllegalArgumentException for less than one
   */
  public TrainingMode batchSize(int size) {
    if (size < 1) {
      throw Messages.wrong(
          "batchSize expects 1 sample or more but receives %d: 32 is a good first choice.", size);
    }
    return with(copy -> copy.batchSize = OptionalInt.of(size));
  }

  boolean isOn() {
    return isOn;
  }

  /** The given seed, or one of its own for each call. */
  long draw() {
    return seed.orElseGet(() -> new SplittableRandom().nextLong());
  }

  /** The batch size for that many samples. */
  int batchOf(int samples) {
    return Math.min(batchSize.orElse(samples), samples);
  }

  /** {@code training().seed(1)} and the other options that were set. */
  @Override
  public String toString() {
    return (isOn ? "training()" : "inference")
        + (seed.isPresent() ? ".seed(" + seed.getAsLong() + ")" : "")
        + (batchSize.isPresent() ? ".batchSize(" + batchSize.getAsInt() + ")" : "");
  }
}
