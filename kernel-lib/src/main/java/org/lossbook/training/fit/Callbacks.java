package org.lossbook.training.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.callback.Callback;
import org.lossbook.callback.CallbackException;
import org.lossbook.callback.Checkpoint;
import org.lossbook.training.MetricException;

/**
 * The callbacks of one run of fit, called in order. One that throws ends the run: its exception is
 * kept until the run has cleaned up.
 */
final class Callbacks {
  private final RunView view;
  private final List<Callback> callbacks;
  private final Consumer<Runnable> between;
  private final boolean watchBatches;
  private List<Watching> watching = List.of();
  private List<Watching> watchingBatches = List.of();
  private List<Watching> saving = List.of();
  private List<Watching> others = List.of();
  private Optional<Throwable> failure = Optional.empty();

  private record Watching(Callback callback, Callback.Watcher watcher) {}

  /**
   * @param between runs an action that may read the model between two steps
   */
  Callbacks(List<Callback> callbacks, RunView view, Consumer<Runnable> between) {
    this.callbacks = callbacks;
    this.view = view;
    this.between = between;
    watchBatches = callbacks.stream().anyMatch(Callback::watchesBatches);
  }

  /**
   * Calls them before the first step.
   *
   * @param before the callbacks' states from the previous run; the same callbacks continue from
   *     there
   * @throws IllegalArgumentException if a callback cannot work on this run
   */
  void begin(List<CallbackMemory> before) {
    watching = callbacks.stream().map(this::started).toList();
    List<CallbackMemory> left = new ArrayList<>(before);
    for (Watching each : watching) {
      String written = each.callback().toString();
      left.stream()
          .filter(memory -> memory.callback().equals(written))
          .findFirst()
          .ifPresent(
              memory -> {
                left.remove(memory);
                each.watcher().resume(memory.memory());
              });
    }
    saving = watching.stream().filter(each -> each.callback() instanceof Checkpoint).toList();
    others = watching.stream().filter(each -> !(each.callback() instanceof Checkpoint)).toList();
    watchingBatches = watching.stream().filter(each -> each.callback().watchesBatches()).toList();
  }

  private Watching started(Callback callback) {
    view.setCaller(callback.name());
    if (callback.movesLearningRate() && view.isScheduled()) {
      throw Messages.wrong(
          "%s expects a learning rate that is a number but the optimizer's follows a schedule:"
              + " use one or the other.",
          callback.name());
    }
    try {
      return new Watching(callback, callback.start(view));
    } catch (IllegalArgumentException e) {
      throw e; // its message is meant for the reader
    } catch (RuntimeException e) {
      throw failed(callback, e);
    }
  }

  void beginEpoch(int epoch) {
    view.at(epoch, 0);
    tell(watching, Callback.Watcher::beginEpoch);
  }

  /** Whether any of them listens to batches; otherwise a batch costs nothing. */
  boolean watchBatches() {
    return watchBatches;
  }

  void endBatch(int epoch, int done) {
    view.at(epoch, done);
    tell(watchingBatches, Callback.Watcher::endBatch);
  }

  void endEpoch(int epoch, int done, Map<String, Double> figures) {
    view.at(epoch, done);
    view.ended(figures);
    // A saved file holds the state of all of them.
    tell(others, Callback.Watcher::endEpoch);
    tell(saving, Callback.Watcher::endEpoch);
  }

  /**
   * Calls them after a stopped epoch, unless an interrupt or an exception of a callback stopped it.
   */
  void endPartialEpoch(int epoch, int done, Map<String, Double> figures) {
    view.at(epoch, done);
    view.ended(figures);
    tell(watching, Callback.Watcher::endPartialEpoch);
  }

  /** Calls them after the run, unless an interrupt or an exception of a callback ended it. */
  void end() {
    view.over();
    tell(watching, Callback.Watcher::end);
  }

  /**
   * Their states, for a run that continues this one; none if one of them ended the run, so that the
   * next one starts afresh.
   */
  List<CallbackMemory> memories() {
    if (view.stopped().isPresent()) {
      return List.of();
    }
    return watching.stream()
        .map(
            each -> new CallbackMemory(each.callback().toString(), finite(each.watcher().memory())))
        .filter(memory -> !memory.memory().isEmpty())
        .toList();
  }

  /** Without infinite numbers, which a file cannot hold; missing ones have their initial value. */
  private static Map<String, Double> finite(Map<String, Double> memory) {
    Map<String, Double> finite = new LinkedHashMap<>(memory);
    finite.values().removeIf(value -> !Double.isFinite(value));
    return finite;
  }

  private void tell(List<Watching> those, Consumer<Callback.Watcher> what) {
    for (Watching each : those) {
      if (failure.isPresent()) {
        return;
      }
      view.setCaller(each.callback().name());
      try {
        between.accept(() -> what.accept(each.watcher()));
      } catch (MetricException.Thrown e) {
        throw e; // the callback read the figures of a metric that fails
      } catch (InterruptedTraining e) {
        failure = Optional.of(e);
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        failure = Optional.of(failed(each.callback(), e));
      } catch (Error e) {
        failure = Optional.of(e); // such as the one with which a kernel ends a cell
      }
    }
  }

  private CallbackException failed(Callback callback, Throwable thrown) {
    String said = thrown.getMessage() == null ? "no message" : thrown.getMessage();
    return new CallbackException(
        Messages.of(
            "%s failed %s with %s (%s): fit stopped there, the weights are kept and model.history()"
                + " holds the run so far; fix the callback and call fit again.",
            callback.name(), view.place(), thrown.getClass().getSimpleName(), said),
        thrown);
  }

  /** Whether any may change the learning rate, which then belongs to the history. */
  boolean moveLearningRate() {
    return callbacks.stream().anyMatch(Callback::movesLearningRate);
  }

  /** Why the run must end, if one of them requested it or threw. */
  Optional<String> stopped() {
    return failure
        .map(thrown -> thrown.getMessage() == null ? thrown.toString() : thrown.getMessage())
        .or(view::stopped);
  }

  /** The messages of the callbacks. */
  List<String> notes() {
    return view.notes();
  }

  /** Whether a call of the model inside a callback was interrupted. */
  boolean wereInterrupted() {
    return failure.filter(InterruptedTraining.class::isInstance).isPresent();
  }

  boolean haveFailed() {
    return failure.isPresent();
  }

  /** Rethrows the exception of a callback, if any. */
  void rethrow() {
    if (failure.isPresent()) {
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    }
  }
}
