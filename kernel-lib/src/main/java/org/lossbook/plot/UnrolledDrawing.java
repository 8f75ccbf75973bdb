package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;

/**
 * A network of sequences unrolled in time: steps from left to right, layers from the bottom up, and
 * in each cell its values from the forward pass beside their gradients from the backward pass.
 *
 * @hidden
 */
@Internal
public final class UnrolledDrawing {
  private static final int NAMES = 120;
  private static final int COLUMN = 152;
  private static final int CELL = 126;
  private static final int LINE = 14;
  private static final int PADDING = 7;
  private static final int GAP = 40;
  private static final int TOP = 44;
  private static final int BOTTOM = 30;
  private static final int LEAST = 640;

  /**
   * How the cells of a row read those below and beside them.
   *
   * @hidden
   */
  @Internal
  public enum Link {
    /** Each its own. */
    STEP,
    /** Its own, and the cell to the left. */
    FORWARD,
    /** Its own, and the cell to the right. */
    BACKWARD,
    /** All cells below. */
    ALL
  }

  /**
   * Some numbers of a cell.
   *
   * @param symbol in front of them; may be empty
   * @param gradients one for each value, or none
   * @hidden
   */
  @Internal
  public record Part(String symbol, double[] values, double[] gradients) {}

  /**
   * What stands at one step of a layer.
   *
   * @hidden
   */
  @Internal
  public record Cell(List<Part> parts) {
    /** A cell of one part. */
    public static Cell of(double[] values, double[] gradients) {
      return new Cell(List.of(new Part("", values, gradients)));
    }

    private int height() {
      int lines = parts.stream().mapToInt(part -> part.values.length).sum();
      return lines * LINE + 2 * PADDING + (parts.size() - 1) * 4;
    }
  }

  /**
   * A layer.
   *
   * @param givesLast whether its last cell alone goes on to the next layer
   * @param shares how much each cell takes from each below, where that is known
   * @hidden
   */
  @Internal
  public record Row(
      String name, List<Cell> cells, Link link, boolean givesLast, double[][] shares) {
    private int height() {
      return cells.stream().mapToInt(Cell::height).max().orElse(0);
    }
  }

  private final List<Row> rows;
  private final int width;
  private final int height;
  private final int steps;

  /** Where each row's output stands: columns in the order in which it gives them. */
  private final List<List<Integer>> gives = new ArrayList<>();

  private final List<List<Integer>> places = new ArrayList<>();

  private UnrolledDrawing(List<Row> rows) {
    this.rows = List.copyOf(rows);
    steps = rows.stream().mapToInt(row -> row.cells.size()).max().orElse(1);
    width = Math.max(LEAST, NAMES + steps * COLUMN + 8);
    height = TOP + BOTTOM + rows.stream().mapToInt(row -> row.height() + GAP).sum() - GAP;
    List<Integer> before = columns(steps);
    for (Row row : rows) {
      List<Integer> own = own(row, before);
      places.add(own);
      before = given(row, own);
      gives.add(before);
    }
  }

