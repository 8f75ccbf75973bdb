package org.lossbook.data.table;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lossbook.data.table.Fault.Find;
import org.lossbook.data.table.NumberStyle.Look;

/**
 * One column of a file. A first reading of the file finds out what it holds, a second one fills it.
 */
final class CsvColumn {
  private static final List<Set<String>> TRUTHS =
      List.of(Set.of("true", "false"), Set.of("t", "f"), Set.of("y", "n"));

  private final String name;
  private final boolean keepsText;
  private final NumberStyle style;
  private final NumberSurvey numbers;
  private final DateSurvey dates;
  private final Set<String> flags = new HashSet<>(); // while all are truths
  private boolean allFlags = true;
  private Optional<Find> marker = Optional.empty();

  CsvColumn(String name, CsvFormat format, NumberStyle style, char separator) {
    this.name = name;
    this.style = style;
    keepsText = format.texts().stream().anyMatch(name::equalsIgnoreCase);
    // Where a comma separates, a person who means a decimal one notices.
    numbers = new NumberSurvey(style, separator == ',' && !format.hasDecimalComma());
    dates = new DateSurvey(format.dates());
  }

  String name() {
    return name;
  }

  /** The first reading: takes a cell in that is not missing, without spaces around it. */
  void see(String cell, int line) {
    if (keepsText) {
      return;
    }
    Look look = numbers.see(cell, line);
    if (look == Look.MARKER) {
      marker = marker.or(() -> Optional.of(new Find(line, cell)));
      return;
    }
    dates.see(cell, line, look != Look.TEXT && look != Look.MISTAKEN);
    if (allFlags) {
      allFlags = look == Look.TEXT && cell.length() <= 5;
      flags.add(allFlags ? cell.toLowerCase(Locale.ROOT) : "");
      allFlags &= TRUTHS.stream().anyMatch(words -> words.containsAll(flags));
    }
  }

  private boolean isFlags() {
    boolean letters = flags.stream().anyMatch(word -> word.length() == 1);
    return allFlags && !flags.isEmpty() && (!letters || flags.size() == 2);
  }

  /** What makes it unclear how the column is meant. */
  Optional<Fault> fault() {
    if (keepsText) {
      return Optional.empty();
    }
    var fault =
        dates.fault(name).or(() -> dates.isDates() ? Optional.empty() : numbers.fault(name));
    String kind = dates.isDates() ? "a date" : isFlags() ? "true or false" : "";
    return fault.or(
        () ->
            marker.filter(any -> !kind.isEmpty()).map(one -> NumberSurvey.marker(name, one, kind)));
  }

  /** The column of so many rows, where there is no {@link #fault}; a second reading fills it. */
  ColumnFiller filler(int rows) {
    if (keepsText) {
      return ColumnFiller.texts(name);
    }
    if (dates.isDates()) {
      return ColumnFiller.dates(name, dates.first(), dates.reading());
    }
    if (numbers.isNumbers()) {
      return ColumnFiller.numbers(name, rows, style, numbers.size());
    }
    return isFlags() ? ColumnFiller.flags(name) : ColumnFiller.texts(name);
  }

  /** The least that a row of it takes in memory. */
  int bytes() {
    return numbers.isNumbers() && !keepsText && !dates.isDates()
        ? numbers.size() == NumberSurvey.Size.INT ? Integer.BYTES : Double.BYTES
        : 1;
  }
}
