package org.lossbook.data.table;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.data.table.CsvError.Occurrence;
import org.lossbook.data.table.NumberSyntax.CellKind;

/** Detects a column of numbers, their type, and errors among them. */
final class NumberDetection {
  private static final int EXACT_DIGITS = 15; // in a double
  private static final int LONG_DIGITS = 18;
  private static final int MOST_DIGITS = 400; // more than any double has

  /** The type of a numeric column. */
  enum Size {
    INT,
    LONG,
    DOUBLE
  }

  private final NumberSyntax style;
  private final boolean commaIsThousands;
  private final int[] counts = new int[CellKind.values().length];
  private final Map<CellKind, Occurrence> firsts = new EnumMap<>(CellKind.class);
  private Optional<Occurrence> outside = Optional.empty(); // the range of a double
  private Optional<Occurrence> rounded =
      Optional.empty(); // an integer that a double cannot represent
  private Optional<Occurrence> noPercent = Optional.empty();
  private boolean decimals;
  private boolean beyondInt;
  private boolean beyondLong;

  /**
   * A detection without any cells yet.
   *
   * @param commaIsThousands whether 1,234 is read as 1234
   */
  NumberDetection(NumberSyntax style, boolean commaIsThousands) {
    this.style = style;
    this.commaIsThousands = commaIsThousands;
  }

  /** Observes a cell that is not missing. */
  CellKind observe(String cell, int line) {
    CellKind kind = style.kind(cell);
    if (counts[kind.ordinal()]++ == 0) {
      firsts.put(kind, new Occurrence(line, cell));
    }
    switch (kind) {
      case WHOLE, DECIMAL, THOUSANDS, AMBIGUOUS -> measure(cell, line, kind);
      case PERCENT -> {
        decimals = true;
        inside(style.value(cell), cell, line);
      }
      default -> {}
    }
    return kind;
  }

  private void measure(String cell, int line, CellKind kind) {
    if (noPercent.isEmpty() && !cell.equals("0")) {
      noPercent = Optional.of(new Occurrence(line, cell));
    }
    if (kind == CellKind.WHOLE && cell.length() < 10) {
      return;
    }
    String plain = style.plain(cell);
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    double value = whole.length() > MOST_DIGITS ? Double.NaN : Double.parseDouble(plain);
    boolean fits = inside(value, plain, cell, line);
    if (kind == CellKind.DECIMAL || kind == CellKind.THOUSANDS && point >= 0) {
      decimals = true;
    } else if (fits) {
      whole(whole, value, new Occurrence(line, cell));
    }
  }

  private void inside(double value, String cell, int line) {
    inside(value, style.plain(cell), cell, line);
  }

  private boolean inside(double value, String plain, String cell, int line) {
    boolean vanished = value == 0 && plain.matches("[^eE]*[1-9].*");
    if (Double.isFinite(value) && !vanished) {
      return true;
    }
    if (outside.isEmpty()) {
      outside = Optional.of(new Occurrence(line, cell));
    }
    return false;
  }

  /** Observes an integer. Tablesaw uses the smallest int and long as missing values. */
  private void whole(String whole, double value, Occurrence found) {
    boolean isLong = whole.length() <= LONG_DIGITS || isLong(whole);
    beyondLong |= !isLong;
    beyondInt |= !(value <= Integer.MAX_VALUE && value > Integer.MIN_VALUE);
    if (rounded.isEmpty()
        && whole.length() > EXACT_DIGITS
        && new BigDecimal(value).compareTo(new BigDecimal(whole)) != 0) {
      rounded = Optional.of(found);
    }
  }

