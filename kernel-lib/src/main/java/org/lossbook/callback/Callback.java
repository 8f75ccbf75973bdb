package org.lossbook.callback;

import java.util.Map;

/**
 * Callback: observes a run of {@code fit} and can control it. It is an immutable specification;
 * {@link #start} gives the watcher with state, so one callback can serve several fits.
 *
 * <pre>{@code
 * epochs(50).callbacks(earlyStopping().patience(3).restoreBestWeights(), csvLog("run.csv"))
 * epochs(5).callbacks(onEpochEnd(run -> System.out.println(run)))
 * }</pre>
 *
 * <p>Callbacks run between two steps, on the training thread, in the order in which they were
 * given, with {@link Checkpoint}s last. They may let the model predict and evaluate, but not fit or
 * close it. One that throws ends the run: see {@link CallbackException}.
 *
 * <p>A fit continues the one before it, and so do callbacks that are given again with the same
 * settings: a plateau of two epochs is counted further, both in the same process and from a file
 * that {@code model.save} or a checkpoint wrote. After a run that one of them ended, they start
 * over.
 */
public interface Callback {
  /** The factory's name, {@code earlyStopping}, which messages use. */
  String name();

  /**
   * Starts the callback on one run, before its first step.
   *
   * @throws IllegalArgumentException where it cannot work on this run, for example because the
   *     figure that it monitors is not measured
   */
  Watcher start(Run run);

  /**
   * Whether it changes the learning rate, which the history then records from the first epoch on.
   */
  default boolean movesLearningRate() {
    return false;
  }

  /** Whether it is called after every batch; if not, it costs nothing per batch. */
  default boolean watchesBatches() {
    return false;
  }

  /** A callback's state on one run, which was passed to {@link #start}. */
  interface Watcher {
    /** Before an epoch's first batch. */
    default void beginEpoch() {}

    /** After a batch, where the callback {@linkplain #watchesBatches watches batches}. */
    default void endBatch() {}

    /** After an epoch's last batch and its validation, unless the epoch was stopped early. */
    default void endEpoch() {}

    /**
     * After an epoch that a callback or a NaN or infinite loss stopped early: the figures are those
     * of the batches before, and the loss is the one that ended it.
     */
    default void endPartialEpoch() {}

    /**
     * Its state, by names of its own, for a run that continues this one, from a file or not; empty
     * if it has none. A number that is not finite is left out.
     */
    default Map<String, Double> memory() {
      return Map.of();
    }

    /**
     * Continues from the {@link #memory()} of the previous run, if that had the same callback with
     * the same settings, and no callback ended it.
     */
    default void resume(Map<String, Double> memory) {}

    /**
     * After the run, whether it completed or was stopped by a callback or by a NaN or infinite
     * loss; not after an interrupt or a callback that threw.
     */
    default void end() {}
  }
}