  private static List<Integer> columns(int count) {
    List<Integer> all = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      all.add(t);
    }
    return all;
  }

  /** The columns of a row's cells: those that it reads, or the last of them where it has one. */
  private static List<Integer> own(Row row, List<Integer> before) {
    boolean isOne = row.cells.size() < before.size();
    return isOne ? before.subList(before.size() - 1, before.size()) : before;
  }

  private static List<Integer> given(Row row, List<Integer> own) {
    List<Integer> taken = new ArrayList<>(own);
    if (row.link == Link.BACKWARD) {
      Collections.reverse(taken);
    }
    return row.givesLast ? taken.subList(taken.size() - 1, taken.size()) : taken;
  }

  /**
   * The network from the bottom up.
   *
   * @param samples how many the loss is averaged over; the cells show the first
   */
  public static Figure figure(List<Row> rows, String loss, double value, int samples) {
    var drawing = new UnrolledDrawing(rows);
    String title =
        Messages.of(
            "%s = %s%s",
            loss,
            NumberText.text(value),
            samples == 1 ? "" : Messages.of("; sample 1 of %d", samples));
    String alt =
        Messages.of(
            "A network of %d layers, unrolled over %d steps, values forward and gradients back. %s.",
            rows.size() - 1, drawing.steps, title);
    return Figure.drawing(drawing.width, drawing.height, alt, alt, g -> drawing.paint(g, title));
  }

  private void paint(Graphics2D g, String title) {
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    g.drawString(Canvas.fitted(g, title, width - 220), 16, 22);
    g.setFont(Canvas.WORDS);
    g.setColor(NetworkDrawing.FORTH);
    g.drawString("value →", width - 190, 22);
    g.setColor(NetworkDrawing.BACK);
    g.drawString("← gradient", width - 110, 22);
    for (int r = 0; r < rows.size(); r++) {
      links(g, r);
    }
    for (int r = 0; r < rows.size(); r++) {
      cells(g, r);
    }
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.FAINT_INK);
    for (int t = 0; t < steps; t++) {
      String name = "t = " + (t + 1);
      g.drawString(name, (float) (centre(t) - text(g, name) / 2.0), height - 10);
    }
  }

  private static int text(Graphics2D g, String words) {
    return g.getFontMetrics().stringWidth(words);
  }

  private double centre(int column) {
    return NAMES + COLUMN * (column + 0.5);
  }

  /** The bottom of a row. */
  private double floor(int row) {
    double y = height - BOTTOM;
    for (int r = 0; r < row; r++) {
      y -= rows.get(r).height() + GAP;
    }
    return y;
  }

  private double ceiling(int row) {
    return floor(row) - rows.get(row).height();
  }

  private void links(Graphics2D g, int r) {
    Row row = rows.get(r);
    List<Integer> own = places.get(r);
    if (r > 0) {
      List<Integer> below = gives.get(r - 1);
      for (int i = 0; i < own.size(); i++) {
        for (int j = 0; j < below.size(); j++) {
          if (row.link == Link.ALL || i == j) {
            boolean isShared = row.shares.length > 0;
            double share = isShared ? row.shares[i][j] : 0.4;
            if (share > 1e-6) {
              stroke(g, share);
              arrow(g, centre(below.get(j)), ceiling(r - 1), centre(own.get(i)), floor(r));
            }
          }
        }
      }
    }
    double middle = (floor(r) + ceiling(r)) / 2;
    for (int t = 1; t < own.size(); t++) {
      stroke(g, 0.4);
      double left = centre(Math.min(own.get(t - 1), own.get(t))) + CELL / 2.0;
      double right = centre(Math.max(own.get(t - 1), own.get(t))) - CELL / 2.0;
      boolean leadsRight = row.link == Link.FORWARD == own.get(t) > own.get(t - 1);
      if (row.link == Link.FORWARD || row.link == Link.BACKWARD) {
        arrow(g, leadsRight ? left : right, middle, leadsRight ? right : left, middle);
      }
    }
  }

  private static void stroke(Graphics2D g, double share) {
    g.setColor(Palette.GRID.darker().darker());
    g.setStroke(new BasicStroke((float) (0.5 + 2.5 * Math.min(1, share))));
  }

  private static void arrow(Graphics2D g, double x0, double y0, double x1, double y1) {
    double length = Math.hypot(x1 - x0, y1 - y0);
    double dx = (x1 - x0) / length;
    double dy = (y1 - y0) / length;
    g.draw(new Line2D.Double(x0, y0, x1 - 6 * dx, y1 - 6 * dy));
    var head = new Path2D.Double();
    head.moveTo(x1, y1);
    head.lineTo(x1 - 8 * dx - 4 * dy, y1 - 8 * dy + 4 * dx);
    head.lineTo(x1 - 8 * dx + 4 * dy, y1 - 8 * dy - 4 * dx);
    head.closePath();
    g.fill(head);
  }

  private void cells(Graphics2D g, int r) {
    Row row = rows.get(r);
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.FAINT_INK);
    List<String> names = lines(g, row.name);
    for (int i = 0; i < names.size(); i++) {
      double y = (floor(r) + ceiling(r)) / 2 + 4 + (i - (names.size() - 1) / 2.0) * LINE;
      g.drawString(names.get(i), 12, (float) y);
    }
    for (int t = 0; t < row.cells.size(); t++) {
      cell(g, row.cells.get(t), centre(places.get(r).get(t)), (floor(r) + ceiling(r)) / 2);
    }
  }

  /** A name in two lines where it is too long for one. */
  private static List<String> lines(Graphics2D g, String name) {
    int most = NAMES - 14;
    int cut = name.indexOf('_', name.length() / 3) + 1;
    if (text(g, name) <= most || cut == 0) {
      return List.of(Canvas.fitted(g, name, most));
    }
    return List.of(name.substring(0, cut), Canvas.fitted(g, name.substring(cut), most));
  }

  private static void cell(Graphics2D g, Cell cell, double x, double middle) {
    double top = middle - cell.height() / 2.0;
    var box = new RoundRectangle2D.Double(x - CELL / 2.0, top, CELL, cell.height(), 12, 12);
    g.setColor(Color.WHITE);
    g.fill(box);
    g.setColor(Role.PREDICTION.color(0));
    g.setStroke(new BasicStroke(1.6f));
    g.draw(box);
    g.setFont(Canvas.SMALL);
    double y = top + PADDING + LINE - 4;
    for (Part part : cell.parts) {
      for (int j = 0; j < part.values.length; j++) {
        boolean isNamed = !part.symbol.isEmpty();
        if (isNamed && j == 0) {
          g.setColor(Palette.FAINT_INK);
          g.drawString(part.symbol, (float) (x - CELL / 2.0 + 6), (float) y);
        }
        boolean isPair = part.gradients.length > 0;
        double right = isPair ? x + 2 + (isNamed ? 5 : 0) : x + 10;
        right(g, value(part, j), right, y, NetworkDrawing.FORTH);
        if (isPair) {
          right(g, NumberText.text(part.gradients[j]), x + CELL / 2.0 - 6, y, NetworkDrawing.BACK);
        }
        y += LINE;
      }
      y += 4;
    }
  }

  /** A value; an id without decimals. */
  private static String value(Part part, int j) {
    double value = part.values[j];
    boolean isId = part.gradients.length == 0 && value == Math.rint(value);
    return isId ? String.valueOf((long) value) : NumberText.text(value);
  }

  private static void right(Graphics2D g, String words, double x, double y, Color colour) {
    g.setColor(colour);
    g.drawString(words, (float) (x - text(g, words)), (float) y);
  }
}
