package org.lossbook.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.callback.Monitor;
import org.lossbook.callback.MonitoringCallback;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.notebook.Renderable;
import org.lossbook.training.fit.FitOptions;

/**
 * A hyperparameter search: builds and trains a model for one candidate after the other, and
 * compares them by a validation figure.
 *
 * <pre>{@code
 * search(space("units", 2, 8).and("loss", mse(), huber(1.0)), s -> sequential(input(1), dense(s.integer("units")).relu(), dense(1))
 *     .compile(adam(), s.loss("loss"), mae()))
 *     .grid().seed(1).monitor("val_mae")
 *     .fit(vector(1, 2, 3, 4, 5), vector(2, 4, 6, 8, 10), epochs(2).validationSplit(0.2))
 *     .trials().size()  // 4
 * }</pre>
 *
 * <p>In a notebook, keep the search in a variable, {@code var search = search(…).random(20)},
 * before calling {@code search.fit(…)}: an interrupted cell has no value, but calling fit again
 * continues.
 *
 * <p>The calls that refine a search return a changed copy without results; {@link #fit fit} adds
 * them. Of all models only the best stays open. Do not choose settings by test data: keep some that
 * the search never sees.
 *
 * <p>Random search: Bergstra and Bengio, 2012; successive halving: Jamieson and Talwalkar,
 * Non-stochastic Best Arm Identification and Hyperparameter Optimization, 2016.
 */
public final class Search extends MonitoringCallback<Search> implements Renderable {
  private static final String NAME = "search";

  private Space space;
  private Function<Candidate, Model> builder;
  private Strategy strategy = new Strategy.Random(10);
  private OptionalLong seed = OptionalLong.empty();
  private boolean quiet;

  private SearchProgress progress;
  private Started started = Started.NOTHING;
  private ReentrantLock lock = new ReentrantLock();

  /** A started search, and its data and options as text. */
  private record Started(Optional<SearchState> state, Objective objective, String terms) {
    static final Started NOTHING =
        new Started(Optional.empty(), new Objective(Monitor.of(NAME, "val_loss")), "");
  }

  private Search() {
    super(Monitor.of(NAME, "val_loss"));
  }

  /**
   * A search of ten random candidates.
   *
   * @param space the settings and their values
   * @param builder makes a new compiled model for a candidate
   */
  public static Search search(Space space, Function<Candidate, Model> builder) {
    if (space == null || builder == null) {
      throw new IllegalArgumentException(
          "search expects a space and a function that builds a model but receives null: try search(space(\"units\", 16, 64), s -> sequential(…).compile(…)).");
    }
    return new Search()
        .with(
            copy -> {
              copy.space = space;
              copy.builder = builder;
            });
  }

  /** Grid search: tries every combination; intervals need {@link Interval#steps steps}. */
  public Search grid() {
    space.grid(); // fails now if it is infinite
    return with(copy -> copy.strategy = new Strategy.Grid());
  }

  /** Random search: tries so many random combinations. */
  public Search random(int trials) {
    return with(copy -> copy.strategy = new Strategy.Random(trials));
  }

  /**
   * Successive halving: trains so many random combinations, first for a few epochs; the better half
   * continues for twice as many, and so on, so that the best are trained for all epochs given to
   * fit. Models continue from where they were; callbacks start afresh in each round.
   */
  public Search halving(int trials) {
    return halving(trials, 2);
  }

  /** The same, but one in {@code factor} continues, for {@code factor} times the epochs. */
  public Search halving(int trials, int factor) {
    return with(copy -> copy.strategy = new Strategy.Halving(trials, factor));
  }

  /** Makes the search reproducible: which candidates are drawn, and how each is trained. */
  public Search seed(long value) {
    return with(copy -> copy.seed = OptionalLong.of(value));
  }

  /** Drops trials made with other settings. */
  @Override
  protected void beginAnew() {
    started = Started.NOTHING;
    lock = new ReentrantLock();
  }

  /** Turns the display off. */
  public Search quiet() {
    return with(copy -> copy.quiet = true);
  }

