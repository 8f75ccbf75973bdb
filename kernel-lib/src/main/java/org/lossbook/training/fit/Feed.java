package org.lossbook.training.fit;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.training.TrainingPlan;

/**
 * Where a run of fit gets its batches from, one epoch after the other.
 *
 * @hidden
 */
@Internal
public interface Feed extends AutoCloseable {
  /** Makes ready for the first epoch: builds the plans that it knows of. */
  void open();

  /**
   * The steps of the epoch that was begun; of the first one before that. 0 where only its end says.
   */
  int steps();

  /** How many steps the epoch may have, for a display; 0 if unknown. */
  default int expected() {
    return steps();
  }

  /**
   * Begins an epoch.
   *
   * @param seed of the order of the samples, of their variations and of dropout
   */
  void beginEpoch(long seed);

  /** The step with the next batch in it, or null where the epoch has none left. */
  TrainingPlan next();

  /** What the reader has to know of the data's end, where it came before the run's. */
  Optional<String> note();

  @Override
  void close();
}
