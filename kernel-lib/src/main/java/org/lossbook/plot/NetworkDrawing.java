package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;

/**
 * A node-link diagram of a small network: in each node its activation from the forward pass, and
 * below it the gradient from the backward pass; on the edges, where there are few, the weight and
 * its gradient.
 *
 * @hidden
 */
@Internal
public final class NetworkDrawing {
  private static final int WIDTH = 640;
  private static final int TOP = 66;
  private static final int ROW = 74;
  private static final int RADIUS = 25;
  private static final int MARGIN = 52;
  private static final int MOST_LABELLED = 9;
  private static final double[] PARTS = {0.36, 0.5, 0.64, 0.28, 0.42, 0.57, 0.72};
  static final Color BACK = new Color(0x9d, 0x3c, 0x73); // of gradients
  static final Color FORTH = new Color(0x8a, 0x5a, 0x00); // of activations

  private final List<Column> columns;
  private final int rows;

  /**
   * One layer's nodes and their incoming edges.
   *
   * @param name of the layer
   * @param values one per node
   * @param gradients of the loss, one per node
   * @param weights a row for each node of the column before; empty for an elementwise layer
   * @param weightGradients in the same shape
   * @hidden
   */
  @Internal
  public record Column(
      String name,
      double[] values,
      double[] gradients,
      double[][] weights,
      double[][] weightGradients) {
    /** The column of the input. */
    public static Column input(double[] values, double[] gradients) {
      return new Column("input", values, gradients, new double[0][], new double[0][]);
    }
  }

  private NetworkDrawing(List<Column> columns) {
    this.columns = List.copyOf(columns);
    rows = columns.stream().mapToInt(column -> column.values.length).max().orElse(1);
  }

  /**
   * The network from left to right.
   *
   * @param samples how many the loss is averaged over; the nodes show the first
   */
  public static Figure figure(List<Column> columns, String loss, double value, int samples) {
    var drawing = new NetworkDrawing(columns);
    String title =
        Messages.of(
            "%s = %s%s",
            loss,
            NumberText.text(value),
            samples == 1 ? "" : Messages.of("; sample 1 of %d", samples));
    String alt =
        Messages.of(
            "A network of %d layers, values forward and gradients back. %s.",
            columns.size() - 1, title);
    int height = TOP + ROW * drawing.rows + 14;
    return Figure.drawing(WIDTH, height, alt, alt, g -> drawing.paint(g, title));
  }

  private void paint(Graphics2D g, String title) {
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    g.drawString(Canvas.fitted(g, title, WIDTH - 220), 16, 22);
    g.setFont(Canvas.WORDS);
    g.setColor(FORTH);
    g.drawString("value →", WIDTH - 190, 22);
    g.setColor(BACK);
    g.drawString("← gradient", WIDTH - 110, 22);
    for (int c = 1; c < columns.size(); c++) {
      lines(g, c);
    }
    for (int c = 0; c < columns.size(); c++) {
      circles(g, c);
    }
  }

  private double x(int column) {
    return MARGIN + (WIDTH - 2.0 * MARGIN) * column / (columns.size() - 1);
  }

  private double y(int column, int unit) {
    double free = rows - columns.get(column).values.length;
    return TOP + ROW * (unit + free / 2 + 0.5) - 6;
  }

  private void lines(Graphics2D g, int c) {
    Column column = columns.get(c);
    int from = columns.get(c - 1).values.length;
    double most = 1e-12;
    for (double[] row : column.weights) {
      for (double weight : row) {
        most = Math.max(most, Math.abs(weight));
      }
    }
    for (int i = 0; i < from; i++) {
      for (int j = 0; j < column.values.length; j++) {
        boolean isWeight = column.weights.length > 0;
        if (isWeight || i == j) {
          double size = isWeight ? Math.abs(column.weights[i][j]) / most : 0.3;
          g.setColor(Palette.GRID.darker());
          g.setStroke(new BasicStroke((float) (0.6 + 2.4 * size)));
          g.draw(new Line2D.Double(x(c - 1), y(c - 1, i), x(c), y(c, j)));
        }
      }
    }
    if (column.weights.length > 0 && from * column.values.length <= MOST_LABELLED) {
      labels(g, c, from);
    }
  }

  /** Each label at the first part of its edge where it covers no other. */
  private void labels(Graphics2D g, int c, int from) {
    Column column = columns.get(c);
    g.setFont(Canvas.SMALL);
    List<Rectangle2D> taken = new ArrayList<>();
    for (int i = 0; i < from; i++) {
      for (int j = 0; j < column.values.length; j++) {
        String weight = NumberText.text(column.weights[i][j]);
        String gradient = NumberText.text(column.weightGradients[i][j]);
        int width = Math.max(width(g, weight), width(g, gradient)) + 4;
        var paper = free(c, i, j, width, taken);
        taken.add(paper);
        g.setColor(Palette.CARD);
        g.fill(paper);
        centred(g, weight, paper.getCenterX(), paper.getCenterY() - 1, Palette.INK);
        centred(g, gradient, paper.getCenterX(), paper.getCenterY() + 11, BACK);
      }
    }
  }

  private Rectangle2D free(int c, int i, int j, int width, List<Rectangle2D> taken) {
    List<Rectangle2D> all = new ArrayList<>();
    for (double part : PARTS) {
      double x = x(c - 1) + part * (x(c) - x(c - 1));
      double y = y(c - 1, i) + part * (y(c, j) - y(c - 1, i));
      var paper = new Rectangle2D.Double(x - width / 2.0, y - 12, width, 25);
      all.add(paper);
      if (taken.stream().noneMatch(paper::intersects)) {
        return paper;
      }
    }
    return all.get(0);
  }

  private static int width(Graphics2D g, String text) {
    return g.getFontMetrics().stringWidth(text);
  }

  private void circles(Graphics2D g, int c) {
    Column column = columns.get(c);
    g.setFont(Canvas.WORDS);
    String name = Canvas.fitted(g, column.name, (WIDTH - 2 * MARGIN) / (columns.size() - 1) + 20);
    centred(g, name, x(c), TOP - 18, Palette.FAINT_INK);
    for (int j = 0; j < column.values.length; j++) {
      var circle = new Ellipse2D.Double(x(c) - RADIUS, y(c, j) - RADIUS, 2 * RADIUS, 2 * RADIUS);
      g.setColor(Color.WHITE);
      g.fill(circle);
      g.setColor(Role.PREDICTION.color(0));
      g.setStroke(new BasicStroke(1.8f));
      g.draw(circle);
      g.setFont(Canvas.SMALL);
      centred(g, NumberText.text(column.values[j]), x(c), y(c, j) - 2, FORTH);
      centred(g, NumberText.text(column.gradients[j]), x(c), y(c, j) + 12, BACK);
    }
  }

  private static void centred(Graphics2D g, String text, double x, double y, Color colour) {
    g.setColor(colour);
    g.drawString(text, (float) (x - width(g, text) / 2.0), (float) y);
  }
}
