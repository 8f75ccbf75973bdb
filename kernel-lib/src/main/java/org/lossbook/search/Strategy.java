package org.lossbook.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lossbook.base.Messages;

/** A search strategy: which candidates are tried, and how long each is trained. */
sealed interface Strategy {
  /** The candidates, in order. */
  List<Candidate> candidates(Space space, long seed);

  /**
   * The rounds; grid and random search have one.
   *
   * @param epochs how many the best are trained for in total
   */
  default List<Round> rounds(int candidates, int epochs) {
    return List.of(new Round(epochs, 1));
  }

  /**
   * One round: trains all remaining candidates, and keeps the best.
   *
   * @param epochs in total, those of earlier rounds included
   * @param left how many remain after it
   */
  record Round(int epochs, int left) {}

  /** Grid search: every combination. */
  record Grid() implements Strategy {
    @Override
    public List<Candidate> candidates(Space space, long seed) {
      return space.grid();
    }

    @Override
    public String toString() {
      return "grid()";
    }
  }

  /** Random search: so many random combinations. */
  record Random(int trials) implements Strategy {
    public Random {
      atLeast("random", trials, 1);
      atMost("random", trials);
    }

    @Override
    public List<Candidate> candidates(Space space, long seed) {
      return space.drawn(trials, seed);
    }

    @Override
    public String toString() {
      return "random(" + trials + ")";
    }
  }

  /**
   * Successive halving: after each round one in {@code factor} continues, with {@code factor} times
   * the epochs, so that each round costs the same.
   */
  record Halving(int trials, int factor) implements Strategy {
    public Halving {
      atLeast("halving", trials, 2);
      atMost("halving", trials);
      atLeast("halving's factor", factor, 2);
    }

    @Override
    public List<Candidate> candidates(Space space, long seed) {
      return space.drawn(trials, seed);
    }

    @Override
    public List<Round> rounds(int candidates, int epochs) {
      int last = 0;
      for (long power = factor; power <= Math.min(candidates, epochs); power *= factor) {
        last++;
      }
      List<Round> rounds = new ArrayList<>();
      for (int k = 0; k <= last; k++) {
        int share = (int) Math.round(epochs / Math.pow(factor, last - k));
        int left = k == last ? 1 : (int) (candidates / Math.pow(factor, k + 1));
        rounds.add(new Round(share, Math.max(1, left)));
      }
      return rounds;
    }

    @Override
    public String toString() {
      return "halving(" + trials + (factor == 2 ? "" : ", " + factor) + ")";
    }
  }

  private static void atMost(String who, int trials) {
    if (trials > Space.MOST_CANDIDATES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s expects at most %,d trials but receives %,d: 20 is a good first choice.",
              who,
              Space.MOST_CANDIDATES,
              trials));
    }
  }

  private static void atLeast(String who, int value, int least) {
    if (value < least) {
      throw Messages.wrong("%s expects %d or more but receives %d.", who, least, value);
    }
  }
}
