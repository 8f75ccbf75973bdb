package org.lossbook.callback;

import java.util.function.IntToDoubleFunction;
import org.lossbook.config.Require;

/**
 * Sets the learning rate at the beginning of each epoch, from a function of the epoch; Keras's
 * {@code LearningRateScheduler}. The history shows it as {@code learning_rate}.
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

  /** From an epoch, counted from 0, and the rate before it to its rate. */
  public interface Rule {
    /** The learning rate of that epoch. */
    double rate(int epoch, double before);
  }

  /** Follows that rule. */
  public LearningRateScheduler {
    if (rule == null) {
      throw missing();
    }
  }

  /** The rate as a function of the epoch alone, counted from 0. */
  public static LearningRateScheduler learningRateScheduler(IntToDoubleFunction schedule) {
    if (schedule == null) {
      throw missing();
    }
    return new LearningRateScheduler((epoch, rate) -> schedule.applyAsDouble(epoch));
  }

  /** The rate as a function of the epoch, counted from 0, and of the rate before it. */
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

  /** {@code learningRateScheduler(…)}: a function does not say what it does. */
  @Override
  public String toString() {
    return "learningRateScheduler(…)";
  }
}
