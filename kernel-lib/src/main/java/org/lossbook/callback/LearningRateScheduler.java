package org.lossbook.callback;

import java.util.function.IntToDoubleFunction;
import org.lossbook.config.Require;

/**
 * Learning rate scheduler: sets the learning rate at the beginning of each epoch by a function of
 * the epoch. Keras's {@code LearningRateScheduler}. The history shows it as {@code learning_rate}.
 *
 * <pre>{@code
 * epochs(30).callbacks(learningRateScheduler(epoch -> epoch < 10 ? 0.01 : 0.001))
 * sequential(input(1), dense(1)).compile(sgd(), mse())
 *     .fit(vector(1, 2), vector(2, 4), epochs(3).callbacks(learningRateScheduler((epoch, rate) -> rate / 2)))
 *     .get("learning_rate")  // [0.005, 0.0025, 0.00125]
 * }</pre>
 *
 * @param rule gives the rate of an epoch, counted from 0 as in Keras, from the rate before it
 */
public record LearningRateScheduler(Rule rule) implements Callback {
  private static final String NAME = "learningRateScheduler";

  /** The learning rate of an epoch, counted from 0, from the rate before it. */
  public interface Rule {
    /** The learning rate of that epoch. */
    double rate(int epoch, double before);
  }

  /** Sets the learning rate by that rule. */
  public LearningRateScheduler {
    if (rule == null) {
      throw missing();
    }
  }

  /** With the rate as a function of the epoch, counted from 0. */
  public static LearningRateScheduler learningRateScheduler(IntToDoubleFunction schedule) {
    if (schedule == null) {
      throw missing();
    }
    return new LearningRateScheduler((epoch, rate) -> schedule.applyAsDouble(epoch));
  }

  /** With the rate as a function of the epoch, counted from 0, and of the rate before it. */
  public static LearningRateScheduler learningRateScheduler(Rule schedule) {
    return new LearningRateScheduler(schedule);
  }

  private static IllegalArgumentException missing() {
    return new IllegalArgumentException(
        "learningRateScheduler expects a function of the epoch but receives null: try"
            + " learningRateScheduler(epoch -> epoch < 10 ? 0.01 : 0.001).");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean movesLearningRate() {
    return true;
  }

  @Override
  public Watcher start(Run run) {
    Require.given(
        run,
        "learningRateScheduler",
        "a run of fit",
        "model.fit(data, epochs(9).callbacks(…)) begins one");
    return new Watcher() {
      @Override
      public void beginEpoch() {
        run.learningRate(rule.rate(run.epoch() - 1, run.learningRate()));
      }
    };
  }

  /** {@code learningRateScheduler(…)}, without the function, which has no text. */
  @Override
  public String toString() {
    return "learningRateScheduler(…)";
  }
}
