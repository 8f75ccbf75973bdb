package org.lossbook.data.table;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lossbook.data.table.CsvError.Occurrence;
import org.lossbook.data.table.NumberSyntax.CellKind;

/** A column of a CSV file. A first pass over the file detects its type, a second one fills it. */
final class CsvColumn {
  private static final List<Set<String>> BOOLEANS =
      List.of(Set.of("true", "false"), Set.of("t", "f"), Set.of("y", "n"));

  private final String name;
  private final boolean keepsText;
  private final NumberSyntax style;
  private final NumberDetection numbers;
  private final DateDetection dates;
  private final Set<String> booleans = new HashSet<>(); // while all are booleans
  private boolean allBooleans = true;
  private Optional<Occurrence> marker = Optional.empty();

  CsvColumn(String name, CsvFormat format, NumberSyntax style, char separator) {
    this.name = name;
    this.style = style;
    keepsText = format.texts().stream().anyMatch(name::equalsIgnoreCase);
    // In a comma-separated file an unquoted decimal comma would split the cell, so a comma inside a
    // number is taken for a thousands separator.
    numbers = new NumberDetection(style, separator == ',' && !format.hasDecimalComma());
    dates = new DateDetection(format.dates());
  }

  String name() {
    return name;
  }

  /** Observes a trimmed, non-missing cell in the first pass. */
  void observe(String cell, int line) {
    if (keepsText) {
      return;
    }
    CellKind kind = numbers.observe(cell, line);
    if (kind == CellKind.MISSING_MARKER) {
      marker = marker.or(() -> Optional.of(new Occurrence(line, cell)));
      return;
    }
    dates.observe(cell, line, kind != CellKind.TEXT && kind != CellKind.WRONG_MARK);
    if (allBooleans) {
      allBooleans = kind == CellKind.TEXT && cell.length() <= 5;
      booleans.add(allBooleans ? cell.toLowerCase(Locale.ROOT) : "");
      allBooleans &= BOOLEANS.stream().anyMatch(words -> words.containsAll(booleans));
    }
  }

  private boolean isBooleans() {
    boolean letters = booleans.stream().anyMatch(word -> word.length() == 1);
    return allBooleans && !booleans.isEmpty() && (!letters || booleans.size() == 2);
  }

  /** The error if the type of the column is ambiguous. */
  Optional<CsvError> fault() {
    if (keepsText) {
      return Optional.empty();
    }
    var fault =
        dates.fault(name).or(() -> dates.isDates() ? Optional.empty() : numbers.fault(name));
    String kind = dates.isDates() ? "a date" : isBooleans() ? "true or false" : "";
    return fault.or(
        () ->
            marker
                .filter(any -> !kind.isEmpty())
                .map(one -> NumberDetection.marker(name, one, kind)));
  }

  /** A builder for this many rows, if there is no {@link #fault}; the second pass fills it. */
  ColumnBuilder filler(int rows) {
    if (keepsText) {
      return ColumnBuilder.texts(name);
    }
    if (dates.isDates()) {
      return ColumnBuilder.dates(name, dates.first(), dates.reading());
    }
    if (numbers.isNumbers()) {
      return ColumnBuilder.numbers(name, rows, style, numbers.size());
    }
    return isBooleans() ? ColumnBuilder.booleans(name) : ColumnBuilder.texts(name);
  }

  /** The minimum number of bytes per row. */
  int bytes() {
    return numbers.isNumbers() && !keepsText && !dates.isDates()
        ? numbers.size() == NumberDetection.Size.INT ? Integer.BYTES : Double.BYTES
        : 1;
  }
}
