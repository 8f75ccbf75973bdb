package org.lossbook.training.fit;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.training.TrainingPlan;

/**
 * The source of batches of one run of fit, epoch by epoch.
 *
 * @hidden
 */
@Internal
public interface Feed extends AutoCloseable {
  /** Prepares the first epoch: builds the plans it knows it needs. */
  void open();

  /**
   * The number of steps in the current epoch, or in the first one before it begins; 0 if only the
   * end of the stream tells.
   */
  int steps();

  /** The expected number of steps in the epoch, for the display; 0 if unknown. */
  default int expected() {
    return steps();
  }

  /**
   * Begins an epoch.
   *
   * @param seed the seed of shuffling, augmentation and dropout
   */
  void beginEpoch(long seed);

  /** The plan loaded with the next batch, or null at the end of the epoch. */
  TrainingPlan next();

  /** A note to the reader if the data ended before the run. */
  Optional<String> note();

  @Override
  void close();
}
