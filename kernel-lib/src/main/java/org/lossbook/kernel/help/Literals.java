package org.lossbook.kernel.help;

/** Strings and comments of Java code. */
final class Literals {
  private Literals() {}

  /** Whether {@code code} ends inside a string, a character, a text block or a comment. */
  static boolean isOpenAtEnd(String code) {
    int at = 0;
    while (at < code.length()) {
      int end;
      if (code.startsWith("//", at)) {
        end = code.indexOf('\n', at);
      } else if (code.startsWith("/*", at)) {
        end = after(code, "*/", at + 2);
      } else if (code.startsWith("\"\"\"", at)) {
        end = after(code, "\"\"\"", at + 3);
      } else if (code.charAt(at) == '"' || code.charAt(at) == '\'') {
        end = endOfLiteral(code, at);
      } else {
        end = at + 1;
      }
      if (end < 0) {
        return true;
      }
      at = end;
    }
    return false;
  }

  /** The position behind the next {@code mark} that is not escaped; -1 if there is none. */
  private static int after(String code, String mark, int from) {
    int at = from;
    while (at < code.length()) {
      if (code.startsWith(mark, at)) {
        return at + mark.length();
      }
      at += code.charAt(at) == '\\' && mark.startsWith("\"") ? 2 : 1;
    }
    return -1;
  }

  /** The position behind a string or a character, which ends with its line at the latest. */
  private static int endOfLiteral(String code, int from) {
    char quote = code.charAt(from);
    for (int at = from + 1; at < code.length(); at++) {
      char c = code.charAt(at);
      if (c == quote || c == '\n') {
        return at + 1;
      }
      if (c == '\\') {
        at++;
      }
    }
    return -1;
  }
}
