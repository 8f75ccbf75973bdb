package org.lossbook.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;
import org.lossbook.plot.canvas.Ticks;

/**
 * Matrices as greyscale cells, each with its number where there is room: an image, a kernel, the
 * result of a convolution. It is drawn when a cell ends with it.
 *
 * <p>0 is black and the largest number white; where there are negative numbers, 0 is the middle
 * grey and black is as far below it as white is above.
 *
 * <pre>{@code
 * pixels("image", matrix(row(0, 0, 9), row(0, 9, 9)))
 *     .beside(pixels("kernel", matrix(row(-1, 1))))
 * }</pre>
 */
public final class Pixels implements Drawable {
  private static final int WIDTH = 640;
  private static final int MARGIN = 14;
  private static final int GAP = 22;
  private static final int MOST_IN_A_ROW = 4;
  private static final int WIDEST_CELL = 44;
  private static final int HIGHEST = 300;
  private static final int LEGIBLE = 24; // a cell with room for a number
  private static final int TITLE = 22;
  private static final int FOOT = 22;
  private static final int FEW = 400; // cells that line art may have
  private static final int MOST = 1000; // rows or columns: a cell is a pixel wide at least

  private record Panel(String title, double[][] z, double low, double high) {
    Panel(String title, double[][] z) {
      this(title, z, finite(z).min().orElse(0), finite(z).max().orElse(0));
    }

    int rows() {
      return z.length;
    }

    int columns() {
      return z[0].length;
    }

    private static DoubleStream finite(double[][] z) {
      return Arrays.stream(z).flatMapToDouble(Arrays::stream).filter(Double::isFinite);
    }

    DoubleStream finite() {
      return finite(z);
    }

    double white() {
      return low < 0 ? Math.max(-low, high) : high > 0 ? high : 1;
    }

    double black() {
      return low < 0 ? -white() : 0;
    }

    /** From 0, black, to 1, white. */
    double lightness(double value) {
      return Double.isFinite(value) ? (value - black()) / (white() - black()) : 0;
    }

    String size() {
      return rows() + "×" + columns();
    }
  }

  private final List<Panel> panels;

  private Pixels(List<Panel> panels) {
    this.panels = panels;
  }

  /**
   * One matrix.
   *
   * @param title what it is
   * @param z {@code z[row][column]}; NaN is black
   * @throws IllegalArgumentException where it is empty or its rows differ in length
   */
  public static Pixels of(String title, double[][] z) {
    if (title == null || z == null || z.length == 0 || Arrays.asList(z).contains(null)) {
      throw Messages.wrong(
          "pixels expects a title and a matrix but receives %s: write pixels(\"image\", matrix(row(0, 1), row(1, 0))).",
          title == null || z == null ? "null" : "no row");
    }
    if (z[0].length == 0 || Arrays.stream(z).anyMatch(row -> row.length != z[0].length)) {
      throw Messages.wrong(
          "pixels expects rows of equal length but receives rows of %s: pad the short ones.",
          Arrays.stream(z).map(row -> row.length).distinct().toList());
    }
    if (z.length > MOST || z[0].length > MOST) {
      throw Messages.wrong(
          "pixels expects at most %d rows and columns, a pixel each, but receives %d×%d: show part of them.",
          MOST, z.length, z[0].length);
    }
    return new Pixels(
        List.of(new Panel(title, Arrays.stream(z).map(double[]::clone).toArray(double[][]::new))));
  }

  /** These beside others, four per row. */
  public Pixels beside(Pixels... others) {
    if (others == null || Arrays.asList(others).contains(null)) {
      throw new IllegalArgumentException(
          "beside expects pixels but receives null: write .beside(pixels(\"kernel\", …)).");
    }
    return new Pixels(
        Stream.concat(Stream.of(this), Arrays.stream(others))
            .flatMap(each -> each.panels.stream())
            .toList());
  }

  /** The figure, at most 640 pixels wide. */
  @Override
  public Figure figure() {
    int cells = panels.stream().mapToInt(panel -> panel.rows() * panel.columns()).sum();
    return cells <= FEW
        ? Figure.drawing(width(), height(), alt(), text(), this::paint)
        : Figure.picture(width(), height(), alt(), text(), this::paint);
  }

  /** The numbers, or where there are many, their shades in characters. */
  @Override
  public String toString() {
    return text();
  }

  private int sequential() {
    return Math.min(MOST_IN_A_ROW, panels.size());
  }

  /** The width of a panel; a single one takes at most half of the page. */
  private int slot() {
    return (WIDTH - 2 * MARGIN + GAP) / Math.max(2, sequential()) - GAP;
  }

  /** The same cell size for all panels, unless only one of the sizes has room for numbers. */
  private int cell(Panel panel) {
    boolean isLegible = room(panel) >= LEGIBLE;
    return panels.stream()
        .mapToInt(this::room)
        .filter(side -> isLegible == side >= LEGIBLE)
        .min()
        .orElseThrow();
  }

