package org.lossbook.data.view;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.base.Messages;

/**
 * The texts of samples that are texts, or have some among their values. Such a value holds numbers,
 * each of which is the place of a text in a table.
 *
 * @param table the texts
 * @param isText of each value of a sample whether it holds texts
 */
public record SampleTexts(List<String> table, List<Boolean> isText) {
  /** The most texts: to here a float holds every whole number. */
  public static final int MOST = 1 << 24;

  /** Copies the lists, and refuses more texts than numbers can tell apart. */
  public SampleTexts {
    table = List.copyOf(table);
    isText = List.copyOf(isText);
    if (table.size() > MOST) {
      throw Messages.wrong(
          "A dataset expects at most %,d texts but receives %,d: train on parts of them, one after the other.",
          MOST, table.size());
    }
  }

  /** These texts with others behind them. */
  SampleTexts and(SampleTexts others) {
    List<String> all = new ArrayList<>(table);
    all.addAll(others.table);
    return new SampleTexts(all, isText);
  }
}
