package org.lossbook.notebook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lossbook.config.Require;

/**
 * A table of words and numbers, in HTML for a notebook and in columns of text for a terminal.
 *
 * @param caption a line above the table; may be empty
 * @param head the column headers; columns of numbers are right-aligned
 * @param rows as many cells as {@code head} has
 * @param footer lines below it
 * @param isPlain whether the caption is part of the HTML table, and its cells show which columns
 *     are numbers
 */
public record TextTable(
    String caption,
    List<Column> head,
    List<List<String>> rows,
    List<String> footer,
    boolean isPlain)
    implements Renderable {
  private static final Pattern NUMBER = Pattern.compile("[-−+]?[0-9][0-9,.]*(e[-+]?[0-9]+)?");

  /** Rejects null, and cells that are not text. */
  public TextTable {
    Require.given(caption, "A table", "a caption", "\"\" leaves it out");
    Require.all(head, Column.class, "A table", "columns", "Column.words(\"name\") is one");
    Require.given(rows, "A table", "rows", "List.of() has none");
    for (Object row : rows) {
      List<?> cells = row instanceof List<?> list ? list : null;
      Require.all(cells, String.class, "A table", "rows of texts", "write \"\" for an empty cell");
    }
    Require.all(footer, String.class, "A table", "lines below it", "List.of() has none");
  }

  /** A table with aligned columns. */
  public TextTable(
      String caption, List<Column> head, List<List<String>> rows, List<String> footer) {
    this(caption, head, rows, footer, false);
  }

  /** A table whose columns of numbers are found; the caption is part of its HTML. */
  public static TextTable plain(String caption, List<String> head, List<List<String>> rows) {
    List<String> names =
        Require.all(
            head, String.class, "A table", "names of columns", "\"\" is one without a name");
    return new TextTable(
        caption, names.stream().map(Column::words).toList(), rows, List.of(), true);
  }

  /** The HTML of rows without headers, whose alignment is left to the notebook. */
  public static String html(List<List<String>> rows) {
    return "<table>" + plain("", List.of(), rows).body(false) + "</table>";
  }

  /**
   * A column header.
   *
   * @param name its text
   * @param numbers whether its cells are right-aligned
   */
  public record Column(String name, boolean numbers) {
    /** A column of words. */
    public static Column words(String name) {
      return new Column(name, false);
    }

    /** A column of numbers. */
    public static Column numbers(String name) {
      return new Column(name, true);
    }
  }

  /** The table as HTML for a notebook, in any theme. */
  public String html() {
    var html = new StringBuilder();
    if (!caption.isEmpty() && !isPlain) {
      html.append("<div>").append(Markup.html(caption)).append("</div>");
    }
    html.append("<table>");
    if (!caption.isEmpty() && isPlain) {
      html.append("<caption style=\"text-align:left\">")
          .append(Markup.html(caption))
          .append("</caption>");
    }
    html.append("<thead>").append(row("th", names(), true)).append("</thead>");
    html.append("<tbody>").append(body(true)).append("</tbody></table>");
    footer.forEach(line -> html.append("<div>").append(Markup.html(line)).append("</div>"));
    return html.toString();
  }

  private String body(boolean isStyled) {
    return rows.stream().map(row -> row("td", row, isStyled)).collect(Collectors.joining());
  }

  private String row(String tag, List<String> cells, boolean isStyled) {
    var html = new StringBuilder("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      html.append('<').append(tag).append(isStyled ? style(tag, i) : "").append('>');
      html.append(Markup.html(cells.get(i))).append("</").append(tag).append('>');
    }
    return html.append("</tr>").toString();
  }

  /**
   * In each cell, because pages and code hosts differ in what they give a table and may drop a
   * style element; without colours, so that it suits any theme.
   */
  private String style(String tag, int column) {
    boolean right = isPlain ? showsNumbers(column) : isOfNumbers(column);
    return " style=\"padding:3px 10px;text-align:"
        + (right ? "right" : "left")
        + (tag.equals("th") ? ";border-bottom:1px solid #808080\"" : "\"");
  }

  private boolean showsNumbers(int column) {
    return !rows.isEmpty()
        && rows.stream()
            .allMatch(row -> column < row.size() && NUMBER.matcher(row.get(column)).matches());
  }

  private boolean isOfNumbers(int column) {
    return column < head.size() && head.get(column).numbers();
  }

  private List<String> names() {
    return head.stream().map(Column::name).toList();
  }

  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/html", html());
  }

  @Override
  public String toString() {
    List<List<String>> all = new ArrayList<>();
    all.add(plain(names()));
    rows.forEach(row -> all.add(plain(row)));
    int columns = all.stream().mapToInt(List::size).max().orElse(0);
    List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
    for (List<String> row : all) {
      for (int i = 0; i < row.size(); i++) {
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    List<String> lines = new ArrayList<>();
    if (!caption.isEmpty()) {
      lines.add(Markup.line(caption));
    }
    all.forEach(row -> lines.add(line(row, widths)));
    lines.addAll(footer);
    return String.join("\n", lines);
  }

  private static List<String> plain(List<String> cells) {
    return cells.stream().map(Markup::line).toList();
  }

  private String line(List<String> row, List<Integer> widths) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      String space = " ".repeat(widths.get(i) - row.get(i).length());
      cells.add(isOfNumbers(i) ? space + row.get(i) : row.get(i) + space);
    }
    return cells.stream().collect(Collectors.joining("  ")).stripTrailing();
  }
}
