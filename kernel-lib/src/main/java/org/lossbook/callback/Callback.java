package org.lossbook.callback;

import java.util.Map;

/**
 * Something that watches a run of {@code fit} and may steer it, as an immutable specification;
 * {@link #start} gives the one with state, so one callback can serve several fits.
 *
 * <pre>{@code
 * epochs(50).callbacks(earlyStopping().patience(3).restoreBestWeights(), csvLog("run.csv"))
 * epochs(5).callbacks(onEpochEnd(run -> System.out.println(run)))
 * }</pre>
 *
 * <p>Callbacks run between two steps, in the thread that trains, in the order in which they were
 * given, {@link Checkpoint} behind the others. They may ask the model to predict and to evaluate;
 * fit and close it they may not. One that throws ends the run: see {@link CallbackException}.
 *
 * <p>A fit goes on from the one before it, and so do the callbacks that it is given again with the
 * same settings: a plateau that was counted for two epochs is counted on, in the same process and
 * from a file that {@code model.save} or a checkpoint wrote. After a run that one of them ended
 * they begin anew.
 */
public interface Callback {
  /** The factory's name, {@code earlyStopping}: what messages call it. */
  String name();

  /**
   * The callback at work on one run, before its first step.
   *
   * @throws IllegalArgumentException where it cannot work on this run, as when what it follows is
   *     not measured
   */
  Watcher start(Run run);

  /** Whether it moves the learning rate, which the history then has from the first epoch on. */
  default boolean movesLearningRate() {
    return false;
  }

  /** Whether it wants to be told of every batch; one that does not costs a batch nothing. */
  default boolean watchesBatches() {
    return false;
  }

  /** A callback at work on one run, which was given to {@link #start}. */
  interface Watcher {
    /** Before an epoch's first batch. */
    default void beginEpoch() {}

    /** After a batch, where the callback {@linkplain #watchesBatches watches batches}. */
    default void endBatch() {}

    /** After an epoch's last batch and its validation; not where the epoch was stopped half-way. */
    default void endEpoch() {}

    /**
     * After an epoch that a callback stopped half-way, or a loss that became NaN or infinite: the
     * figures are those of the batches before, and the loss is the one that ended it.
     */
    default void endPartialEpoch() {}

    /**
     * What it remembers from epoch to epoch, by names of its own, for a run that goes on from this
     * one, from a file or not; empty where it is nothing. A number that is not finite is left out.
     */
    default Map<String, Double> memory() {
      return Map.of();
    }

    /**
     * Goes on from what {@link #memory()} gave at the end of the run before, where the callback was
     * given to that with the same settings, and none ended it.
     */
    default void goOn(Map<String, Double> memory) {}

    /**
     * After the run, whether it came to its end, was stopped by a callback or by a loss that is no
     * number; not after an interrupt or a callback that threw.
     */
    default void end() {}
  }
}
