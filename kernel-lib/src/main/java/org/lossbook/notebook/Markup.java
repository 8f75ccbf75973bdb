package org.lossbook.notebook;

import org.lossbook.Internal;

/**
 * Text from outside, such as a layer's name in a file, made safe to stand in what a cell shows. In
 * each kind of output some characters do more than show.
 *
 * @hidden
 */
@Internal
public final class Markup {
  private static final String LATEX = "\\{}$%&#^~<>";
  private static final String LATEX_SHOWN = "＼｛｝＄％＆＃＾～＜＞";

  private Markup() {}

  /** For HTML, between tags: no tag begins in it. */
  public static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** For an attribute of HTML, between double quotes. */
  public static String attribute(String text) {
    return html(text).replace("\"", "&quot;");
  }

  /** As code in Markdown, its quotes included. */
  public static String code(String text) {
    return "`" + line(text).replace('`', 'ˋ') + "`";
  }

  /** As words in LaTeX, with signs that look alike in the place of those that are commands. */
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

  /** For a terminal: one line, without control characters. */
  public static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", " ");
  }
}
