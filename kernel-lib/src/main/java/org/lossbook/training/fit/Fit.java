package org.lossbook.training.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.callback.CallbackException;
import org.lossbook.callback.History;
import org.lossbook.callback.Run;
import org.lossbook.data.Dataset;
import org.lossbook.notebook.InterruptedWork;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.MetricException;
import org.lossbook.training.NanDiagnosis;
import org.lossbook.training.OutputHead;
import org.lossbook.training.RunningMetrics;
import org.lossbook.training.TrainingPlan;

/**
 * One run of fit: epochs of batches, validation, and the history.
 *
 * @hidden
 */
@Internal
public final class Fit {
  /**
   * What a run needs of the model that it trains.
   *
   * @hidden
   */
  @Internal
  public interface Host {
    /** Runs an action that may read the model between two steps. */
    void lend(Runnable action);

    /** Called after each epoch, or part of one. */
    void trained();

    /** Saves the model to a file. */
    void save(String name);
  }

  private final Host host;
  private final CompiledModel compiled;
  private final Feed feed;
  private final Optional<Dataset> validation;
  private final FitOptions options;
  private final Progress progress;
  private final RunningMetrics running;
  private final Callbacks callbacks;
  private final double firstRate;
  private final List<History.Epoch> epochs = new ArrayList<>();
  private Optional<String> stopped = Optional.empty();
  private boolean interrupted;
  private boolean broken;
  private int done;
  private Optional<MetricException> failedMetric = Optional.empty();

  /**
   * A run on checked data.
   *
   * @param feed the source of its batches
   * @param progress its display
   * @param host the model that is trained
   */
  public Fit(
      CompiledModel compiled,
      Feed feed,
      Optional<Dataset> validation,
      FitOptions options,
      Progress progress,
      Host host) {
    this.host = host;
    this.compiled = compiled;
    this.feed = feed;
    this.validation = validation;
    this.options = options;
    this.progress = progress;
    running = compiled.runningMetrics();
    firstRate = compiled.update().updater().learningRate();
    try {
      var view =
          new RunView(
              compiled, options.epochs(), feed::expected, running, validation.isPresent(), host);
      callbacks = new Callbacks(options.callbacks(), view, host::lend);
    } catch (MetricException.Thrown e) {
      throw e.at("before the first epoch", "fit did not begin; correct the metric.");
    }
  }

  /** The history so far, a stopped epoch included. */
  public History history() {
    return new History(epochs.stream().map(this::shown).toList(), stopped, notes(), broken);
  }

  private List<String> notes() {
    Optional<String> nothing =
        options.initialEpoch() < options.epochs()
            ? Optional.empty()
            : Optional.of(
                Messages.of(
                    "initialEpoch: %d epochs are done of the %d in this run, so none is" + " left",
                    options.initialEpoch(), options.epochs()));
    return Stream.of(nothing.stream(), feed.note().stream(), callbacks.notes().stream())
        .flatMap(each -> each)
        .toList();
  }

  /** The epoch without the learning rate, if that is constant. */
  private History.Epoch shown(History.Epoch epoch) {
    boolean moves =
        callbacks.moveLearningRate()
            || epochs.stream().anyMatch(e -> e.figures().get(Run.LEARNING_RATE) != firstRate);
    if (moves) {
      return epoch;
    }
    Map<String, Double> figures = new LinkedHashMap<>(epoch.figures());
    figures.remove(Run.LEARNING_RATE);
    return new History.Epoch(
        epoch.number(), figures, epoch.batches(), epoch.allBatches(), epoch.seconds());
  }

  /** The callbacks' states, for a run that continues this one. */
  public List<CallbackMemory> memories() {
    return callbacks.memories();
  }

  /**
   * Starts the callbacks.
   *
   * @param before the callbacks' states from the previous run
   * @throws IllegalArgumentException if one cannot work on this run
   */
  public void begin(List<CallbackMemory> before) {
    callbacks.begin(before);
  }

  /**
   * Trains.
   *
   * @param seed the seed of shuffling and dropout
   * @param before how many epochs the model was trained for in earlier runs; seeds continue from
   *     them, so that two runs of one epoch equal one run of two
   * @throws InterruptedTraining if the thread was interrupted
   * @throws CallbackException if a callback threw
   */
  public void run(long seed, int before) {
    try {
      progress.begin(options.initialEpoch(), options.epochs(), feed.expected());
      try (feed) {
        feed.open();
        epochs(seed, Math.max(0, before - options.initialEpoch()));
      }
      if (!isAborted()) {
        compiled.takeAverages();
        callbacks.end();
      }
    } finally {
      progress.end(closing());
    }
    if (interrupted) {
      throw new InterruptedTraining(stopped.orElseThrow());
    }
    failedMetric.ifPresent(
        e -> {
          throw e;
        });
    callbacks.rethrow();
  }

  /** Whether the run ends with an exception. */
  private boolean isAborted() {
    return interrupted || failedMetric.isPresent() || callbacks.haveFailed();
  }

