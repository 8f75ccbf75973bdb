package org.lossbook.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.callback.Monitor;
import org.lossbook.callback.MonitoringCallback;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.notebook.Renderable;
import org.lossbook.training.fit.FitOptions;

/**
 * A search for good settings: a model is built and trained for one candidate after the other, and
 * compared by a figure of its validation.
 *
 * <pre>{@code
 * search(space("units", 2, 8).and("loss", mse(), huber(1.0)), s -> sequential(input(1), dense(s.integer("units")).relu(), dense(1))
 *     .compile(adam(), s.loss("loss"), mae()))
 *     .grid().seed(1).monitor("val_mae")
 *     .fit(vector(1, 2, 3, 4, 5), vector(2, 4, 6, 8, 10), epochs(2).validationSplit(0.2))
 *     .trials().size()  // 4
 * }</pre>
 *
 * <p>In a notebook the search is better kept in a variable, {@code var search =
 * search(…).random(20)}, before {@code search.fit(…)} is called: an interrupted cell has no value,
 * and calling it again goes on.
 *
 * <p>The calls that refine a search give a changed copy that has found nothing yet; {@link #fit
 * fit} gives it what it finds. Of all models only the best stays open. Test data should not choose
 * the settings: keep some that the search never sees.
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

  /** What a call of fit has begun, and with what. */
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
   * @param space what may be tried
   * @param builder from a candidate to a compiled model, a new one each time
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

  /** Tries every combination; an interval has to say its {@link Interval#steps steps}. */
  public Search grid() {
    space.grid(); // one that is not finite says so now
    return with(copy -> copy.strategy = new Strategy.Grid());
  }

  /** Tries so many combinations that are drawn. */
  public Search random(int trials) {
    return with(copy -> copy.strategy = new Strategy.Random(trials));
  }

  /**
   * Tries so many combinations that are drawn, at first for a few epochs; the better half goes on
   * for twice as many, and so on, so that the best are trained for all the epochs that fit is
   * given. Models go on from where they were; callbacks begin anew in each round.
   */
  public Search halving(int trials) {
    return halving(trials, 2);
  }

  /** The same where one in {@code factor} goes on, for {@code factor} times the epochs. */
  public Search halving(int trials, int factor) {
    return with(copy -> copy.strategy = new Strategy.Halving(trials, factor));
  }

  /** Makes the search repeatable: what is drawn, and how each trial is trained. */
  public Search seed(long value) {
    return with(copy -> copy.seed = OptionalLong.of(value));
  }

  /** What was tried with other settings is not this search's. */
  @Override
  protected void beginAnew() {
    started = Started.NOTHING;
    lock = new ReentrantLock();
  }

  /** Without a display. */
  public Search quiet() {
    return with(copy -> copy.quiet = true);
  }

  /**
   * Trains one model after the other. Where an earlier call was interrupted it goes on; after one
   * that came to its end it does nothing. A trial that fails, be it that its loss is no number any
   * more or that its model cannot be built, is a row of the table.
   *
   * @param options of every trial; without a seed of their own all have that of the search
   * @return what it has found, which {@link #found()} gives too
   * @throws IllegalArgumentException if losses would be compared by themselves, or nothing measures
   *     the figure to compare by
   * @throws InterruptedTraining if the thread was interrupted, within a batch: what was done is
   *     kept
   */
  public SearchResult fit(Dataset data, FitOptions options) {
    if (!lock.tryLock()) {
      throw new IllegalStateException(
          "search expects one call at a time but its fit is running in another thread: wait for it.");
    }
    try {
      begin(data, options);
      return goOn(data);
    } catch (Candidate.Mistake | Objective.Mistake e) {
      throw forReaders(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same error from the same place under a name that means something outside of this package.
   */
  private static IllegalArgumentException forReaders(IllegalArgumentException mistake) {
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
    String terms = "%d samples, %s".formatted(data.size(), options);
    if (started.state().isPresent()) {
      if (!started.terms().equals(terms)) {
        throw new IllegalArgumentException(
            "search expects the data and options it started with, %s, but receives %s: trials would not be comparable; make a new search."
                .formatted(started.terms(), terms));
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

  private SearchResult goOn(Dataset data) {
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
          "search was interrupted in trial %d of %d%s: finished trials are kept, found() shows them, and fit with the same data continues from there."
              .formatted(
                  place.done() + 1,
                  place.trials(),
                  place.rounds() == 1
                      ? ""
                      : " of round %d of %d".formatted(place.round(), place.rounds())));
    } catch (Candidate.Mistake | Objective.Mistake e) {
      state.close();
      started = Started.NOTHING;
      throw e;
    } finally {
      progress.end(state, wholly);
    }
    return found();
  }

  /** What was found so far, after an interrupt too. */
  public SearchResult found() {
    Started now = started;
    String status =
        now.state()
            .filter(state -> !state.isDone())
            .map(SearchState::place)
            .map(
                place ->
                    "interrupted after %d of %d trials%s: fit goes on"
                        .formatted(
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
