package org.lossbook.callback;

import java.util.function.Consumer;
import org.lossbook.Internal;
import org.lossbook.config.Require;

/**
 * Lambda callback: calls your own function at each epoch or batch of a run. Keras's {@code
 * LambdaCallback}.
 *
 * <pre>{@code
 * epochs(5).callbacks(onEpochEnd(run -> System.out.println(run)))
 * epochs(5).callbacks(onBatchEnd(run -> run.learningRate(1.1 * run.learningRate())))
 * sequential(input(1), dense(1)).compile(sgd(), mse())
 *     .fit(vector(1, 2), vector(2, 4), epochs(9).callbacks(onEpochEnd(run -> { if (run.epoch() == 3) run.stop("enough"); })))
 *     .epochs().size()  // 3
 * }</pre>
 *
 * @hidden
 */
@Internal
public final class LambdaCallback implements Callback {
  private final Moment moment;
  private final Consumer<Run> listener;

  private enum Moment {
    EPOCH_BEGIN("onEpochBegin"),
    EPOCH_END("onEpochEnd"),
    BATCH_END("onBatchEnd");

    private final String factory;

    Moment(String factory) {
      this.factory = factory;
    }
  }

  private LambdaCallback(Moment moment, Consumer<Run> listener) {
    this.moment = moment;
    this.listener = CallbackChecks.function(moment.factory, listener);
  }

  /** Called before an epoch's first batch. */
  public static LambdaCallback onEpochBegin(Consumer<Run> listener) {
    return new LambdaCallback(Moment.EPOCH_BEGIN, listener);
  }

  /** Called after an epoch's last batch and its validation. */
  public static LambdaCallback onEpochEnd(Consumer<Run> listener) {
    return new LambdaCallback(Moment.EPOCH_END, listener);
  }

  /** Called after each batch. */
  public static LambdaCallback onBatchEnd(Consumer<Run> listener) {
    return new LambdaCallback(Moment.BATCH_END, listener);
  }

  @Override
  public String name() {
    return moment.factory;
  }

  @Override
  public boolean watchesBatches() {
    return moment == Moment.BATCH_END;
  }

  @Override
  public Watcher start(Run run) {
    Require.given(
        run, "a callback", "a run of fit", "model.fit(data, epochs(9).callbacks(…)) begins one");
    return switch (moment) {
      case EPOCH_BEGIN ->
          new Watcher() {
            @Override
            public void beginEpoch() {
              listener.accept(run);
            }
          };
      case EPOCH_END ->
          new Watcher() {
            @Override
            public void endEpoch() {
              listener.accept(run);
            }
          };
      case BATCH_END ->
          new Watcher() {
            @Override
            public void endBatch() {
              listener.accept(run);
            }
          };
    };
  }

  /** {@code onEpochEnd(…)}, without the function, which has no text. */
  @Override
  public String toString() {
    return moment.factory + "(…)";
  }
}
