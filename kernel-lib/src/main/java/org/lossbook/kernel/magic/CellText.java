package org.lossbook.kernel.magic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the magics of a cell. It reads the cell token by token, because a magic stands only where a
 * Java statement can begin, or after {@code =}: neither in a text block nor where {@code %} or
 * {@code !} is an operator.
 */
final class CellText {
  private static final Set<String> CONTROL = Set.of("if", "while", "for");
  private static final Set<String> AHEAD_OF_A_STATEMENT = Set.of("else", "do");
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

  private enum Open {
    BLOCK,
    SWITCH_EXPRESSION,
    INITIALIZER,
    HEADER,
    BRACKET
  }

  /** What the last token allows after it. */
  private enum After {
    /** The start of the cell, {@code ;}, a block's bracket: a statement begins. */
    STATEMENT,
    /** The header of a loop, {@code else}: the statement that belongs to it begins. */
    SUBSTATEMENT,
    /** {@code ->} or {@code :}: a statement or an expression begins. */
    EITHER,
    /** {@code =}. */
    ASSIGNMENT,
    /** An operand, so that {@code %} is an operator. */
    OPERAND,
    OTHER
  }

  private final String code;
  private final Predicate<String> isVariable;
  private final List<Found> found = new ArrayList<>();
  private final Set<String> words = new HashSet<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private After after = After.STATEMENT;
  private String word = "";
  private char sign;
  private boolean switchIsExpression;
  private boolean begun;
  private int at;

  private CellText(String code, Predicate<String> isVariable) {
    this.code = code;
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
    return words.contains(name) || isVariable.test(name);
  }

  private void read() {
    while (at < code.length()) {
      char c = code.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (code.startsWith("//", at)) {
        at = endOfLine(at);
      } else if (code.startsWith("/*", at)) {
        int end = code.indexOf("*/", at + 2);
        at = end < 0 ? code.length() : end + 2;
      } else if (!(c == '%' && percent()) && !(c == '!' && command())) {
        token(c);
        begun = true;
      }
    }
  }

  private void token(char c) {
    String before = word;
    char signBefore = sign;
    word = "";
    sign = 0;
    if (Character.isJavaIdentifierStart(c)) {
      identifier(before);
    } else if (Character.isDigit(c)) {
      skipNumber();
      after = After.OPERAND;
    } else if (code.startsWith("\"\"\"", at)) {
      skipQuoted("\"\"\"");
    } else if (c == '"' || c == '\'') {
      skipQuoted(String.valueOf(c));
    } else {
      sign(c, before, signBefore);
    }
  }

  private void identifier(String before) {
    int start = at;
    while (at < code.length() && Character.isJavaIdentifierPart(code.charAt(at))) {
      at++;
    }
    word = code.substring(start, at);
    words.add(word);
    if (word.equals("switch")) {
      switchIsExpression = after != After.STATEMENT && after != After.SUBSTATEMENT;
    }
    boolean leads = AHEAD_OF_A_STATEMENT.contains(word) && !before.equals(".");
    after = leads ? After.SUBSTATEMENT : After.OPERAND;
  }

  private void skipNumber() {
    while (at < code.length()
        && (Character.isJavaIdentifierPart(code.charAt(at)) || code.charAt(at) == '.')) {
      at++;
    }
  }