  private static boolean isLong(String whole) {
    try {
      return Long.parseLong(whole) != Long.MIN_VALUE;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private int count(CellKind... kinds) {
    int sum = 0;
    for (CellKind kind : kinds) {
      sum += counts[kind.ordinal()];
    }
    return sum;
  }

  private boolean doubtful() {
    return !commaIsThousands && count(CellKind.AMBIGUOUS) > 0 && count(CellKind.THOUSANDS) == 0;
  }

  private int evidence() {
    return count(
        CellKind.WHOLE,
        CellKind.DECIMAL,
        CellKind.PERCENT,
        CellKind.THOUSANDS,
        CellKind.AMBIGUOUS,
        CellKind.CODE,
        CellKind.WRONG_MARK);
  }

  /** Whether every cell is a number, if there is no {@link #fault}. */
  boolean isNumbers() {
    return evidence() > 0 && count(CellKind.TEXT, CellKind.CODE) == 0;
  }

  Size size() {
    return decimals || beyondLong ? Size.DOUBLE : beyondInt ? Size.LONG : Size.INT;
  }

  /** The error that prevents reading a column that is meant to be numeric. */
  Optional<CsvError> fault(String column) {
    int others = count(CellKind.INFINITE, CellKind.MISSING_MARKER);
    boolean wrongMark = count(CellKind.WRONG_MARK) > 0 || doubtful();
    if (wrongMark && evidence() + others > count(CellKind.TEXT)) {
      return Optional.of(wrongMark(column));
    }
    if (!isNumbers()) {
      return Optional.empty();
    }
    String in = " in " + Shown.text(column);
    if (count(CellKind.MISSING_MARKER) > 0) {
      return Optional.of(marker(column, firsts.get(CellKind.MISSING_MARKER), "a number"));
    }
    if (count(CellKind.INFINITE) > 0) {
      Occurrence found = firsts.get(CellKind.INFINITE);
      return Optional.of(
          new CsvError(
              found.line(),
              "finite numbers",
              found.shown() + in,
              Messages.of(
                  "correct the cell, or leave it out with csv(…, missing(%s))",
                  Shown.of(found.cell()))));
    }
    String keep = "correct the cell, or keep the column as text with " + CsvError.keepText(column);
    return outside
        .map(
            found ->
                new CsvError(found.line(), "numbers that fit a double", found.shown() + in, keep))
        .or(
            () ->
                rounded
                    .filter(found -> size() == Size.DOUBLE)
                    .map(
                        found ->
                            new CsvError(
                                found.line(),
                                "whole numbers that it can keep to the last digit",
                                found.shown() + in,
                                keep)))
        .or(
            () ->
                noPercent
                    .filter(found -> count(CellKind.PERCENT) > 0)
                    .map(
                        found ->
                            new CsvError(
                                found.line(),
                                "percents in all cells of a column or in none",
                                found.shown()
                                    + in
                                    + " beside "
                                    + firsts.get(CellKind.PERCENT).shown(),
                                "write both the same way")));
  }

  private CsvError wrongMark(String column) {
    Occurrence mistaken = firsts.getOrDefault(CellKind.WRONG_MARK, firsts.get(CellKind.AMBIGUOUS));
    String corrected = style.corrected(mistaken.cell());
    return style.point() == '.'
        ? new CsvError(
            mistaken.line(),
            Messages.of(
                "numbers with a point (csv(…, decimalComma()) takes a comma, %s keeps a text)",
                CsvError.keepText(column)),
            mistaken.shown(),
            "write them with a point, as in " + corrected)
        : new CsvError(
            mistaken.line(),
            "numbers with a comma, as decimalComma() says,",
            mistaken.shown(),
            Messages.of(
                "write them with a comma, as in %s, or keep the column as text with %s",
                corrected, CsvError.keepText(column)));
  }

  /** The error for a marker of missing values in a column that is otherwise of one type. */
  static CsvError marker(String column, Occurrence found, String what) {
    return new CsvError(
        found.line(),
        Messages.of("%s or nothing in each row of %s", what, Shown.text(column)),
        found.shown(),
        Messages.of(
            "if that stands for a missing value, say so with csv(…, missing(%s)), else keep the column as text with %s",
            Shown.of(found.cell()), CsvError.keepText(column)));
  }

  /** The first marker of a missing value, if any. */
  Optional<Occurrence> marker() {
    return Optional.ofNullable(firsts.get(CellKind.MISSING_MARKER));
  }
}
