package org.lossbook.data.table;

import java.time.temporal.Temporal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.data.table.CsvError.Occurrence;

/**
 * Detects a column of dates, times, or both: by the given patterns, or else automatically if they
 * are unambiguous. Whether day or month comes first must follow from some cell of the column.
 */
final class DateDetection {
  private final List<Candidate> candidates;
  private Optional<String> first = Optional.empty();
  private int cells;
  private int dates;
  private int both;
  private int times;
  private Optional<Occurrence> doubtful = Optional.empty(); // day and month cannot be told apart
  private Optional<Occurrence> shortYear = Optional.empty();
  private Optional<Occurrence> dayFirst = Optional.empty();
  private Optional<Occurrence> monthFirst = Optional.empty();

  /** A given pattern, and how many cells match it. */
  private static final class Candidate {
    final DatePattern pattern;
    int count;
    Optional<Occurrence> other = Optional.empty();

    Candidate(DatePattern pattern) {
      this.pattern = pattern;
    }

    void observe(String cell, int line) {
      if (pattern.read(cell).isPresent()) {
        count++;
      } else if (other.isEmpty()) {
        other = Optional.of(new Occurrence(line, cell));
      }
    }
  }

  /** A detection without any cells yet. */
  DateDetection(List<DatePattern> patterns) {
    candidates = patterns.stream().map(Candidate::new).toList();
  }

  /**
   * Observes a cell that is not missing.
   *
   * @param number whether the cell is a number, so that only a given pattern makes it a date
   */
  void observe(String cell, int line, boolean number) {
    candidates.forEach(one -> one.observe(cell, line));
    first = first.or(() -> Optional.of(cell));
    boolean allAre = dates + both + times == cells;
    cells++;
    if (allAre && !number) {
      ParsedDateTime.of(cell).ifPresent(moment -> count(moment, new Occurrence(line, cell)));
    }
  }

  private void count(ParsedDateTime moment, Occurrence found) {
    if (moment.isTime()) {
      times++;
      return;
    }
    dates += moment.time().isEmpty() ? 1 : 0;
    both += moment.time().isPresent() ? 1 : 0;
    if (moment.shortYear() && shortYear.isEmpty()) {
      shortYear = Optional.of(found);
    }
    if (moment.monthFirst().isEmpty()) {
      dayFirst = dayFirst.or(() -> Optional.of(found));
    } else if (moment.dayFirst().isEmpty()) {
      monthFirst = monthFirst.or(() -> Optional.of(found));
    } else if (!moment.dayFirst().equals(moment.monthFirst()) && doubtful.isEmpty()) {
      doubtful = Optional.of(found);
    }
  }

  private Optional<DatePattern> pattern() {
    return candidates.stream()
        .filter(one -> one.count == cells && cells > 0)
        .map(one -> one.pattern)
        .findFirst();
  }

  /** Whether all cells are dates, times, or both, of one kind. */
  boolean isDates() {
    return pattern().isPresent()
        || cells > 0 && (dates == cells || both == cells || times == cells);
  }

  /** The parser of the cells, if all are dates or times. */
  Function<String, Temporal> reading() {
    return pattern()
        .<Function<String, Temporal>>map(one -> cell -> one.read(Cells.trimmed(cell)).orElseThrow())
        .orElse(
            cell ->
                ParsedDateTime.of(Cells.trimmed(cell))
                    .orElseThrow()
                    .temporal(monthFirst.isPresent()));
  }

  /** The first date or time. */
  Temporal first() {
    return reading().apply(first.orElseThrow());
  }

  /** The error that prevents reading the dates. */
  Optional<CsvError> fault(String column) {
    if (pattern().isPresent()) {
      return Optional.empty();
    }
    String in = " in " + Shown.text(column);
    for (Candidate one : candidates) {
      if (one.count > cells / 2) {
        Occurrence other = one.other.orElseThrow();
        return Optional.of(
            new CsvError(
                other.line(),
                "dates as " + one.pattern.text(),
                other.shown() + in,
                Messages.of(
                    "correct the cell, leave it out with csv(…, missing(%s)), or keep the column as text with %s",
                    Shown.of(other.cell()), CsvError.keepText(column))));
      }
    }
    if (!isDates()) {
      return Optional.empty();
    }
    boolean contrary = dayFirst.isPresent() && monthFirst.isPresent();
    boolean unclear = dayFirst.isEmpty() && monthFirst.isEmpty() && doubtful.isPresent();
    if (contrary) {
      Occurrence first = dayFirst.orElseThrow();
      Occurrence second = monthFirst.orElseThrow();
      Occurrence later = first.line() > second.line() ? first : second;
      Occurrence earlier = later == first ? second : first;
      return Optional.of(
          new CsvError(
              later.line(),
              "days and months in one order",
              Messages.of(
                  "%s%s after %s in line %d", later.shown(), in, earlier.shown(), earlier.line()),
              "write them all the same way, or keep the column as text with "
                  + CsvError.keepText(column)));
    }
    return (unclear ? doubtful : shortYear).map(found -> unsaid(found, in, column));
  }

  private static CsvError unsaid(Occurrence found, String in, String column) {
    String cell = found.cell();
    char mark =
        cell.chars()
            .filter(c -> "-/.".indexOf(c) >= 0)
            .mapToObj(c -> (char) c)
            .findFirst()
            .orElse('.');
    boolean shortYear = !cell.matches(".*\\d{4}.*");
    String year = shortYear ? "yy" : "yyyy";
    String time = cell.contains(":") ? " H:mm" + (cell.matches(".*:\\d+:.*") ? ":ss" : "") : "";
    String dayFirst = Messages.of("d%sM%s%s%s", mark, mark, year, time);
    String monthFirst = Messages.of("M%sd%s%s%s", mark, mark, year, time);
    return new CsvError(
        found.line(),
        "dates that can only be read one way",
        found.shown() + in,
        Messages.of(
            "say which is meant with csv(…, dates(\"%s\")) or dates(\"%s\"), or keep the column as text with %s",
            dayFirst, monthFirst, CsvError.keepText(column)));
  }
}
