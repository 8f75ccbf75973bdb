package org.lossbook.kernel.magic;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the Java of a cell token by token, and knows where a statement can begin. What it reads
 * need not compile.
 */
final class JavaLexer {
  private static final Set<String> CONTROL = Set.of("if", "while", "for");
  private static final Set<String> AHEAD_OF_A_STATEMENT = Set.of("else", "do");

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
  private final Set<String> words = new HashSet<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private After after = After.STATEMENT;
  private String word = "";
  private char sign;
  private boolean switchIsExpression;
  private int at;

  JavaLexer(String code) {
    this.code = code;
  }

  /** Where the next token begins; the end of the code if there is none. */
  int next() {
    while (at < code.length()) {
      if (Character.isWhitespace(code.charAt(at))) {
        at++;
      } else if (code.startsWith("//", at)) {
        at = endOfLine(at);
      } else if (code.startsWith("/*", at)) {
        int end = code.indexOf("*/", at + 2);
        at = end < 0 ? code.length() : end + 2;
      } else {
        return at;
      }
    }
    return at;
  }

  /** Goes on at {@code to}, behind what is a statement of its own. */
  void skipStatement(int to) {
    at = to;
    after = After.STATEMENT;
    word = "";
    sign = 0;
  }

  /** The identifiers and keywords so far. */
  Set<String> words() {
    return Collections.unmodifiableSet(words);
  }

  /** Whether a statement can begin here. */
  boolean statementCanBegin() {
    return statementsAreAllowed() && (after == After.STATEMENT || after == After.SUBSTATEMENT);
  }

  /** Whether a statement can begin here, or what is assigned to a variable. */
  boolean statementOrValueCanBegin() {
    return statementsAreAllowed() && after != After.OPERAND && after != After.OTHER;
  }

  /** Whether a statement can begin here that is not part of another or of a block. */
  boolean isAtTopLevel() {
    return open.isEmpty() && after == After.STATEMENT;
  }

  /** The end of the line that {@code from} is in. */
  int endOfLine(int from) {
    int end = code.indexOf('\n', from);
    end = end < 0 ? code.length() : end;
    return end > from && code.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** Reads a token. */
  void read() {
    char c = code.charAt(at);
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
}
