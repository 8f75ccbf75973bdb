package org.lossbook.data.table;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Shown;
import org.lossbook.data.table.Fault.Find;
import org.lossbook.data.table.NumberStyle.Look;

/** The cells of one column as numbers: whether they are, of which kind, and what is wrong. */
final class NumberSurvey {
  private static final int EXACT_DIGITS = 15; // in a double
  private static final int LONG_DIGITS = 18;
  private static final int MOST_DIGITS = 400; // more than any double has

  /** What a column of numbers is held in. */
  enum Size {
    INT,
    LONG,
    DOUBLE
  }

  private final NumberStyle style;
  private final boolean trusting;
  private final int[] counts = new int[Look.values().length];
  private final Map<Look, Find> firsts = new EnumMap<>(Look.class);
  private Optional<Find> outside = Optional.empty(); // of what a double holds
  private Optional<Find> rounded = Optional.empty(); // a whole number that a double does not hold
  private Optional<Find> noPercent = Optional.empty();
  private boolean decimals;
  private boolean beyondInt;
  private boolean beyondLong;

  /**
   * Nothing yet.
   *
   * @param trusting whether 1,234 is taken for 1234
   */
  NumberSurvey(NumberStyle style, boolean trusting) {
    this.style = style;
    this.trusting = trusting;
  }

  /** Takes a cell in that is not missing. */
  Look see(String cell, int line) {
    Look look = style.look(cell);
    if (counts[look.ordinal()]++ == 0) {
      firsts.put(look, new Find(line, cell));
    }
    switch (look) {
      case WHOLE, DECIMAL, THOUSANDS, DOUBTFUL -> measure(cell, line, look);
      case PERCENT -> {
        decimals = true;
        inside(style.value(cell), cell, line);
      }
      default -> {}
    }
    return look;
  }

  private void measure(String cell, int line, Look look) {
    if (noPercent.isEmpty() && !cell.equals("0")) {
      noPercent = Optional.of(new Find(line, cell));
    }
    if (look == Look.WHOLE && cell.length() < 10) {
      return;
    }
    String plain = style.plain(cell);
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    double value = whole.length() > MOST_DIGITS ? Double.NaN : Double.parseDouble(plain);
    boolean fits = inside(value, plain, cell, line);
    if (look == Look.DECIMAL || look == Look.THOUSANDS && point >= 0) {
      decimals = true;
    } else if (fits) {
      whole(whole, value, new Find(line, cell));
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
      outside = Optional.of(new Find(line, cell));
    }
    return false;
  }

  /** Tablesaw takes the least int, and the least long, for a missing value. */
  private void whole(String whole, double value, Find find) {
    boolean isLong = whole.length() <= LONG_DIGITS || isLong(whole);
    beyondLong |= !isLong;
    beyondInt |= !(value <= Integer.MAX_VALUE && value > Integer.MIN_VALUE);
    if (rounded.isEmpty()
        && whole.length() > EXACT_DIGITS
        && new BigDecimal(value).compareTo(new BigDecimal(whole)) != 0) {
      rounded = Optional.of(find);
    }
  }

  private static boolean isLong(String whole) {
    try {
      return Long.parseLong(whole) != Long.MIN_VALUE;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private int count(Look... looks) {
    int sum = 0;
    for (Look look : looks) {
      sum += counts[look.ordinal()];
    }
    return sum;
  }

  private boolean doubtful() {
    return !trusting && count(Look.DOUBTFUL) > 0 && count(Look.THOUSANDS) == 0;
  }

  private int evidence() {
    return count(
        Look.WHOLE,
        Look.DECIMAL,
        Look.PERCENT,
        Look.THOUSANDS,
        Look.DOUBTFUL,
        Look.CODE,
        Look.MISTAKEN);
  }

  /** Whether every cell is a number; where there is no {@link #fault}. */
  boolean isNumbers() {
    return evidence() > 0 && count(Look.TEXT, Look.CODE) == 0;
  }

  Size size() {
    return decimals || beyondLong ? Size.DOUBLE : beyondInt ? Size.LONG : Size.INT;
  }

  /** What stands in the way of reading the numbers of a column that is meant to have them. */
  Optional<Fault> fault(String column) {
    int others = count(Look.INFINITE, Look.MARKER);
    boolean wrongMark = count(Look.MISTAKEN) > 0 || doubtful();
    if (wrongMark && evidence() + others > count(Look.TEXT)) {
      return Optional.of(wrongMark(column));
    }
    if (!isNumbers()) {
      return Optional.empty();
    }
    String in = " in " + Shown.text(column);
    if (count(Look.MARKER) > 0) {
      return Optional.of(marker(column, firsts.get(Look.MARKER), "a number"));
    }
    if (count(Look.INFINITE) > 0) {
      Find find = firsts.get(Look.INFINITE);
      return Optional.of(
          new Fault(
              find.line(),
              "finite numbers",
              find.shown() + in,
              "correct the cell, or leave it out with csv(…, missing(%s))"
                  .formatted(Shown.of(find.cell()))));
    }
    String keep = "correct the cell, or keep the column as text with " + Fault.keepText(column);
    return outside
        .map(find -> new Fault(find.line(), "numbers that fit a double", find.shown() + in, keep))
        .or(
            () ->
                rounded
                    .filter(find -> size() == Size.DOUBLE)
                    .map(
                        find ->
                            new Fault(
                                find.line(),
                                "whole numbers that it can keep to the last digit",
                                find.shown() + in,
                                keep)))
        .or(
            () ->
                noPercent
                    .filter(find -> count(Look.PERCENT) > 0)
                    .map(
                        find ->
                            new Fault(
                                find.line(),
                                "percents in all cells of a column or in none",
                                find.shown() + in + " beside " + firsts.get(Look.PERCENT).shown(),
                                "write both the same way")));
  }

  private Fault wrongMark(String column) {
    Find mistaken = firsts.getOrDefault(Look.MISTAKEN, firsts.get(Look.DOUBTFUL));
    String corrected = style.corrected(mistaken.cell());
    return style.point() == '.'
        ? new Fault(
            mistaken.line(),
            "numbers with a point (csv(…, decimalComma()) takes a comma, %s keeps a text)"
                .formatted(Fault.keepText(column)),
            mistaken.shown(),
            "write them with a point, as in " + corrected)
        : new Fault(
            mistaken.line(),
            "numbers with a comma, as decimalComma() says,",
            mistaken.shown(),
            "write them with a comma, as in %s, or keep the column as text with %s"
                .formatted(corrected, Fault.keepText(column)));
  }

  /** A sign for a missing value among cells that are otherwise all alike. */
  static Fault marker(String column, Find find, String what) {
    return new Fault(
        find.line(),
        "%s or nothing in each row of %s".formatted(what, Shown.text(column)),
        find.shown(),
        "if that stands for a missing value, say so with csv(…, missing(%s)), else keep the column as text with %s"
            .formatted(Shown.of(find.cell()), Fault.keepText(column)));
  }

  /** The first sign for a missing value, if any. */
  Optional<Find> marker() {
    return Optional.ofNullable(firsts.get(Look.MARKER));
  }
}
