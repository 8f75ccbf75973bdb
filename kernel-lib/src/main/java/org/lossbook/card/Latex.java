package org.lossbook.card;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a formula in LaTeX: commands, braces, numbers and single characters. */
final class Latex {
  private static final Pattern TOKEN =
      Pattern.compile("\\\\[a-zA-Z]+\\s*|\\\\.|\\d+(?:\\.\\d+)?|\\s+|.", Pattern.DOTALL);

  private final List<String> tokens = new ArrayList<>();
  private int next;

  Latex(String text) {
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      tokens.add(token.group());
    }
  }

  boolean hasNext() {
    return next < tokens.size();
  }

  /** The next token, without what space follows a command; spaces between tokens are skipped. */
  String peek() {
    while (hasNext() && tokens.get(next).isBlank()) {
      next++;
    }
    return hasNext() ? word(tokens.get(next)) : "";
  }

  String take() {
    String token = peek();
    next++;
    return token;
  }

  /** Whether the next token is this one, which is then taken. */
  boolean takeIf(String token) {
    boolean isIt = peek().equals(token);
    next += isIt ? 1 : 0;
    return isIt;
  }

  /** The text in the next pair of braces, as it is written. */
  String group() {
    if (!takeIf("{")) {
      return take();
    }
    var text = new StringBuilder();
    int depth = 1;
    while (hasNext()) {
      String token = tokens.get(next++);
      depth += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
      if (depth == 0) {
        break;
      }
      text.append(token);
    }
    return text.toString();
  }

  private static String word(String token) {
    return token.length() > 2 && token.charAt(0) == '\\' ? token.strip() : token;
  }
}