  /** The notice about how the run ended, unless an exception says it. */
  private Optional<String> closing() {
    if (isAborted()) {
      return Optional.empty();
    }
    if (options.isQuiet()) {
      return stopped.filter(reason -> broken && !options.isSilent());
    }
    return Stream.concat(stopped.stream(), notes().stream())
        .reduce((one, next) -> one + "; " + next);
  }

  /** Stops the run if a callback requested it, and ends it if one threw. */
  private void applyStopRequests(int epoch, int done) {
    if (stopped.isEmpty()) {
      if (callbacks.wereInterrupted()) {
        interrupt(epoch, done);
      } else {
        stopped = callbacks.stopped();
      }
    }
  }

  /**
   * @param before how many epochs the model was trained for before this run
   */
  private void epochs(long seed, int before) {
    var evaluator =
        validation.map(
            held ->
                new ModelEvaluator(
                    compiled.sizedFor("validation", held.sampleShapes()), "validation"));
    for (int epochsBefore = options.initialEpoch();
        epochsBefore < options.epochs() && stopped.isEmpty();
        epochsBefore++) {
      int epoch = epochsBefore + 1;
      feed.beginEpoch(seed + 0x9E3779B97F4A7C15L * (before + epoch));
      for (OutputHead head : compiled.heads()) {
        head.settings().beginEpoch(before + epoch - 1);
      }
      try {
        epoch(epoch, evaluator);
      } catch (MetricException.Thrown e) {
        failed(e, epoch);
      }
    }
  }

  private void failed(MetricException.Thrown thrown, int epoch) {
    String where =
        Messages.of(
            "in epoch %d of %d after %,d of %,d batches",
            epoch, options.epochs(), done, feed.steps());
    MetricException failure =
        thrown.at(
            where,
            "fit stopped there, the weights are kept and model.history() holds the run so far;"
                + " correct the metric, compile with it and call fit again.");
    failedMetric = Optional.of(failure);
    stopped = Optional.of(failure.getMessage());
    host.trained();
  }

  private void epoch(int number, Optional<ModelEvaluator> evaluator) {
    long start = System.nanoTime();
    running.reset();
    int batches = feed.steps();
    done = 0;
    OptionalDouble badLoss = OptionalDouble.empty();
    callbacks.beginEpoch(number);
    applyStopRequests(number, 0);
    while ((batches == 0 || done < batches) && stopped.isEmpty()) {
      if (Thread.currentThread().isInterrupted()) {
        interrupt(number, done);
        break;
      }
      TrainingPlan plan = feed.next();
      if (plan == null) {
        batches = done; // known from here on
        break;
      }
      double loss;
      try {
        loss = plan.run();
      } catch (InterruptedWork e) { // from a loss that takes long over one batch
        interrupt(number, done);
        break;
      }
      if (Double.isFinite(loss)) {
        done++;
        plan.addTo(running);
        progress.batch(number, done, feed.expected(), running);
        if (callbacks.watchBatches()) {
          callbacks.endBatch(number, done);
          applyStopRequests(number, done);
        }
      } else {
        broken = true;
        badLoss = OptionalDouble.of(loss);
        stopped = Optional.of(new NanDiagnosis(compiled).message(number, done + 1, loss, plan));
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    if (done > 0) {
      figures.putAll(running.figures());
      compiled.addSettings(figures);
    }
    if (stopped.isEmpty() && evaluator.isPresent() && number % options.validationFrequency() == 0) {
      figures = validated(number, done, figures, evaluator.get());
    }
    double rate = compiled.update().updater().learningRate();
    if (stopped.isPresent() && !isAborted() && (done > 0 || broken)) {
      var partial = new LinkedHashMap<>(figures);
      badLoss.ifPresent(loss -> partial.put("loss", loss));
      partial.put(Run.LEARNING_RATE, rate);
      callbacks.endPartialEpoch(number, done, partial);
    }
    if (!figures.isEmpty()) {
      host.trained();
      figures.put(Run.LEARNING_RATE, rate);
      if (stopped.isEmpty()) {
        callbacks.endEpoch(number, done, figures);
        applyStopRequests(number, done);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      epochs.add(new History.Epoch(number, figures, done, batches, seconds));
      if (!interrupted) {
        progress.epoch(
            shown(epochs.get(epochs.size() - 1)),
            running,
            number == options.epochs() || stopped.isPresent());
      }
    }
  }

  private Map<String, Double> validated(
      int number, int done, Map<String, Double> figures, ModelEvaluator evaluator) {
    try {
      var all = new LinkedHashMap<>(figures);
      evaluator
          .figures(validation.orElseThrow())
          .forEach((name, value) -> all.put("val_" + name, value));
      return all;
    } catch (InterruptedTraining e) {
      interrupt(number, done);
      return figures;
    }
  }

  private void interrupt(int epoch, int done) {
    interrupted = true;
    stopped =
        Optional.of(
            Messages.of(
                "fit was interrupted in epoch %d of %d after %s: the weights are kept,"
                    + " model.history() holds the run so far, and calling fit again continues from there.",
                epoch, options.epochs(), Messages.batches(done, feed.steps())));
  }
}
