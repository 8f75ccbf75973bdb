package org.lossbook.data.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date, a time, or both, parsed from a cell.
 *
 * @param dayFirst the date if the day comes before the month
 * @param monthFirst the date if the month comes first; equal to {@code dayFirst} if it is
 *     unambiguous
 * @param shortYear whether the year has two digits
 */
record ParsedDateTime(
    Optional<LocalDate> dayFirst,
    Optional<LocalDate> monthFirst,
    Optional<LocalTime> time,
    boolean shortYear) {
  private static final int LONGEST = 40;
  private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";
  private static final String CLOCK =
      "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?(?: ?([AaPp])\\.?[Mm]\\.?)?";
  private static final Pattern TIME = Pattern.compile(CLOCK);
  private static final Pattern BOTH = Pattern.compile("(.*?\\d)(?:T|,? )(" + CLOCK + ")");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})");
  private static final Pattern DAY_NAME =
      Pattern.compile("(\\d{1,2})\\.?[ /-](\\p{Alpha}{3,9})\\.?[ /-](\\d{4})");
  private static final Pattern NAME_DAY =
      Pattern.compile("(\\p{Alpha}{3,9})\\.?[ /-](\\d{1,2}),?[ /-](\\d{4})");

  /** Parses a cell; empty if it is neither a date nor a time. */
  static Optional<ParsedDateTime> of(String cell) {
    if (cell.length() > LONGEST || !cell.chars().anyMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    try {
      Matcher clock = TIME.matcher(cell);
      if (clock.matches()) {
        return Optional.of(
            new ParsedDateTime(Optional.empty(), Optional.empty(), time(clock), false));
      }
      Matcher both = BOTH.matcher(cell);
      if (!both.matches()) {
        return date(cell, Optional.empty());
      }
      Matcher at = TIME.matcher(both.group(2));
      return at.matches() ? date(both.group(1), time(at)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty(); // such as day 32, or hour 25
    }
  }

  private static Optional<LocalTime> time(Matcher clock) {
    int hour = Integer.parseInt(clock.group(1));
    String half = clock.group(5);
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("an hour from 1 to 12");
      }
      hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }
    String fraction = clock.group(4) == null ? "0" : clock.group(4);
    return Optional.of(
        LocalTime.of(
            hour,
            Integer.parseInt(clock.group(2)),
            clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3)),
            Integer.parseInt((fraction + "00000000").substring(0, 9))));
  }

  private static Optional<ParsedDateTime> date(String cell, Optional<LocalTime> time) {
    Matcher date = YEAR_FIRST.matcher(cell);
    if (date.matches()) {
      return sure(date.group(1), Integer.parseInt(date.group(3)), date.group(4), time);
    }
    date = YEAR_LAST.matcher(cell);
    if (date.matches()) {
      return either(date, time);
    }
    date = DAY_NAME.matcher(cell);
    if (date.matches()) {
      return sure(date.group(3), month(date.group(2)), date.group(1), time);
    }
    date = NAME_DAY.matcher(cell);
    return date.matches()
        ? sure(date.group(3), month(date.group(1)), date.group(2), time)
        : Optional.empty();
  }

  private static Optional<ParsedDateTime> sure(
      String year, int month, String day, Optional<LocalTime> time) {
    var date = Optional.of(LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(day)));
    return Optional.of(new ParsedDateTime(date, date, time, false));
  }

  private static Optional<ParsedDateTime> either(Matcher date, Optional<LocalTime> time) {
    int first = Integer.parseInt(date.group(1));
    int second = Integer.parseInt(date.group(3));
    int year = Integer.parseInt(date.group(4));
    var dayFirst = valid(year, second, first);
    var monthFirst = valid(year, first, second);
    return dayFirst.isEmpty() && monthFirst.isEmpty()
        ? Optional.empty()
        : Optional.of(new ParsedDateTime(dayFirst, monthFirst, time, date.group(4).length() == 2));
  }

  private static Optional<LocalDate> valid(int year, int month, int day) {
    try {
      return Optional.of(LocalDate.of(year, month, day));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether it is only a time of day. */
  boolean isTime() {
    return dayFirst.isEmpty() && monthFirst.isEmpty();
  }

  /** The date, the time, or both. */
  Temporal temporal(boolean startsWithMonth) {
    if (isTime()) {
      return time.orElseThrow();
    }
    LocalDate date = (startsWithMonth ? monthFirst : dayFirst).orElseThrow();
    return time.<Temporal>map(date::atTime).orElse(date);
  }

  /** The number of a month, such as January or Jan; 0 for any other word. */
  private static int month(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    int place = MONTHS.indexOf(word.substring(0, 3));
    boolean known =
        place >= 0
            && place % 4 == 0
            && (word.length() == 3
                || word.equals("sept")
                || Month.of(place / 4 + 1).name().equalsIgnoreCase(word));
    return known ? place / 4 + 1 : 0;
  }
}
