package org.lossbook.layer.worked;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.notebook.Markup;

/**
 * Numbers in rows, some of them shaded.
 *
 * @param title below them
 * @param rows the numbers as text
 * @param isShaded of a row and a column
 */
record Grid(String title, List<List<String>> rows, BiPredicate<Integer, Integer> isShaded) {
  /** Colours of the page, light or dark, on which the shade has enough contrast. */
  private static final String CELL =
      "min-width:28px;padding:3px 6px;text-align:right;border:1px solid rgba(128,128,128,.5)";

  private static final String SHADE = ";background-color:rgba(86,180,233,.38)";

  String html() {
    var html =
        new StringBuilder("<figure style=\"margin:0\"><table style=\"border-collapse:collapse\">");
    for (int r = 0; r < rows.size(); r++) {
      html.append("<tr>");
      for (int c = 0; c < rows.get(r).size(); c++) {
        html.append("<td style=\"").append(CELL).append(isShaded.test(r, c) ? SHADE : "");
        html.append("\">").append(Markup.html(rows.get(r).get(c))).append("</td>");
      }
      html.append("</tr>");
    }
    return html.append("</table><figcaption>")
        .append(Markup.html(title))
        .append("</figcaption></figure>")
        .toString();
  }

  /** The shaded numbers in brackets. */
  @Override
  public String toString() {
    int width = rows.stream().flatMap(List::stream).mapToInt(String::length).max().orElse(0);
    return title
        + "\n"
        + IntStream.range(0, rows.size())
            .mapToObj(r -> line(r, width))
            .collect(Collectors.joining("\n"));
  }

  private String line(int row, int width) {
    return IntStream.range(0, rows.get(row).size())
        .mapToObj(
            c -> {
              String text = rows.get(row).get(c);
              String space = " ".repeat(width - text.length());
              return isShaded.test(row, c) ? space + "[" + text + "]" : space + " " + text + " ";
            })
        .collect(Collectors.joining(" "));
  }
}
