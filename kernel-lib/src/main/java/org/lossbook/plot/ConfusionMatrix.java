package org.lossbook.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;

/**
 * A confusion matrix: how often each true class (row) was predicted as each class (column). Colour
 * shows the share of the row, so that rare classes count as much as common ones: grey on the
 * diagonal, the colour of loss off it.
 *
 * @hidden
 */
@Internal
public final class ConfusionMatrix {
  private static final int WIDTH = 640;
  private static final int TOP = 40;
  private static final int MARGIN = 12;
  private static final int HIGHEST_CELL = 40;

  private final int[][] counts;
  private final List<String> names;
  private final boolean inPercent;

  private ConfusionMatrix(int[][] counts, List<String> names, boolean inPercent) {
    this.counts = counts;
    this.names = names;
    this.inPercent = inPercent;
  }

  /**
   * Draws the matrix.
   *
   * @param counts {@code counts[t][p]} samples of class t were predicted as class p
   * @param names of the classes, in the order of their labels
   * @throws IllegalArgumentException where the numbers of rows, columns and names differ
   */
  public static Figure figure(int[][] counts, List<String> names) {
    return figure(counts, names, false);
  }

  /** The same in percent of each true class. */
  public static Figure inPercent(int[][] counts, List<String> names) {
    return figure(counts, names, true);
  }

  private static Figure figure(int[][] counts, List<String> names, boolean inPercent) {
    int classes = names.size();
    if (classes == 0
        || counts.length != classes
        || Arrays.stream(counts).anyMatch(row -> row.length != classes)) {
      throw Messages.wrong(
          "confusionMatrix expects a row and a column for each class but receives %d names for %d rows: give one name per row.",
          classes, counts.length);
    }
    var matrix = new ConfusionMatrix(counts, names, inPercent);
    return Figure.drawing(
        WIDTH, matrix.height(), matrix.alt(), matrix.text(), g -> matrix.paint(g));
  }

  private int cellHeight() {
    return Math.min(HIGHEST_CELL, Math.max(18, 400 / names.size()));
  }

  private int height() {
    return TOP + cellHeight() * names.size() + MARGIN;
  }

  private void paint(Graphics2D g) {
    g.setFont(Canvas.WORDS);
    var metrics = g.getFontMetrics();
    int longest = names.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    int left = MARGIN + Math.max(longest, metrics.stringWidth("true")) + 10;
    int cell = (WIDTH - left - MARGIN) / names.size();
    int tall = cellHeight();
    g.setColor(Palette.FAINT_INK);
    centred(
        g,
        inPercent ? "predicted, in percent of the true class" : "predicted",
        left + cell * names.size() / 2,
        15);
    g.drawString("true", left - 8 - metrics.stringWidth("true"), TOP - 7);
    for (int i = 0; i < names.size(); i++) {
      int y = TOP + i * tall;
      g.setFont(Canvas.WORDS);
      g.setColor(Palette.INK);
      centred(g, Canvas.fitted(g, names.get(i), cell - 2), left + i * cell + cell / 2, TOP - 7);
      g.drawString(names.get(i), left - 8 - metrics.stringWidth(names.get(i)), y + tall / 2 + 4);
      for (int j = 0; j < names.size(); j++) {
        cell(g, i, j, left + j * cell, y, cell, tall);
      }
    }
  }

  private void cell(Graphics2D g, int truth, int predicted, int x, int y, int width, int height) {
    int count = counts[truth][predicted];
    double share = share(truth, predicted);
    boolean right = truth == predicted;
    // One mistake in a hundred must be visible: its colour follows the square root of its share.
    double strength = right ? share * 0.6 : Math.sqrt(share);
    g.setColor(blend(right ? Palette.INK : Role.LOSS.color(0), strength));
    g.fillRect(x + 1, y + 1, width - 2, height - 2);
    g.setColor(right && strength > 0.45 ? Color.WHITE : Palette.INK);
    if (count == 0) {
      g.setColor(Palette.GRID.darker());
    }
    g.setFont(width < 36 ? Canvas.SMALL : Canvas.WORDS);
    centred(g, text(truth, predicted), x + width / 2, y + height / 2 + 4);
  }

  private double share(int truth, int predicted) {
    return (double) counts[truth][predicted] / Math.max(1, IntStream.of(counts[truth]).sum());
  }

  /** A count, or a percentage, with one more digit where it would round to 0 or 100. */
  private String text(int truth, int predicted) {
    double percent = 100 * share(truth, predicted);
    if (!inPercent) {
      return Integer.toString(counts[truth][predicted]);
    }
    boolean isClose = percent > 0 && percent < 0.5 || percent > 99.5 && percent < 100;
    return String.format(Locale.ROOT, isClose ? "%.1f" : "%.0f", percent);
  }

  private static Color blend(Color colour, double strength) {
    double s = Math.min(1, strength);
    Color paper = Palette.CARD;
    return new Color(
        (int) Math.round(paper.getRed() + s * (colour.getRed() - paper.getRed())),
        (int) Math.round(paper.getGreen() + s * (colour.getGreen() - paper.getGreen())),
        (int) Math.round(paper.getBlue() + s * (colour.getBlue() - paper.getBlue())));
  }

  private static void centred(Graphics2D g, String text, int x, int y) {
    g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
  }

  private String alt() {
    int all = Arrays.stream(counts).flatMapToInt(IntStream::of).sum();
    int right = IntStream.range(0, names.size()).map(i -> counts[i][i]).sum();
    String worst =
        IntStream.range(0, names.size() * names.size())
            .boxed()
            .filter(i -> i / names.size() != i % names.size() && at(i) > 0)
            .max(Comparator.comparingInt(this::at))
            .map(
                i ->
                    Messages.of(
                        "; most often %s is taken for %s, %s times",
                        names.get(i / names.size()),
                        names.get(i % names.size()),
                        NumberText.count(at(i))))
            .orElse("");
    return Messages.of(
        "Confusion matrix of %d classes: %s of %s right%s.",
        names.size(), NumberText.count(right), NumberText.count(all), worst);
  }

  private int at(int place) {
    return counts[place / names.size()][place % names.size()];
  }

  private String text() {
    int most = Arrays.stream(counts).flatMapToInt(IntStream::of).max().orElse(0);
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    int wide = 1 + Math.max(longest, inPercent ? 4 : Integer.toString(most).length());
    int first = Math.max(longest, "true".length());
    String cells = "%" + wide + "s";
    String head =
        names.stream().map(name -> Messages.of(cells, name)).collect(Collectors.joining());
    String rows =
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    Messages.of("%" + first + "s", names.get(i))
                        + IntStream.range(0, names.size())
                            .mapToObj(j -> Messages.of(cells, text(i, j)))
                            .collect(Collectors.joining()))
            .collect(Collectors.joining("\n"));
    return alt() + "\n" + Messages.of("%" + first + "s", "true") + head + "\n" + rows;
  }
}
