package org.lossbook.card;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a formula in LaTeX in another form: how its atoms, groups and arguments are read. */
abstract class LatexWriter {
  private static final Pattern INLINE = Pattern.compile("\\\\\\((.+?)\\\\\\)", Pattern.DOTALL);

  final Latex latex;

  LatexWriter(String latex) {
    this.latex = new Latex(latex);
  }

  /** A text whose formulas, between \( and \), are written anew. */
  static String inText(String text, UnaryOperator<String> written) {
    return INLINE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(written.apply(found.group(1))));
  }

  /** What stands up to the end of the text, a closing brace, a cell's or a bracket's end. */
  abstract String row();

  /** A command, whose name has been taken, with its arguments. */
  abstract String command(String name);

  /** Anything else: a number, a letter or a sign. */
  abstract String character(String token);

  static boolean isEnd(String token) {
    return List.of("", "}", "&", "\\\\", "\\right", "\\end").contains(token);
  }

  static boolean isScript(String token) {
    return List.of("_", "^", "'").contains(token);
  }

  /** One atom, or a group in braces. */
  String argument() {
    return atom();
  }

  final String atom() {
    String token = latex.take();
    if (token.equals("{")) {
      String row = row();
      latex.takeIf("}");
      return row;
    }
    return token.startsWith("\\") ? command(token.substring(1)) : character(token);
  }
}
