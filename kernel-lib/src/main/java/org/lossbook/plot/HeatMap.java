package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.ColourMap;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;

/**
 * A heat map of a number for each pair of two settings: a column for each value of one, a row for
 * each of the other; darker is better, and the best is framed.
 *
 * @param xLabel the setting in columns
 * @param columns its values
 * @param yLabel the setting in rows
 * @param rows its values
 * @param zLabel what the numbers are
 * @param z {@code z[row][column]}; NaN is a hole
 * @param rising whether more is better
 * @hidden
 */
@Internal
public record HeatMap(
    String xLabel,
    List<String> columns,
    String yLabel,
    List<String> rows,
    String zLabel,
    double[][] z,
    boolean rising) {
  private static final int WIDTH = 640;
  private static final int TOP = 62;
  private static final int MARGIN = 14;
  private static final int WIDEST_CELL = 110;
  private static final double DARK = 0.7;

  /**
   * Copies its arguments.
   *
   * @throws IllegalArgumentException where a pair has no number
   */
  public HeatMap {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    z = Arrays.stream(z).map(double[]::clone).toArray(double[][]::new);
    int wide = columns.size();
    if (wide == 0
        || rows.isEmpty()
        || z.length != rows.size()
        || Arrays.stream(z).anyMatch(row -> row.length != wide)) {
      throw Messages.wrong(
          "A heat map expects a number for each pair of %d columns and %d rows but receives %d rows: z[row][column].",
          wide, rows.size(), z.length);
    }
  }

  /** The figure, 640 pixels wide. */
  public Figure figure() {
    return Figure.drawing(WIDTH, height(), alt(), text(), this::paint);
  }

  private int cellHeight() {
    return Math.min(44, Math.max(20, 360 / rows.size()));
  }

  private int height() {
    return TOP + cellHeight() * rows.size() + MARGIN;
  }

  private DoubleStream finite() {
    return Arrays.stream(z).flatMapToDouble(Arrays::stream).filter(Double::isFinite);
  }

  /**
   * 1 for the best, 0 for the worst, by rank, so that an outlier does not hide other differences.
   */
  private double goodness(double value) {
    double[] each = finite().distinct().sorted().toArray();
    double share = each.length == 1 ? 1 : Arrays.binarySearch(each, value) / (each.length - 1.0);
    return rising || each.length == 1 ? share : 1 - share;
  }

  private double best() {
    return rising ? finite().max().orElse(Double.NaN) : finite().min().orElse(Double.NaN);
  }

  private void paint(Graphics2D g) {
    g.setFont(Canvas.WORDS);
    var metrics = g.getFontMetrics();
    int longest = rows.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    int left = MARGIN + Math.min(180, Math.max(longest, metrics.stringWidth(yLabel))) + 10;
    int cell = Math.min(WIDEST_CELL, (WIDTH - left - MARGIN) / columns.size());
    int tall = cellHeight();
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    g.drawString(
        zLabel + (rising ? ", more is better (darker)" : ", less is better (darker)"), MARGIN, 20);
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.FAINT_INK);
    centred(g, xLabel, left + cell * columns.size() / 2, 38);
    g.drawString(yLabel, left - 10 - metrics.stringWidth(yLabel), TOP - 7);
    for (int i = 0; i < columns.size(); i++) {
      g.setColor(Palette.INK);
      centred(g, Canvas.fitted(g, columns.get(i), cell - 4), left + i * cell + cell / 2, TOP - 7);
    }
    for (int j = 0; j < rows.size(); j++) {
      int y = TOP + j * tall;
      g.setFont(Canvas.WORDS);
      g.setColor(Palette.INK);
      String name = Canvas.fitted(g, rows.get(j), left - 10 - MARGIN);
      g.drawString(name, left - 10 - metrics.stringWidth(name), y + tall / 2 + 4);
      for (int i = 0; i < columns.size(); i++) {
        cell(g, z[j][i], left + i * cell, y, cell, tall);
      }
    }
    frame(g, left, cell, tall);
  }

  private void cell(Graphics2D g, double value, int x, int y, int width, int height) {
    boolean hole = !Double.isFinite(value);
    double goodness = hole ? 0 : goodness(value);
    if (!hole) {
      g.setColor(ColourMap.of(goodness));
      g.fillRect(x + 1, y + 1, width - 2, height - 2);
    }
    g.setColor(hole ? Palette.FAINT_INK : goodness > DARK ? Color.WHITE : Palette.INK);
    g.setFont(Canvas.SMALL);
    centred(
        g,
        Canvas.fitted(g, hole ? "–" : NumberText.text(value), width - 4),
        x + width / 2,
        y + height / 2 + 4);
  }

  private void frame(Graphics2D g, int left, int cell, int tall) {
    g.setColor(Role.VALIDATION.color(0));
    g.setStroke(new BasicStroke(3));
    for (int j = 0; j < rows.size(); j++) {
      for (int i = 0; i < columns.size(); i++) {
        if (z[j][i] == best()) {
          g.drawRect(left + i * cell + 1, TOP + j * tall + 1, cell - 3, tall - 3);
          return;
        }
      }
    }
  }

  private static void centred(Graphics2D g, String text, int x, int y) {
    g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
  }

  private String alt() {
    double best = best();
    String where =
        IntStream.range(0, rows.size() * columns.size())
            .filter(at -> z[at / columns.size()][at % columns.size()] == best)
            .mapToObj(
                at ->
                    Messages.of(
                        "; the best, %s, at %s %s and %s %s",
                        NumberText.text(best),
                        xLabel,
                        columns.get(at % columns.size()),
                        yLabel,
                        rows.get(at / columns.size())))
            .findFirst()
            .orElse("");
    return Messages.of(
        "%s for %d values of %s and %d of %s%s.",
        zLabel, columns.size(), xLabel, rows.size(), yLabel, where);
  }

  private String text() {
    int first = Math.max(yLabel.length(), rows.stream().mapToInt(String::length).max().orElse(0));
    int wide = 2 + Math.max(8, columns.stream().mapToInt(String::length).max().orElse(0));
    String cells = "%" + wide + "s";
    String head =
        columns.stream().map(name -> Messages.of(cells, name)).collect(Collectors.joining());
    String body =
        IntStream.range(0, rows.size())
            .mapToObj(
                j ->
                    Messages.of("%" + first + "s", rows.get(j))
                        + DoubleStream.of(z[j])
                            .mapToObj(
                                v ->
                                    Messages.of(
                                        cells, Double.isFinite(v) ? NumberText.text(v) : "–"))
                            .collect(Collectors.joining()))
            .collect(Collectors.joining("\n"));
    return alt() + "\n" + Messages.of("%" + first + "s", yLabel) + head + "\n" + body;
  }
}