  private int room(Panel panel) {
    int wide = Math.min(slot() / panel.columns(), HIGHEST / panel.rows());
    return Math.max(1, Math.min(WIDEST_CELL, wide));
  }

  private int width() {
    return panels.size() == 1 ? slot() + 2 * MARGIN : WIDTH;
  }

  private List<List<Panel>> rows() {
    List<List<Panel>> rows = new ArrayList<>();
    for (int i = 0; i < panels.size(); i += MOST_IN_A_ROW) {
      rows.add(panels.subList(i, Math.min(panels.size(), i + MOST_IN_A_ROW)));
    }
    return rows;
  }

  private int tallest(List<Panel> row) {
    return row.stream().mapToInt(panel -> panel.rows() * cell(panel)).max().orElseThrow();
  }

  private int height() {
    return MARGIN + rows().stream().mapToInt(row -> TITLE + tallest(row) + FOOT).sum();
  }

  private void paint(Graphics2D g) {
    int top = MARGIN;
    for (List<Panel> row : rows()) {
      for (int i = 0; i < row.size(); i++) {
        paint(g, row.get(i), MARGIN + i * (slot() + GAP), top, tallest(row));
      }
      top += TITLE + tallest(row) + FOOT;
    }
  }

  private void paint(Graphics2D g, Panel panel, int slotLeft, int top, int room) {
    int side = cell(panel);
    int left = slotLeft + (slot() - side * panel.columns()) / 2;
    int first = top + TITLE + (room - side * panel.rows()) / 2;
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    centred(g, Canvas.fitted(g, panel.title(), slot() + GAP - 4), slotLeft + slot() / 2, top + 12);
    for (int j = 0; j < panel.rows(); j++) {
      for (int i = 0; i < panel.columns(); i++) {
        double value = panel.z()[j][i];
        g.setColor(grey(panel.lightness(value)));
        g.fillRect(left + i * side, first + j * side, side, side);
        if (side >= LEGIBLE) {
          g.setFont(Canvas.WORDS);
          g.setColor(panel.lightness(value) > 0.5 ? Color.BLACK : Color.WHITE);
          String number = Canvas.fitted(g, number(value), side);
          centred(g, number, left + i * side + side / 2, first + j * side + side / 2 + 5);
        }
      }
    }
    g.setColor(Palette.GRID);
    if (side >= LEGIBLE) {
      for (int j = 1; j < panel.rows(); j++) {
        g.drawLine(left, first + j * side, left + side * panel.columns(), first + j * side);
      }
      for (int i = 1; i < panel.columns(); i++) {
        g.drawLine(left + i * side, first, left + i * side, first + side * panel.rows());
      }
    }
    g.setColor(Palette.FAINT_INK);
    g.drawRect(left, first, side * panel.columns(), side * panel.rows());
    g.setFont(Canvas.SMALL);
    String foot = panel.size() + (side >= LEGIBLE ? "" : ", " + ends(panel));
    centred(
        g,
        Canvas.fitted(g, foot, slot() + GAP - 4),
        slotLeft + slot() / 2,
        first + side * panel.rows() + 15);
  }

  private static String ends(Panel panel) {
    return number(panel.black()) + " to " + number(panel.white());
  }

  private static Color grey(double lightness) {
    int level = (int) Math.round(255 * lightness);
    return new Color(level, level, level);
  }

  private static void centred(Graphics2D g, String text, int x, int y) {
    g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
  }

  /** Three significant digits. */
  private static String number(double value) {
    return Double.isFinite(value) ? Ticks.text(rounded(value)) : "–";
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3g", value));
  }

  private String alt() {
    return panels.stream()
        .map(
            panel ->
                Messages.of(
                    "%s, %d by %d, numbers from %s to %s",
                    panel.title(),
                    panel.rows(),
                    panel.columns(),
                    number(panel.low()),
                    number(panel.high())))
        .collect(Collectors.joining("; ", "Grey cells: ", "."));
  }

  private String text() {
    return panels.stream()
        .map(panel -> panel.title() + " " + panel.size() + "\n" + lines(panel))
        .collect(Collectors.joining("\n"));
  }

  private String lines(Panel panel) {
    boolean isSmall = cell(panel) >= LEGIBLE;
    int wide = 1 + panel.finite().mapToObj(Pixels::number).mapToInt(String::length).max().orElse(1);
    String shades = " .:-=+*#%@";
    return Arrays.stream(panel.z())
        .map(
            row ->
                DoubleStream.of(row)
                    .mapToObj(
                        v ->
                            isSmall
                                ? " ".repeat(wide - number(v).length()) + number(v)
                                : "" + shades.charAt((int) (9 * panel.lightness(v))))
                    .collect(Collectors.joining())
                    .stripTrailing())
        .collect(Collectors.joining("\n"));
  }
}
