package org.lossbook.search;

import java.util.Optional;
import org.lossbook.notebook.Screen;

/** The live display of a search: at most four pictures a second, and a still one that stays. */
final class SearchProgress {
  private static final long BETWEEN_NANOS = 250_000_000;

  private final Objective yardstick;
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
   * @param done trials of this round that have been through it
   * @param trials of this round
   */
  record Place(int round, int rounds, int done, int trials) {}

  SearchProgress(Objective yardstick, boolean quiet) {
    this.yardstick = yardstick;
    this.quiet = quiet;
  }

  void begin(SearchState contest) {
    start = System.nanoTime();
    next = start + BETWEEN_NANOS;
    before = contest.place().done();
    if (!quiet) {
      view = Optional.of(Screen.current().show(picture(contest)));
    }
  }

  /** A look at the clock, and a picture where it is time for one. */
  void show(SearchState contest) {
    if (!quiet && System.nanoTime() >= next) {
      view.ifPresent(v -> v.update(picture(contest)));
      next = System.nanoTime() + BETWEEN_NANOS;
    }
  }

  /** Leaves the last picture as it is. */
  void end(SearchState contest, boolean wholly) {
    view.ifPresent(
        v -> {
          if (wholly) {
            v.update(picture(contest));
          }
          v.close();
        });
    view = Optional.empty();
  }

  private SearchView picture(SearchState contest) {
    Place place = contest.place();
    double seconds = (System.nanoTime() - start) / 1e9;
    int now = place.done() - before;
    double left =
        contest.isDone()
            ? 0
            : now <= 0 || place.rounds() > 1
                ? Double.NaN
                : seconds / now * (place.trials() - place.done());
    return new SearchView(place, yardstick.figure(), contest.trials(), seconds, left);
  }
}
