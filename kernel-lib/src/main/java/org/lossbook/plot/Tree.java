package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;

/**
 * A tree diagram, from left to right: a taxonomy, or the questions that lead to a choice. Branches
 * that end in leaves have a colour each. It is drawn when a cell ends with it.
 *
 * <pre>{@code
 * tree("How wrong is it?")
 *     .branch("a number", "mse", "mae")
 *     .branch(tree("a class").branch("of two", "binaryCrossentropy").branch("of many", "categoricalCrossentropy"))
 * }</pre>
 */
public final class Tree implements Drawable {
  private static final int WIDTH = 640;
  private static final int MARGIN = 14;
  private static final int ROW = 22;
  private static final int BETWEEN = 10; // two branches
  private static final int PAD = 8;
  private static final int GAP = 26;
  private static final int BOX = 24;

  private final String name;
  private final List<Tree> branches;

  private Tree(String name, List<Tree> branches) {
    this.name = name;
    this.branches = branches;
  }

  /**
   * A tree without branches.
   *
   * @throws IllegalArgumentException where the name is empty
   */
  public static Tree of(String name) {
    if (name == null || name.isBlank()) {
      throw Messages.wrong(
          "tree expects a name but receives %s: name what its branches have in common.",
          name == null ? "null" : "a blank one");
    }
    return new Tree(name, List.of());
  }

  /** Adds a branch that is a tree itself. */
  public Tree branch(Tree branch) {
    if (branch == null) {
      throw new IllegalArgumentException(
          "branch expects a tree but receives null: write branch(tree(\"a class\")).");
    }
    var all = new ArrayList<>(branches);
    all.add(branch);
    return new Tree(name, List.copyOf(all));
  }

  /** Adds a branch with these leaves. */
  public Tree branch(String name, String... leaves) {
    if (leaves == null || Arrays.asList(leaves).contains(null)) {
      throw new IllegalArgumentException(
          "branch expects leaves but receives null: give it strings, branch(\"a number\", \"mse\").");
    }
    Tree branch = of(name);
    for (String leaf : leaves) {
      branch = branch.branch(of(leaf));
    }
    return branch(branch);
  }

  /** The figure, 640 pixels wide. */
  @Override
  public Figure figure() {
    return Figure.drawing(WIDTH, height(), alt(), text(), this::paint);
  }

  /** The names, indented below their parents. */
  @Override
  public String toString() {
    return text();
  }

  // --- In words ---------------------------------------------------------------------------------

  private boolean isLeaf() {
    return branches.isEmpty();
  }

  private String alt() {
    return "A tree. " + said() + ".";
  }

  private String said() {
    return isLeaf()
        ? name
        : branches.stream().map(Tree::said).collect(Collectors.joining("; ", name + " (", ")"));
  }

  private String text() {
    var lines = new ArrayList<String>();
    lines.add(name);
    write(lines, "");
    return String.join("\n", lines);
  }

  private void write(List<String> lines, String before) {
    for (int i = 0; i < branches.size(); i++) {
      boolean isLast = i == branches.size() - 1;
      lines.add(before + (isLast ? "└ " : "├ ") + branches.get(i).name);
      branches.get(i).write(lines, before + (isLast ? "  " : "│ "));
    }
  }

  // --- As a picture -----------------------------------------------------------------------------

  private int height() {
    return 2 * MARGIN + span();
  }

  /** Its height: a row per leaf, and space between branches. */
  private int span() {
    if (isLeaf()) {
      return ROW;
    }
    return Math.max(BOX, below());
  }

  private int below() {
    return between() * (branches.size() - 1) + branches.stream().mapToInt(Tree::span).sum();
  }

  private int between() {
    return branches.stream().allMatch(Tree::isLeaf) ? 0 : BETWEEN;
  }

  private int depth() {
    return 1 + branches.stream().mapToInt(Tree::depth).max().orElse(0);
  }

  /** The widest name of a node with branches, at each depth. */
  private void measure(FontMetrics metrics, int at, int[] widths) {
    if (!isLeaf()) {
      widths[at] = Math.max(widths[at], metrics.stringWidth(name) + 2 * PAD);
    }
    branches.forEach(branch -> branch.measure(metrics, at + 1, widths));
  }

  private void paint(Graphics2D g) {
    int[] widths = new int[depth()];
    g.setFont(Canvas.TITLE);
    measure(g.getFontMetrics(), 0, widths);
    int[] left = new int[widths.length];
    left[0] = MARGIN;
    for (int i = 1; i < left.length; i++) {
      left[i] = left[i - 1] + widths[i - 1] + GAP;
    }
    paint(g, left, 0, MARGIN, new int[1]);
  }

  /**
   * Draws it from {@code top} down.
   *
   * @param coloured the number of branches already coloured
   */
  private void paint(Graphics2D g, int[] left, int at, double top, int[] coloured) {
    double middle = top + span() / 2.0;
    if (isLeaf()) {
      g.setFont(Canvas.WORDS);
      g.setColor(Palette.INK);
      g.drawString(Canvas.fitted(g, name, WIDTH - MARGIN - left[at]), left[at], (float) middle + 4);
      return;
    }
    boolean hasLeaf = branches.stream().anyMatch(Tree::isLeaf);
    Color colour = hasLeaf ? Role.COMPARED.color(coloured[0]++) : Palette.FAINT_INK;
    g.setFont(Canvas.TITLE);
    double right = left[at] + g.getFontMetrics().stringWidth(name) + 2.0 * PAD;
    double y = middle - below() / 2.0;
    for (Tree branch : branches) {
      line(g, colour, right, middle, left[at + 1] - 4.0, y + branch.span() / 2.0);
      branch.paint(g, left, at + 1, y, coloured);
      y += branch.span() + between();
    }
    box(g, colour, left[at], (int) Math.round(middle) - BOX / 2, (int) right - left[at]);
  }

  private void box(Graphics2D g, Color colour, int x, int y, int width) {
    g.setColor(Color.WHITE);
    g.fillRoundRect(x, y, width, BOX, 8, 8);
    g.setColor(colour);
    g.setStroke(new BasicStroke(2));
    g.drawRoundRect(x, y, width, BOX, 8, 8);
    g.setFont(Canvas.TITLE);
    g.setColor(Palette.INK);
    g.drawString(name, x + PAD, y + BOX / 2 + 4);
  }

  private static void line(Graphics2D g, Color colour, double x, double y, double toX, double toY) {
    var curve = new Path2D.Double();
    double half = (x + toX) / 2;
    curve.moveTo(x, y);
    curve.curveTo(half, y, half, toY, toX, toY);
    g.setColor(colour);
    g.setStroke(new BasicStroke(1.5f));
    g.draw(curve);
  }
}
