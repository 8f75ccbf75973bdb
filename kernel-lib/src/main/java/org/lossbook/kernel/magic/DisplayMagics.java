package org.lossbook.kernel.magic;

import java.util.List;
import java.util.function.BiConsumer;

/** The cell magics whose text is shown, such as {@code %%html}. */
final class DisplayMagics {
  private DisplayMagics() {}

  /**
   * @param show shows a text of a MIME type
   */
  static List<Magic> magics(BiConsumer<String, String> show) {
    return List.of(
        magic("html", "HTML", "text/html", show).orAs("HTML"),
        magic("markdown", "Markdown", "text/markdown", show),
        magic("latex", "LaTeX", "text/latex", show),
        magic("svg", "an SVG picture", "image/svg+xml", show).orAs("SVG"),
        magic("javascript", "JavaScript", "application/javascript", show).orAs("js"));
  }

  private static Magic magic(
      String name, String what, String type, BiConsumer<String, String> show) {
    return Magic.cell(
        name,
        "",
        "shows the cell as " + what,
        call -> {
          show.accept(type, call.body());
          return null;
        });
  }
}
