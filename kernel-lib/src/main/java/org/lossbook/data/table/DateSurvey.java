package org.lossbook.data.table;

import java.time.temporal.Temporal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Shown;
import org.lossbook.data.table.Fault.Find;

/**
 * The cells of one column as dates, times, or both: in the ways that a reader has said, or else by
 * themselves, where they leave no doubt. Of two numbers before the year, a cell somewhere in the
 * column has to say which is the day.
 */
final class DateSurvey {
  private final List<Said> said;
  private Optional<String> first = Optional.empty();
  private int cells;
  private int dates;
  private int both;
  private int times;
  private Optional<Find> doubtful = Optional.empty(); // either number may be the day
  private Optional<Find> shortYear = Optional.empty();
  private Optional<Find> dayFirst = Optional.empty();
  private Optional<Find> monthFirst = Optional.empty();

  /** A reader's pattern, and how far the column follows it. */
  private static final class Said {
    final DatePattern pattern;
    int count;
    Optional<Find> other = Optional.empty();

    Said(DatePattern pattern) {
      this.pattern = pattern;
    }

    void see(String cell, int line) {
      if (pattern.read(cell).isPresent()) {
        count++;
      } else if (other.isEmpty()) {
        other = Optional.of(new Find(line, cell));
      }
    }
  }

  /** Nothing yet. */
  DateSurvey(List<DatePattern> patterns) {
    said = patterns.stream().map(Said::new).toList();
  }

  /**
   * Takes a cell in that is not missing.
   *
   * @param number whether it is one, so that only a reader can say that it is a date
   */
  void see(String cell, int line, boolean number) {
    said.forEach(one -> one.see(cell, line));
    first = first.or(() -> Optional.of(cell));
    boolean allAre = dates + both + times == cells;
    cells++;
    if (allAre && !number) {
      Moment.of(cell).ifPresent(moment -> count(moment, new Find(line, cell)));
    }
  }

  private void count(Moment moment, Find find) {
    if (moment.isTime()) {
      times++;
      return;
    }
    dates += moment.time().isEmpty() ? 1 : 0;
    both += moment.time().isPresent() ? 1 : 0;
    if (moment.shortYear() && shortYear.isEmpty()) {
      shortYear = Optional.of(find);
    }
    if (moment.monthFirst().isEmpty()) {
      dayFirst = dayFirst.or(() -> Optional.of(find));
    } else if (moment.dayFirst().isEmpty()) {
      monthFirst = monthFirst.or(() -> Optional.of(find));
    } else if (!moment.dayFirst().equals(moment.monthFirst()) && doubtful.isEmpty()) {
      doubtful = Optional.of(find);
    }
  }

  private Optional<DatePattern> pattern() {
    return said.stream()
        .filter(one -> one.count == cells && cells > 0)
        .map(one -> one.pattern)
        .findFirst();
  }

  /** Whether all cells are of one kind. */
  boolean isDates() {
    return pattern().isPresent()
        || cells > 0 && (dates == cells || both == cells || times == cells);
  }

  /** How a date, a time, or both is made of a cell, where all are. */
  Function<String, Temporal> reading() {
    return pattern()
        .<Function<String, Temporal>>map(one -> cell -> one.read(Cells.trimmed(cell)).orElseThrow())
        .orElse(
            cell -> Moment.of(Cells.trimmed(cell)).orElseThrow().temporal(monthFirst.isPresent()));
  }

  /** What the first of the cells is. */
  Temporal first() {
    return reading().apply(first.orElseThrow());
  }

  /** What stands in the way of reading dates. */
  Optional<Fault> fault(String column) {
    if (pattern().isPresent()) {
      return Optional.empty();
    }
    String in = " in " + Shown.text(column);
    for (Said one : said) {
      if (one.count > cells / 2) {
        Find other = one.other.orElseThrow();
        return Optional.of(
            new Fault(
                other.line(),
                "dates as " + one.pattern.text(),
                other.shown() + in,
                "correct the cell, leave it out with csv(…, missing(%s)), or keep the column as text with %s"
                    .formatted(Shown.of(other.cell()), Fault.keepText(column))));
      }
    }
    if (!isDates()) {
      return Optional.empty();
    }
    boolean contrary = dayFirst.isPresent() && monthFirst.isPresent();
    boolean unclear = dayFirst.isEmpty() && monthFirst.isEmpty() && doubtful.isPresent();
    if (contrary) {
      Find first = dayFirst.orElseThrow();
      Find second = monthFirst.orElseThrow();
      Find later = first.line() > second.line() ? first : second;
      Find earlier = later == first ? second : first;
      return Optional.of(
          new Fault(
              later.line(),
              "days and months in one order",
              "%s%s after %s in line %d"
                  .formatted(later.shown(), in, earlier.shown(), earlier.line()),
              "write them all the same way, or keep the column as text with "
                  + Fault.keepText(column)));
    }
    return (unclear ? doubtful : shortYear).map(find -> unsaid(find, in, column));
  }

  private static Fault unsaid(Find find, String in, String column) {
    String cell = find.cell();
    char mark =
        cell.chars()
            .filter(c -> "-/.".indexOf(c) >= 0)
            .mapToObj(c -> (char) c)
            .findFirst()
            .orElse('.');
    boolean shortYear = !cell.matches(".*\\d{4}.*");
    String year = shortYear ? "yy" : "yyyy";
    String time = cell.contains(":") ? " H:mm" + (cell.matches(".*:\\d+:.*") ? ":ss" : "") : "";
    String dayFirst = "d%sM%s%s%s".formatted(mark, mark, year, time);
    String monthFirst = "M%sd%s%s%s".formatted(mark, mark, year, time);
    return new Fault(
        find.line(),
        "dates that can only be read one way",
        find.shown() + in,
        "say which is meant with csv(…, dates(\"%s\")) or dates(\"%s\"), or keep the column as text with %s"
            .formatted(dayFirst, monthFirst, Fault.keepText(column)));
  }
}
