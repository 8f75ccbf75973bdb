package org.lossbook.notebook;

import java.util.regex.Pattern;
import org.lossbook.Internal;

/**
 * Escapes untrusted text, such as a layer's name from a file, for output in a cell. Each kind of
 * output has its own special characters.
 *
 * @hidden
 */
@Internal
public final class Markup {
  private static final String LATEX = "\\{}$%&#^~<>";
  private static final String LATEX_SHOWN = "＼｛｝＄％＆＃＾～＜＞";

  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

  private Markup() {}

  /** Escapes text for HTML content. */
  public static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Escapes text for a double-quoted HTML attribute. */
  public static String attribute(String text) {
    return html(text).replace("\"", "&quot;");
  }

  /** Inline code in Markdown, backticks included. */
  public static String code(String text) {
    return "`" + line(text).replace('`', 'ˋ') + "`";
  }

  /** Text in LaTeX, with lookalikes in place of characters that are commands. */
  public static String latex(String text) {
    var words = new StringBuilder();
    line(text)
        .chars()
        .forEach(
            c -> {
              int command = LATEX.indexOf(c);
              if (c == '_') {
                words.append("\\_");
              } else {
                words.append(command < 0 ? (char) c : LATEX_SHOWN.charAt(command));
              }
            });
    return "\\text{" + words + "}";
  }

  /** One line for a terminal, without control characters. */
  public static String line(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }
}
