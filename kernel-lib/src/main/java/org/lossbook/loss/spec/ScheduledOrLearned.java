package org.lossbook.loss.spec;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.lossbook.config.Require;

/**
 * Setting of a loss that changes while a model trains: it follows a schedule, or it is learned with
 * the weights. Asked in a cell, a loss computes with the first value.
 *
 * <pre>{@code
 * huber().delta(scheduled(epoch -> 3.0 / (1 + epoch)))
 * barron().alpha(learned(1))
 * }</pre>
 */
public final class ScheduledOrLearned {
  private final double first;
  private final Optional<IntToDoubleFunction> schedule;

  private ScheduledOrLearned(double first, Optional<IntToDoubleFunction> schedule) {
    this.first = first;
    this.schedule = schedule;
  }

  /** Moved by the optimizer as the weights are, from {@code first} on. */
  public static ScheduledOrLearned learned(double first) {
    return new ScheduledOrLearned(first, Optional.empty());
  }

  /**
   * Set anew at the beginning of each epoch.
   *
   * @param byEpoch the value in an epoch; epochs count from 0, as Keras's schedules have it
   */
  public static ScheduledOrLearned scheduled(IntToDoubleFunction byEpoch) {
    Require.given(
        byEpoch,
        "scheduled",
        "a function of the epoch",
        "write scheduled(epoch -> 1.0 / (1 + epoch))");
    return new ScheduledOrLearned(byEpoch.applyAsDouble(0), Optional.of(byEpoch));
  }

  /** The value before training. */
  public double first() {
    return first;
  }

  /** The value by epoch, where it follows a schedule; empty where it is learned. */
  public Optional<IntToDoubleFunction> schedule() {
    return schedule;
  }

  @Override
  public String toString() {
    return schedule.isPresent() ? "scheduled from " + first : "learned from " + first;
  }
}
