package org.lossbook.card;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lossbook.formula.Expr;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;

/**
 * A part of a card.
 *
 * @param title its heading; empty for none
 * @param html what a page shows; empty for what a terminal alone can show
 * @param text what a terminal shows; empty for a picture
 */
record Section(String title, String html, String text) {
  private static final Pattern DOLLARS = Pattern.compile("^\\$\\$(.*)\\$\\$$", Pattern.DOTALL);

  /** Words from a Javadoc comment. */
  static Section ofJavadoc(String title, String javadoc) {
    return new Section(title, "<p>" + CardDoc.html(javadoc) + "</p>", CardDoc.text(javadoc));
  }

  /** Lines of code. */
  static Section ofCode(String title, String code) {
    return new Section(title, "<pre><code>" + Markup.html(code) + "</code></pre>", code);
  }

  /** What a cell would show of a value: mathematics as MathML, else its HTML. */
  static Section of(String title, Renderable value) {
    Map<String, String> bundle = value.mimeBundle();
    var latex = DOLLARS.matcher(bundle.getOrDefault("text/latex", ""));
    String html =
        latex.matches()
            ? "<div class=\"lossbook-math\">" + MathMl.block(latex.group(1)) + "</div>"
            : bundle.getOrDefault("text/html", "<pre>" + Markup.html(value.toString()) + "</pre>");
    return new Section(title, html, value.toString());
  }

  /** An equation with a name in words at its left. */
  static Section ofFormula(String title, String name, Expr right) {
    String latex = "\\text{" + name + "} = " + right.latex();
    String html = "<div class=\"lossbook-math\">" + MathMl.block(latex) + "</div>";
    return new Section(title, html, name + " = " + right);
  }

  /** The same, for a page alone. */
  Section forPages() {
    return new Section(title, html, "");
  }

  /** The same, folded away on a page. */
  Section folded() {
    return new Section(
        "", "<details><summary>" + Markup.html(title) + "</summary>" + html + "</details>", "");
  }

  String asHtml() {
    String heading = title.isEmpty() ? "" : "<h3>" + Markup.html(title) + "</h3>";
    return "<section>" + heading + html + "</section>";
  }

  String asText() {
    String heading = title.isEmpty() ? "" : title + "\n";
    return heading
        + Arrays.stream(text.split("\n"))
            .map(line -> line.isEmpty() ? line : "  " + line)
            .collect(Collectors.joining("\n"));
  }
}