  private void skipQuoted(String quote) {
    at += quote.length();
    while (at < code.length() && !code.startsWith(quote, at)) {
      if (quote.length() == 1 && code.charAt(at) == '\n') {
        return; // it was never closed: javac will say so
      }
      at += code.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(code.length(), at + quote.length());
    after = After.OPERAND;
  }

  private void sign(char c, String before, char signBefore) {
    sign = c;
    if (code.startsWith("->", at)) {
      at += 2;
      after = After.EITHER;
      return;
    }
    at++;
    switch (c) {
      case '(' -> {
        open.push(CONTROL.contains(before) ? Open.HEADER : Open.BRACKET);
        after = After.OTHER;
      }
      case '[' -> {
        open.push(Open.BRACKET);
        after = After.OTHER;
      }
      case '{' -> {
        open.push(brace(signBefore));
        after = open.peek() == Open.INITIALIZER ? After.OTHER : After.STATEMENT;
      }
      case ')', ']' -> {
        Open closed = open.isEmpty() ? Open.BRACKET : open.pop();
        after = closed == Open.HEADER ? After.SUBSTATEMENT : After.OPERAND;
      }
      case '}' -> {
        Open closed = open.isEmpty() ? Open.BLOCK : open.pop();
        after = closed == Open.BLOCK ? After.STATEMENT : After.OPERAND;
      }
      case ';' -> after = After.STATEMENT;
      case ':' -> after = After.EITHER;
      case '=' -> after = isAssignment() ? After.ASSIGNMENT : After.OTHER;
      default -> after = After.OTHER;
    }
  }

  private boolean isAssignment() {
    boolean compound = at > 1 && "=!<>+-*/%&|^".indexOf(code.charAt(at - 2)) >= 0;
    return !compound && !code.startsWith("=", at);
  }

  private Open brace(char before) {
    if (open.peek() == Open.INITIALIZER || (before != 0 && "=](,".indexOf(before) >= 0)) {
      return Open.INITIALIZER;
    }
    if (switchIsExpression && before == ')') {
      switchIsExpression = false;
      return Open.SWITCH_EXPRESSION;
    }
    return Open.BLOCK;
  }

  private boolean statementsAreAllowed() {
    return open.isEmpty() || open.peek() == Open.BLOCK || open.peek() == Open.SWITCH_EXPRESSION;
  }

  /** Reads {@code %name} or {@code %%name}; false if it is an operator. */
  private boolean percent() {
    boolean whole = code.startsWith("%%", at);
    Matcher head = HEAD.matcher(code).region(whole ? at + 1 : at, code.length());
    boolean possible =
        statementsAreAllowed()
            && after != After.OPERAND
            && after != After.OTHER
            && head.lookingAt();
    if (!possible || (whole && !isAlone())) {
      return false;
    }
    boolean asksForHelp = !head.group(2).isEmpty();
    int end = endOfMagicLine(head.end());
    String name = asksForHelp ? "help" : head.group(1);
    int lineAt = asksForHelp ? head.start(1) : head.end();
    int lineTo = asksForHelp ? head.end(1) : end;
    boolean takesAll = whole && !asksForHelp;
    Kind kind = !takesAll ? Kind.LINE : begun ? Kind.CELL_TOO_LATE : Kind.CELL;
    add(new Found(kind, at, takesAll ? code.length() : end, name, lineAt, lineTo, isAlone()));
    return true;
  }

  /** Reads {@code !command}; false if it is Java's negation. */
  private boolean command() {
    boolean possible =
        statementsAreAllowed()
            && (after == After.STATEMENT || after == After.SUBSTATEMENT)
            && !code.startsWith("!=", at);
    if (!possible || (isAlone() && isNegation(code.substring(at + 1, endOfLine(at))))) {
      return false;
    }
    int end = endOfMagicLine(at);
    add(new Found(Kind.SHELL, at, end, "!", at + 1, end, isAlone()));
    return true;
  }

  private void add(Found magic) {
    found.add(magic);
    at = magic.to();
    after = After.STATEMENT;
    word = "";
    sign = 0;
    begun = true;
  }

  private boolean isAlone() {
    return open.isEmpty() && after == After.STATEMENT;
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

  private int endOfLine(int from) {
    int end = code.indexOf('\n', from);
    end = end < 0 ? code.length() : end;
    return end > from && code.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** The end of a magic's line, which a backslash continues. */
  private int endOfMagicLine(int from) {
    int end = endOfLine(from);
    while (end > from && end < code.length() && code.charAt(end - 1) == '\\') {
      end = endOfLine(code.indexOf('\n', end) + 1);
    }
    return end;
  }
}
