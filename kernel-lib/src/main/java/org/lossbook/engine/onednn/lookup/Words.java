package org.lossbook.engine.onednn.lookup;

import java.util.Locale;
import org.lossbook.engine.UnknownWord;

/** The words of a vocabulary, as the whole numbers from 0 on, which stand in a batch as floats. */
final class Words {
  /** Up to here a float holds every whole number. */
  static final int MOST = 1 << 24;

  private final int count;
  private final int width;
  private final int positions;

  /**
   * @param positions the words of each sample
   */
  Words(int count, int width, int positions) {
    if (count > MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "embedding(%d, %d) expects at most %,d words, because inputs are floats, which hold every whole number only up to there: give the rarest words one number together.",
              count,
              width,
              MOST));
    }
    this.count = count;
    this.width = width;
    this.positions = positions;
  }

  /** The numbers of a batch's words. */
  void numbers(float[] given, int[] into) {
    for (int place = 0; place < given.length; place++) {
      int number = (int) given[place];
      if (number != given[place] || number < 0 || number >= count) {
        throw refusal(given[place], place);
      }
      into[place] = number;
    }
  }

  private UnknownWord refusal(float given, int place) {
    boolean isWhole = given == (int) given;
    String what =
        String.format(
            Locale.ROOT,
            "embedding(%d, %d) expects words as whole numbers from 0 to %d but receives %s at position %d",
            count,
            width,
            count - 1,
            isWhole ? String.valueOf((int) given) : String.valueOf(given),
            place % positions);
    return new UnknownWord(
        what,
        place / positions,
        isWhole && given >= 0 && given < MOST
            ? "take a vocabulary of " + (1 + (int) given) + " words or more"
            : "number the words from 0");
  }
}
