package org.lossbook.data.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalQuery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;

/**
 * A pattern of dates or times.
 *
 * @param text the pattern, in the syntax of {@link DateTimeFormatter}
 * @param kind the query for a date, a time, or both
 */
record DatePattern(
    String text, DateTimeFormatter formatter, TemporalQuery<? extends Temporal> kind) {
  private static final LocalDateTime SAMPLE = LocalDateTime.of(2020, 12, 31, 22, 59, 58);
  private static final List<TemporalQuery<? extends Temporal>> KINDS =
      List.of(LocalDateTime::from, LocalDate::from, LocalTime::from);

  static DatePattern of(String text) {
    try {
      var formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(years(text))
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT); // April 31 is not a date
      String sample = SAMPLE.format(formatter);
      for (var kind : KINDS) {
        var pattern = new DatePattern(text, formatter, kind);
        if (pattern.read(sample).isPresent()) {
          return pattern;
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw refused(text, e);
    }
    throw refused(text, null);
  }

  private static IllegalArgumentException refused(String text, Exception cause) {
    return new IllegalArgumentException(
        Messages.of(
            "dates expects how a day or a time is written, such as \"dd.MM.yyyy\" or \"M/d/yyyy H:mm\", but receives %s: y is the year, M the month, d the day, H the hour, m the minute.",
            Shown.of(text)),
        cause);
  }

  /** Replaces {@code y}, the year of an era, which would need an era, by {@code u}. */
  private static String years(String text) {
    var years = new StringBuilder();
    boolean quoted = false;
    for (char c : text.toCharArray()) {
      quoted ^= c == '\'';
      years.append(c == 'y' && !quoted ? 'u' : c);
    }
    return years.toString();
  }

  /** Parses the date or time in a cell. */
  Optional<Temporal> read(String cell) {
    try {
      return Optional.of(formatter.parse(cell, kind));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
