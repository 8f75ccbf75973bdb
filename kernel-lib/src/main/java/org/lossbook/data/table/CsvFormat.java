package org.lossbook.data.table;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.config.Shown;

/**
 * The format of a CSV file, where {@link CsvFile#read(String) csv} cannot detect it.
 *
 * <pre>{@code
 * csv("autos.csv", decimalComma().missing("?").dates("dd.MM.yyyy"))
 * csv("iris.data", header(false))
 * csv("export.csv", charset("windows-1252").separator(';'))
 * }</pre>
 */
public final class CsvFormat extends Refined<CsvFormat> {
  private static final String NO_SEPARATORS = "\"\r\n.+-";

  private boolean decimalComma;
  private List<String> missing = List.of();
  private Optional<Charset> charset = Optional.empty();
  private List<DatePattern> dates = List.of();
  private Optional<Boolean> header = Optional.empty();
  private Optional<Character> separator = Optional.empty();
  private List<String> texts = List.of();

  private CsvFormat() {}

  /** The default format: decimal points, UTF-8, column names in the first line. */
  public static CsvFormat plain() {
    return new CsvFormat();
  }

  /**
   * Numbers with a decimal comma: {@code 1,5} is one and a half. Points then separate thousands, as
   * in {@code 1.234,5}; a number with a decimal point is refused.
   */
  public CsvFormat decimalComma() {
    return with(f -> f.decimalComma = true);
  }

  /**
   * Additional markers for missing values, such as {@code "?"}, besides empty cells, {@code NA},
   * {@code N/A}, {@code NaN}, {@code null} and {@code *}.
   */
  public CsvFormat missing(String... markers) {
    List<String> given = ColumnNames.given("missing", "what stands for a missing value", markers);
    return with(
        f ->
            f.missing =
                Stream.concat(f.missing.stream(), given.stream().map(Cells::trimmed)).toList());
  }

  /** The character encoding, such as {@code "windows-1252"} or {@code "UTF-16LE"}. */
  public CsvFormat charset(String name) {
    try {
      return charset(Charset.forName(name == null ? "" : name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Messages.of(
              "charset expects the name of an encoding but receives %s: \"windows-1252\" is the usual one for old Windows programs, \"UTF-8\" for all others.",
              name == null ? "null" : Shown.of(name)),
          e);
    }
  }

  /** The character encoding. */
  public CsvFormat charset(Charset encoding) {
    return encoding == null ? charset((String) null) : with(f -> f.charset = Optional.of(encoding));
  }

  /**
   * The patterns of dates, times, or both, in the syntax of Java's {@code DateTimeFormatter}:
   * {@code dates("dd.MM.yyyy")}, {@code dates("M/d/yyyy H:mm")}. A column whose cells all match one
   * of these patterns becomes a date or time column. Month names are English.
   */
  public CsvFormat dates(String... patterns) {
    List<DatePattern> given =
        ColumnNames.given("dates", "how dates are written, such as \"dd.MM.yyyy\",", patterns)
            .stream()
            .map(DatePattern::of)
            .toList();
    return with(f -> f.dates = Stream.concat(f.dates.stream(), given.stream()).toList());
  }

  /**
   * Whether the first line contains the column names. Otherwise they are {@code C0}, {@code C1}, …
   */
  public CsvFormat header(boolean names) {
    return with(f -> f.header = Optional.of(names));
  }

  /** The separator between cells: {@code separator('|')}. */
  public CsvFormat separator(char between) {
    if (Character.isLetterOrDigit(between)
        || NO_SEPARATORS.indexOf(between) >= 0
        || between < ' ' && between != '\t') {
      throw Messages.wrong(
          "separator expects a character that is in no cell but receives %s: ',', ';', '|' and '\\t' are usual.",
          between < ' ' ? "a control character" : "'" + between + "'");
    }
    return with(f -> f.separator = Optional.of(between));
  }

  /** Columns read as text, whatever they look like. */
  public CsvFormat text(String... columns) {
    List<String> given = ColumnNames.given("text", "names of columns", columns);
    return with(f -> f.texts = Stream.concat(f.texts.stream(), given.stream()).toList());
  }

  boolean hasDecimalComma() {
    return decimalComma;
  }

  List<String> missing() {
    return missing;
  }

  Optional<Charset> charset() {
    return charset;
  }

  List<DatePattern> dates() {
    return dates;
  }

  Optional<Boolean> header() {
    return header;
  }

  Optional<Character> separator() {
    return separator;
  }

  List<String> texts() {
    return texts;
  }

  /** {@code csv with decimal commas, ? for missing values}. */
  @Override
  public String toString() {
    List<String> said = new ArrayList<>();
    if (decimalComma) {
      said.add("decimal commas");
    }
    if (!missing.isEmpty()) {
      said.add(String.join(" ", missing) + " for missing values");
    }
    charset.ifPresent(encoding -> said.add("text in " + encoding.name()));
    if (!dates.isEmpty()) {
      said.add("dates as " + String.join(" or ", dates.stream().map(DatePattern::text).toList()));
    }
    header.ifPresent(names -> said.add(names ? "names in the first line" : "no line of names"));
    separator.ifPresent(
        between -> said.add((between == '\t' ? "tabs" : between) + " between the cells"));
    if (!texts.isEmpty()) {
      said.add("text in " + String.join(", ", texts));
    }
    return said.isEmpty() ? "csv" : "csv with " + String.join(", ", said);
  }
}
