package org.lossbook.data.table;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.lossbook.base.Messages;

/**
 * The number syntax of a file: classifies cells and parses numbers.
 *
 * @param point the decimal separator
 * @param comma the other one of point and comma
 * @param marked matches a number with thousands separators; group 1 is the separator
 * @param mistaken matches a number with the wrong decimal separator
 */
record NumberSyntax(char point, char comma, Pattern marked, Pattern mistaken) {
  /** No number that a person writes with separators is longer. */
  private static final int LONGEST_MARKED = 64;

  private static final int LONGEST_MARKER = 20;
  private static final int SHORTEST_CODE = 3; // 01 to 12 may be months
  private static final char MINUS = '\u2212';
  private static final String SPACES = " \u00a0\u2009\u202f'\u2019";
  private static final Set<String> INFINITE = Set.of("inf", "infinity", "\u221e");
  private static final Set<String> MARKERS =
      Set.of(
          "na n.a. n/a nan none null nil missing unknown undefined \\n <na> #n/a #na #value! #div/0! #ref! #num! #null! #name?"
              .split(" "));

  /** The kind of a cell. */
  enum CellKind {
    /** {@code 12}, {@code -3.0}. */
    WHOLE,
    /** {@code 1.5}, {@code 2e3}. */
    DECIMAL,
    /** {@code 12 %}. */
    PERCENT,
    /** {@code 1,234,567}, {@code 1,234.5} or {@code 1 234}. */
    THOUSANDS,
    /** {@code 1,234}: with a decimal comma it is another number. */
    AMBIGUOUS,
    /** {@code 007}: leading zeros make it an identifier. */
    CODE,
    /** {@code 1,5}: the wrong decimal separator. */
    WRONG_MARK,
    /** {@code Infinity}. */
    INFINITE,
    /** A marker for a missing value: {@code ?}, {@code -}, {@code n/a}. */
    MISSING_MARKER,
    /** Anything else. */
    TEXT
  }

  /** The syntax with a decimal point, or with a decimal comma. */
  static NumberSyntax of(boolean decimalComma) {
    char point = decimalComma ? ',' : '.';
    char comma = decimalComma ? '.' : ',';
    return new NumberSyntax(
        point,
        comma,
        Pattern.compile(marked(point, comma)),
        Pattern.compile(
            Messages.of(
                "(?:\\d+[%s]\\d*|[%s]\\d+|%s)(?:[eE][+\\-]?\\d+)?",
                comma, comma, marked(comma, point))));
  }

  private static String marked(char point, char comma) {
    return Messages.of(
        "[1-9]\\d{0,2}([%s%s])\\d{3}(?:\\1\\d{3})*(?:[%s]\\d*)?", SPACES, comma, point);
  }

  /**
   * Classifies a cell.
   *
   * @param cell a trimmed, non-empty cell
   */
  CellKind kind(String cell) {
    int last = cell.length() - 1;
    boolean percent = cell.charAt(last) == '%';
    String number = percent ? Cells.trimmed(cell.substring(0, last)) : cell;
    CellKind kind = number.isEmpty() ? CellKind.TEXT : number(number);
    if (kind == CellKind.TEXT) {
      return cell.length() > LONGEST_MARKER ? CellKind.TEXT : word(cell.toLowerCase(Locale.ROOT));
    }
    if (!percent) {
      return kind;
    }
    return kind == CellKind.AMBIGUOUS || kind == CellKind.WRONG_MARK
        ? CellKind.WRONG_MARK
        : CellKind.PERCENT;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+' || c == MINUS;
  }

  private static CellKind word(String word) {
    if (INFINITE.contains(isSign(word.charAt(0)) ? word.substring(1) : word)) {
      return CellKind.INFINITE;
    }
    return MARKERS.contains(word) || word.codePoints().noneMatch(Character::isLetterOrDigit)
        ? CellKind.MISSING_MARKER
        : CellKind.TEXT;
  }

  /**
   * Classifies sign, digits, point, digits, exponent; that covers most cells, so no regular
   * expression is used.
   */
  private CellKind number(String cell) {
    int start = isSign(cell.charAt(0)) ? 1 : 0;
    int end = cell.length();
    int at = digits(cell, start);
    int wholes = at - start;
    boolean zeros = true;
    if (at == end && start == 0 && wholes >= SHORTEST_CODE && cell.charAt(0) == '0') {
      return CellKind.CODE;
    }
    int decimals = 0;
    if (at < end && cell.charAt(at) == point) {
      int from = at + 1;
      at = digits(cell, from);
      decimals = at - from;
      for (int i = from; i < at; i++) {
        zeros &= cell.charAt(i) == '0';
      }
    }
    if (wholes + decimals > 0 && at == end) {
      return zeros && wholes > 0 ? CellKind.WHOLE : CellKind.DECIMAL;
    }
    if (wholes + decimals > 0 && (cell.charAt(at) == 'e' || cell.charAt(at) == 'E')) {
      int from = at + 1 < end && "+-".indexOf(cell.charAt(at + 1)) >= 0 ? at + 2 : at + 1;
      return from < end && digits(cell, from) == end ? CellKind.DECIMAL : CellKind.TEXT;
    }
    return start < end && (wholes > 0 || cell.charAt(start) == comma)
        ? withMarks(cell.substring(start))
        : CellKind.TEXT;
  }

  private static int digits(String cell, int from) {
    int at = from;
    while (at < cell.length() && cell.charAt(at) >= '0' && cell.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private CellKind withMarks(String cell) {
    if (cell.length() > LONGEST_MARKED) {
      return CellKind.TEXT;
    }
    var match = marked.matcher(cell);
    if (match.matches()) {
      int mark = match.start(1);
      boolean once = digits(cell, mark + 1) == cell.length();
      return once && cell.charAt(mark) == comma ? CellKind.AMBIGUOUS : CellKind.THOUSANDS;
    }
    return mistaken.matcher(cell).matches() ? CellKind.WRONG_MARK : CellKind.TEXT;
  }

  /** The number in Java's syntax. */
  String plain(String cell) {
    var plain = new StringBuilder(cell.length());
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == point) {
        plain.append('.');
      } else if (c == MINUS) {
        plain.append('-');
      } else if (c >= '0' && c <= '9' || isSign(c) || c == 'e' || c == 'E') {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** Parses an integer that fits into a long. */
  long whole(String cell) {
    String plain = plain(cell);
    int point = plain.indexOf('.');
    return Long.parseLong(point < 0 ? plain : plain.substring(0, point));
  }

  /** Parses a number. */
  double value(String cell) {
    String plain = plain(cell);
    if (cell.charAt(cell.length() - 1) != '%') {
      return Double.parseDouble(plain);
    }
    return plain.indexOf('e') < 0 && plain.indexOf('E') < 0
        ? Double.parseDouble(plain + "e-2") // as 0.123, which 12.3 / 100 is not exactly
        : Double.parseDouble(plain) / 100;
  }

  /** The number with the correct decimal separator, for a message. */
  String corrected(String cell) {
    String plain = of(point == '.').plain(cell);
    String whole = plain.startsWith(".") ? "0" + plain : plain;
    return (point == '.' ? whole : whole.replace('.', ','))
        + (cell.charAt(cell.length() - 1) == '%' ? "%" : "");
  }
}