  /**
   * Runs the search: trains one model after the other. It continues after an interrupted call;
   * after a finished one it does nothing. A failed trial, whose loss became NaN or whose model
   * cannot be built, is a row of the table.
   *
   * @param options the options of every trial; without a seed they have that of the search
   * @return the result, also available as {@link #found()}
   * @throws IllegalArgumentException if different losses would be compared by the loss, or the
   *     figure to compare by is not measured
   * @throws InterruptedTraining if the thread was interrupted; it stops within a batch, and
   *     finished trials are kept
   */
  public SearchResult fit(Dataset data, FitOptions options) {
    if (!lock.tryLock()) {
      throw new IllegalStateException(
          "search expects one call at a time but its fit is running in another thread: wait for it.");
    }
    try {
      begin(data, options);
      return resume(data);
    } catch (Candidate.Mistake | Objective.Mistake e) {
      throw asPublic(e);
    } finally {
      lock.unlock();
    }
  }

  /** The same error as a public exception type. */
  private static IllegalArgumentException asPublic(IllegalArgumentException mistake) {
    var error = new IllegalArgumentException(mistake.getMessage());
    error.setStackTrace(mistake.getStackTrace());
    return error;
  }

  /** The same from arrays. */
  public SearchResult fit(Object x, Object y, FitOptions options) {
    return fit(Dataset.of(x, y), options);
  }

  private void begin(Dataset data, FitOptions options) {
    if (data == null || options == null) {
      throw new IllegalArgumentException(
          "search expects data and options to fit but receives null: try search.fit(data.train(), epochs(5).validation(data.test())).");
    }
    String terms = Messages.of("%d samples, %s", data.size(), options);
    if (started.state().isPresent()) {
      if (!started.terms().equals(terms)) {
        throw Messages.wrong(
            "search expects the data and options it started with, %s, but receives %s: trials would not be comparable; make a new search.",
            started.terms(), terms);
      }
      return;
    }
    var objective = new Objective(monitor());
    objective.check(space);
    long all = seed.orElseGet(() -> new SplittableRandom().nextLong());
    FitOptions each = options.seed().isPresent() ? options : options.seed(all);
    var candidates = strategy.candidates(space, all);
    progress = new SearchProgress(objective, quiet || options.isQuiet());
    var state =
        new SearchState(
            candidates,
            strategy.rounds(candidates.size(), options.epochs()),
            builder,
            objective,
            each.silent(),
            progress);
    started = new Started(Optional.of(state), objective, terms);
  }

  private SearchResult resume(Dataset data) {
    SearchState state = started.state().orElseThrow();
    if (state.isDone()) {
      return found();
    }
    progress.begin(state);
    boolean wholly = false;
    try {
      state.run(data);
      wholly = true;
    } catch (InterruptedTraining e) {
      var place = state.place();
      throw new InterruptedTraining(
          Messages.of(
              "search was interrupted in trial %d of %d%s: finished trials are kept, found() shows them, and fit with the same data continues from there.",
              place.done() + 1,
              place.trials(),
              place.rounds() == 1
                  ? ""
                  : Messages.of(" of round %d of %d", place.round(), place.rounds())));
    } catch (Candidate.Mistake | Objective.Mistake e) {
      state.close();
      started = Started.NOTHING;
      throw e;
    } finally {
      progress.end(state, wholly);
    }
    return found();
  }

  /** The result so far, after an interrupt too. */
  public SearchResult found() {
    Started now = started;
    String status =
        now.state()
            .filter(state -> !state.isDone())
            .map(SearchState::place)
            .map(
                place ->
                    Messages.of(
                        "interrupted after %d of %d trials%s: call fit to continue",
                        place.done(),
                        place.trials(),
                        place.rounds() == 1 ? "" : " of round " + place.round()))
            .orElse("");
    return new SearchResult(
        now.state().map(SearchState::trials).orElse(List.of()),
        space,
        monitor().figure(),
        now.objective().isRising(),
        now.state().flatMap(SearchState::bestModel),
        status);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return found().mimeBundle();
  }

  /** {@code search(units: 16, 64).random(20).seed(1).monitor("val_mae")}. */
  @Override
  public String toString() {
    return "search("
        + space
        + ")."
        + strategy
        + (seed.isEmpty() ? "" : ".seed(" + seed.getAsLong() + ")")
        + monitor().code("val_loss", 0)
        + (quiet ? ".quiet()" : "");
  }
}
