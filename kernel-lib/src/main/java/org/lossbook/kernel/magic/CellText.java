package org.lossbook.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the magics of a cell. A magic stands only where a Java statement can begin, or after {@code
 * =}: neither in a text block nor where {@code %} or {@code !} is an operator.
 */
final class CellText {
  private static final Set<String> JAVA_VALUES = Set.of("true", "false", "this", "new", "super");
  private static final Pattern HEAD = Pattern.compile("%(\\w+)(\\??)");
  private static final Pattern JAVA_CALL = Pattern.compile("[\\w$.]+\\(.*", Pattern.DOTALL);
  private static final Pattern OPERATOR =
      Pattern.compile("&&|\\|\\||[=!]=|[?;^.\\[)&|]|instanceof\\b");

  /** How a magic begins. */
  enum Kind {
    /** {@code %name}, which takes its line. */
    LINE,
    /** {@code %%name}, which takes the whole cell. */
    CELL,
    /** {@code %%name} below other code. */
    CELL_TOO_LATE,
    /** {@code !command}, which takes its line. */
    SHELL
  }

  /**
   * A magic in the cell.
   *
   * @param from its first character
   * @param to the end of what it takes
   * @param name its name; {@code !} for a command
   * @param lineAt where the text after its name begins
   * @param lineTo where that text ends
   * @param alone whether it is a snippet of its own, not part of a statement or of a block
   */
  record Found(Kind kind, int from, int to, String name, int lineAt, int lineTo, boolean alone) {}

  private final String code;
  private final JavaLexer lexer;
  private final Predicate<String> isVariable;
  private final List<Found> found = new ArrayList<>();
  private boolean begun;

  private CellText(String code, Predicate<String> isVariable) {
    this.code = code;
    this.lexer = new JavaLexer(code);
    this.isVariable = isVariable;
  }

  /**
   * Reads {@code code}.
   *
   * @param isVariable whether an earlier cell declares a variable; {@code !done} is then Java
   */
  static CellText of(String code, Predicate<String> isVariable) {
    var text = new CellText(code, isVariable);
    text.read();
    return text;
  }

  String code() {
    return code;
  }

  /** The magics, in order. */
  List<Found> magics() {
    return found;
  }

  /** Whether there is more than blanks and comments. */
  boolean hasCode() {
    return begun;
  }

  /** Whether {@code name} is a variable, or occurs in the cell's Java. */
  boolean knows(String name) {
    return lexer.words().contains(name) || isVariable.test(name);
  }

  private void read() {
    while (lexer.next() < code.length()) {
      int at = lexer.next();
      char c = code.charAt(at);
      if (!(c == '%' && percent(at)) && !(c == '!' && command(at))) {
        lexer.read();
      }
      begun = true;
    }
  }

  /** Reads {@code %name} or {@code %%name}; false if it is an operator. */
  private boolean percent(int at) {
    boolean whole = code.startsWith("%%", at);
    Matcher head = HEAD.matcher(code).region(whole ? at + 1 : at, code.length());
    boolean possible = lexer.statementOrValueCanBegin() && head.lookingAt();
    if (!possible || (whole && !lexer.isAtTopLevel())) {
      return false;
    }
    boolean asksForHelp = !head.group(2).isEmpty();
    int end = endOfMagicLine(head.end());
    String name = asksForHelp ? "help" : head.group(1);
    int lineAt = asksForHelp ? head.start(1) : head.end();
    int lineTo = asksForHelp ? head.end(1) : end;
    boolean takesAll = whole && !asksForHelp;
    Kind kind = !takesAll ? Kind.LINE : begun ? Kind.CELL_TOO_LATE : Kind.CELL;
    add(
        new Found(
            kind, at, takesAll ? code.length() : end, name, lineAt, lineTo, lexer.isAtTopLevel()));
    return true;
  }

  /** Reads {@code !command}; false if it is Java's negation. */
  private boolean command(int at) {
    boolean possible = lexer.statementCanBegin() && !code.startsWith("!=", at);
    if (!possible
        || (lexer.isAtTopLevel() && isNegation(code.substring(at + 1, lexer.endOfLine(at))))) {
      return false;
    }
    int end = endOfMagicLine(at);
    add(new Found(Kind.SHELL, at, end, "!", at + 1, end, lexer.isAtTopLevel()));
    return true;
  }

  private void add(Found magic) {
    found.add(magic);
    lexer.skipStatement(magic.to());
  }

  /** Whether {@code rest}, which follows a {@code !}, is a Java expression of names that exist. */
  private boolean isNegation(String rest) {
    String text = rest.strip();
    if (text.isEmpty() || text.startsWith("(") || text.startsWith("!")) {
      return true;
    }
    if (!Character.isJavaIdentifierStart(text.charAt(0))) {
      return false;
    }
    int end = 1;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    String name = text.substring(0, end);
    String next = text.substring(end).strip();
    boolean known = JAVA_VALUES.contains(name) || knows(name);
    return JAVA_CALL.matcher(text).matches()
        || (known && (next.isEmpty() || OPERATOR.matcher(next).lookingAt()))
        || (known && JAVA_VALUES.contains(name));
  }

  /** The end of a magic's line, which a backslash continues. */
  private int endOfMagicLine(int from) {
    int end = lexer.endOfLine(from);
    while (end > from && end < code.length() && code.charAt(end - 1) == '\\') {
      end = lexer.endOfLine(code.indexOf('\n', end) + 1);
    }
    return end;
  }
}
