package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;
import org.lossbook.plot.canvas.Ticks;

/**
 * A scatter plot with a colour and marker for each group, as an immutable description; {@link
 * #figure()} draws it.
 *
 * @param title what the figure shows
 * @param xLabel the horizontal axis, with its unit
 * @param yLabel the vertical axis, with its unit
 * @param groups the points; the name of a single group is not shown
 * @param background the regions behind them
 * @hidden
 */
@Internal
public record Scatter(
    String title,
    String xLabel,
    String yLabel,
    List<Group> groups,
    Optional<Background> background) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int LEFT = 62;
  private static final int TOP = 38;
  private static final int BOTTOM = 352;
  private static final int MOST_KEY = 150;
  private static final int MOST_NAMES = 14; // as many as fit below each other
  private static final int MOST_POINTS = 2000; // more are a blur, and a large file
  private static final double DOT = 3.2;
  private static final double SMALL_DOT = 2.2;
  private static final int MANY = 800;

  /**
   * A group of points; those with NaN or infinity are not drawn.
   *
   * @param name of the group
   * @param x along the horizontal axis
   * @param y along the vertical axis, one for each x
   * @hidden
   */
  @Internal
  public record Group(String name, double[] x, double[] y) {
    /** Checks that there is a y for each x, and copies both. */
    public Group {
      if (x.length != y.length) {
        throw Messages.wrong(
            "%s expects a y for each x but receives %d x and %d y: give equally many.",
            name, x.length, y.length);
      }
      x = x.clone();
      y = y.clone();
    }

    private boolean isShown(int point) {
      return Double.isFinite(x[point]) && Double.isFinite(y[point]);
    }
  }

  /**
   * The plane in cells, each in the colour of a group.
   *
   * @param left where the cells begin along the horizontal axis
   * @param right where they end
   * @param low where they begin along the vertical axis
   * @param high where they end
   * @param group of each cell, a row for each place along the vertical axis
   * @param strength of each cell, from 0, pale, to 1
   * @hidden
   */
  @Internal
  public record Background(
      double left, double right, double low, double high, int[][] group, double[][] strength) {}

  /** The points alone. */
  public Scatter(String title, String xLabel, String yLabel, List<Group> groups) {
    this(title, xLabel, yLabel, groups, Optional.empty());
  }

  /** The same before regions. */
  public Scatter before(Background regions) {
    return new Scatter(title, xLabel, yLabel, groups, Optional.of(regions));
  }

  /** Where numbers are on the page. */
  private record Axes(double left, double right, double low, double high, int end) {
    double screenX(double value) {
      return LEFT + (value - left) / (right - left) * (end - LEFT);
    }

    double screenY(double value) {
      return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP);
    }
  }

  /** Copies the list. */
  public Scatter {
    groups = List.copyOf(groups);
  }

  /** The figure, 640 pixels wide. */
  public Figure figure() {
    // Thousands of cells are small as pixels, and megabytes as shapes.
    return background.isPresent()
        ? Figure.dense(WIDTH, HEIGHT, alt(), alt(), this::paint)
        : Figure.drawing(WIDTH, HEIGHT, alt(), alt(), this::paint);
  }

  private String alt() {
    String points =
        groups.stream()
            .map(g -> Messages.of("%s %s", NumberText.count(g.x().length), g.name()))
            .collect(Collectors.joining(", "));
    double[] x = all(true);
    double[] y = all(false);
    return Messages.of(
        "%s: points of %s over %s: %s; %s from %s to %s, %s from %s to %s.",
        title,
        yLabel,
        xLabel,
        points,
        xLabel,
        NumberText.text(DoubleStream.of(x).min().orElse(0)),
        NumberText.text(DoubleStream.of(x).max().orElse(0)),
        yLabel,
        NumberText.text(DoubleStream.of(y).min().orElse(0)),
        NumberText.text(DoubleStream.of(y).max().orElse(0)));
  }

  private double[] all(boolean horizontal) {
    return groups.stream()
        .flatMapToDouble(g -> DoubleStream.of(horizontal ? g.x() : g.y()))
        .filter(Double::isFinite)
        .toArray();
  }

  private void paint(Graphics2D g) {
    g.setFont(Canvas.WORDS);
    int key = groups.size() < 2 ? 0 : keyWidth(g);
    Axes axes = axes(WIDTH - 24 - key);
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    g.drawString(Canvas.fitted(g, heading(), WIDTH - LEFT - 12), LEFT, 22);
    background.ifPresent(regions -> regions(g, axes, regions));
    grid(g, axes);
    points(g, axes);
    if (key > 0) {
      key(g, axes.end() + 22);
    }
  }

  private int points() {
    return groups.stream().mapToInt(group -> group.x().length).sum();
  }

  /** One of so many points is drawn. */
  private int every() {
    return Math.max(1, (points() + MOST_POINTS - 1) / MOST_POINTS);
  }

  private String heading() {
    return every() == 1 ? title : Messages.of("%s (one point in %d)", title, every());
  }

  private int keyWidth(Graphics2D g) {
    var metrics = g.getFontMetrics();
    int widest = groups.stream().mapToInt(s -> metrics.stringWidth(s.name())).max().orElse(0);
    return Math.min(MOST_KEY, widest + 24);
  }

  private Axes axes(int end) {
    double[] x = roomy(all(true));
    double[] y = roomy(all(false));
    return new Axes(x[0], x[1], y[0], y[1], end);
  }

  /** From the smallest to the largest number, with a small margin. */
  private static double[] roomy(double[] numbers) {
    var range = DoubleStream.of(numbers).summaryStatistics();
    double low = numbers.length == 0 ? 0 : range.getMin();
    double high = numbers.length == 0 ? 1 : range.getMax();
    double room = high > low ? 0.04 * (high - low) : Math.max(1, Math.abs(low));
    return new double[] {low - room, high + room};
  }

  private void grid(Graphics2D g, Axes axes) {
    g.setStroke(new BasicStroke(1));
    g.setFont(Canvas.SMALL);
    for (double tick : Ticks.linear(axes.low(), axes.high(), 6)) {
      double y = axes.screenY(tick);
      g.setColor(Palette.GRID);
      g.draw(new Line2D.Double(LEFT, y, axes.end(), y));
      g.setColor(Palette.FAINT_INK);
      String text = Ticks.text(tick);
      g.drawString(text, LEFT - 7 - g.getFontMetrics().stringWidth(text), (float) y + 4);
    }
    for (double tick : Ticks.linear(axes.left(), axes.right(), 7)) {
      g.setColor(Palette.GRID);
      g.draw(new Line2D.Double(axes.screenX(tick), BOTTOM, axes.screenX(tick), BOTTOM + 4));
      g.setColor(Palette.FAINT_INK);
      centred(g, Ticks.text(tick), axes.screenX(tick), BOTTOM + 17);
    }
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.INK);
    centred(g, xLabel, (LEFT + axes.end()) / 2.0, BOTTOM + 37);
    AffineTransform level = g.getTransform();
    g.rotate(-Math.PI / 2, 16, (TOP + BOTTOM) / 2.0);
    centred(g, yLabel, 16, (TOP + BOTTOM) / 2.0);
    g.setTransform(level);
  }

  private static void centred(Graphics2D g, String text, double x, double y) {
    g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text) / 2.0), (float) y);
  }

  private void regions(Graphics2D g, Axes axes, Background regions) {
    Shape clip = g.getClip();
    g.clip(new Rectangle2D.Double(LEFT, TOP, axes.end() - LEFT, BOTTOM - TOP));
    int rows = regions.group().length;
    int columns = regions.group()[0].length;
    double width = (regions.right() - regions.left()) / columns;
    double height = (regions.high() - regions.low()) / rows;
    for (int r = 0; r < rows; r++) {
      int top = (int) Math.floor(axes.screenY(regions.low() + (r + 1) * height));
      int bottom = (int) Math.floor(axes.screenY(regions.low() + r * height));
      for (int c = 0; c < columns; c++) {
        int from = (int) Math.floor(axes.screenX(regions.left() + c * width));
        int to = (int) Math.floor(axes.screenX(regions.left() + (c + 1) * width));
        g.setColor(pale(colour(regions.group()[r][c]), regions.strength()[r][c]));
        g.fillRect(from, top, to - from, bottom - top);
      }
    }
    g.setClip(clip);
  }

  /** The points must stand out from the region in their own colour. */
  private static Color pale(Color colour, double strength) {
    double share = 0.08 + 0.37 * Math.max(0, Math.min(1, strength));
    return new Color(
        mixed(colour.getRed(), share),
        mixed(colour.getGreen(), share),
        mixed(colour.getBlue(), share));
  }

  private static int mixed(int channel, double share) {
    return (int) Math.round(255 + share * (channel - 255));
  }

  /** Groups in turn, so that none covers another; of very many points only every n-th. */
  private void points(Graphics2D g, Axes axes) {
    int most = groups.stream().mapToInt(s -> s.x().length).max().orElse(0);
    for (int i = 0; i < most; i += every()) {
      for (int k = 0; k < groups.size(); k++) {
        Group group = groups.get(k);
        if (i < group.x().length && group.isShown(i)) {
          sign(g, k, axes.screenX(group.x()[i]), axes.screenY(group.y()[i]));
        }
      }
    }
  }

  /** A group's marker: its colour, and a shape for readers who cannot tell colours apart. */
  private void sign(Graphics2D g, int group, double x, double y) {
    Shape shape = shape(group % 4, x, y, points() > MANY ? SMALL_DOT : DOT);
    g.setColor(colour(group));
    g.fill(shape);
    g.setColor(Palette.CARD); // a thin edge separates points that touch
    g.setStroke(new BasicStroke(0.6f));
    g.draw(shape);
  }

  private Color colour(int group) {
    return groups.size() < 2 ? Role.TRUTH.color(0) : Role.COMPARED.color(group);
  }

  private static Shape shape(int kind, double x, double y, double dot) {
    return switch (kind) {
      case 0 -> new Ellipse2D.Double(x - dot, y - dot, 2 * dot, 2 * dot);
      case 1 -> polygon(x, y - dot * 1.25, x + dot * 1.2, y + dot, x - dot * 1.2, y + dot);
      case 2 -> new Rectangle2D.Double(x - dot * 0.9, y - dot * 0.9, dot * 1.8, dot * 1.8);
      default -> polygon(x, y - dot * 1.3, x + dot * 1.3, y, x, y + dot * 1.3, x - dot * 1.3, y);
    };
  }

  private static Shape polygon(double... corners) {
    var path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }

  private void key(Graphics2D g, int left) {
    g.setFont(Canvas.WORDS);
    int shown = groups.size() > MOST_NAMES ? MOST_NAMES - 1 : groups.size();
    for (int k = 0; k < shown; k++) {
      int y = TOP + 12 + 20 * k;
      sign(g, k, left, y - 4);
      g.setColor(Palette.INK);
      g.drawString(Canvas.fitted(g, groups.get(k).name(), WIDTH - left - 20), left + 10, y);
    }
    if (shown < groups.size()) {
      g.drawString(
          Messages.of("and %d more", groups.size() - shown), left + 10, TOP + 12 + 20 * shown);
    }
  }
}
