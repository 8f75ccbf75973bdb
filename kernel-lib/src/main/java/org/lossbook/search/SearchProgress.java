package org.lossbook.search;

import java.util.Optional;
import org.lossbook.notebook.Screen;

/**
 * The live display of a search: at most four updates per second, and a final picture that stays.
 */
final class SearchProgress {
  private static final long BETWEEN_NANOS = 250_000_000;

  private final Objective objective;
  private final boolean quiet;
  private Optional<Screen.LiveView> view = Optional.empty();
  private long start;
  private long next;
  private int before;

  /**
   * How far the search is.
   *
   * @param round counted from 1
   * @param rounds how many there are
   * @param done how many trials of this round are done
   * @param trials how many this round has
   */
  record Place(int round, int rounds, int done, int trials) {}

  SearchProgress(Objective objective, boolean quiet) {
    this.objective = objective;
    this.quiet = quiet;
  }

  void begin(SearchState state) {
    start = System.nanoTime();
    next = start + BETWEEN_NANOS;
    before = state.place().done();
    if (!quiet) {
      view = Optional.of(Screen.current().show(picture(state)));
    }
  }

  /** Updates the display if it is time to. */
  void show(SearchState state) {
    if (!quiet && System.nanoTime() >= next) {
      view.ifPresent(v -> v.update(picture(state)));
      next = System.nanoTime() + BETWEEN_NANOS;
    }
  }

  /** Shows the final picture. */
  void end(SearchState state, boolean wholly) {
    view.ifPresent(
        v -> {
          if (wholly) {
            v.update(picture(state));
          }
          v.close();
        });
    view = Optional.empty();
  }

  private SearchView picture(SearchState state) {
    Place place = state.place();
    double seconds = (System.nanoTime() - start) / 1e9;
    int now = place.done() - before;
    double left =
        state.isDone()
            ? 0
            : now <= 0 || place.rounds() > 1
                ? Double.NaN
                : seconds / now * (place.trials() - place.done());
    return new SearchView(place, objective.figure(), state.trials(), seconds, left);
  }
}
