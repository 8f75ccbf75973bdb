package org.lossbook.listing;

import org.lossbook.data.Split;

/**
 * How much of a listing is run: whole, as the course shows it, or briefly, with fewer digits and
 * epochs, to see that it still learns.
 *
 * @param seed of the first weights and of the order of the samples
 */
public record Run(Split digits, long seed, boolean whole) {
  private static final int TRAIN = 4_000;
  private static final int TEST = 1_000;

  /** All of it. */
  public static Run whole(Split digits, long seed) {
    return new Run(digits, seed, true);
  }

  /** The first few thousand digits. */
  public static Run brief(Split digits, long seed) {
    var few = new Split(digits.name(), digits.train().take(TRAIN), digits.test().take(TEST));
    return new Run(few, seed, false);
  }

  /** What differs between the two: epochs, or what is reached by then. */
  int either(int whole, int brief) {
    return this.whole ? whole : brief;
  }

  /** The same for bounds. */
  double either(double whole, double brief) {
    return this.whole ? whole : brief;
  }
}
