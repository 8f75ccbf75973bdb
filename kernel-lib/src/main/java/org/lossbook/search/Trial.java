package org.lossbook.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;

/**
 * A trial: one candidate and its result.
 *
 * @param number in the order of candidates, counted from 1
 * @param settings the settings of its model
 * @param figures those of its last epoch, or of the epoch whose weights a callback restored; empty
 *     if it failed before that
 * @param epochs how many it was trained for
 * @param seconds how long that took
 * @param failure what went wrong, if it failed
 */
public record Trial(
    int number,
    Candidate settings,
    Map<String, Double> figures,
    int epochs,
    double seconds,
    Optional<String> failure)
    implements Renderable {

  /** Copies the figures, in order. */
  public Trial {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /**
   * One of its figures.
   *
   * @throws IllegalArgumentException if there is none of that name; the message lists them
   */
  public double get(String name) {
    Require.given(name, "trial", "the name of a figure", "\"val_loss\" is one");
    Double value = figures.get(name);
    if (value == null) {
      throw Messages.wrong(
          "The trial has no %s: it has %s.",
          name, figures.isEmpty() ? "none" : String.join(", ", figures.keySet()));
    }
    return value;
  }

  /** A figure as tables show it: four decimals, or three significant digits. */
  static String text(double value) {
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= 1e-3 && size < 1e5);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3g", value);
  }

  @Override
  public Map<String, String> mimeBundle() {
    List<TextTable.Column> head =
        List.of(TextTable.Column.words("trial " + number), TextTable.Column.numbers(""));
    List<List<String>> rows = new ArrayList<>();
    settings.values().forEach((name, value) -> rows.add(List.of(name, Candidate.text(value))));
    figures.forEach((name, value) -> rows.add(List.of(name, text(value))));
    return new TextTable(failure.orElse(""), head, rows, List.of()).mimeBundle();
  }

  /** {@code trial 7: units 64, rate 0.0031; loss 0.2114, val_mae 0.3120}. */
  @Override
  public String toString() {
    var text = new StringBuilder("trial " + number + ": " + settings);
    if (failure.isPresent()) {
      return text.append("; failed: ").append(failure.get()).toString();
    }
    String mark = "; ";
    for (var figure : figures.entrySet()) {
      text.append(mark).append(figure.getKey()).append(' ').append(text(figure.getValue()));
      mark = ", ";
    }
    return text.toString();
  }
}
