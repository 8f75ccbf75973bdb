package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;

/**
 * A layered drawing of a network that branches: inputs on top, outputs at the bottom, in each row
 * the layers at the same distance from the inputs, and a line for each connection.
 */
final class BranchingArchitecture {
  private static final int LEAST_WIDTH = 640;
  private static final int BOX_WIDTH = 216;
  private static final int BOX_HEIGHT = 44;
  private static final int GAP = 24;
  private static final int STEP = 78;
  private static final int MARGIN = 14;

  private final List<Architecture.Box> layers;
  private final List<List<Integer>> before;
  private final int[] depth;
  private final int[] place;
  private final List<List<Integer>> rows = new ArrayList<>();

  BranchingArchitecture(List<Architecture.Box> layers, List<List<Integer>> before) {
    this.layers = layers;
    this.before = before;
    depth = new int[layers.size()];
    place = new int[layers.size()];
    for (int i = 0; i < depth.length; i++) {
      for (int from : before.get(i)) {
        depth[i] = Math.max(depth[i], depth[from] + 1);
      }
    }
    pullDownInputs();
    for (int i = 0; i < depth.length; i++) {
      while (rows.size() <= depth[i]) {
        rows.add(new ArrayList<>());
      }
      place[i] = rows.get(depth[i]).size();
      rows.get(depth[i]).add(i);
    }
  }

  /** An input that is used late is placed just above the layer that uses it, not at the top. */
  private void pullDownInputs() {
    for (int i = 0; i < depth.length; i++) {
      int self = i;
      if (before.get(i).isEmpty()) {
        depth[i] =
            IntStream.range(0, depth.length)
                    .filter(reader -> before.get(reader).contains(self))
                    .map(reader -> depth[reader])
                    .min()
                    .orElse(1)
                - 1;
      }
    }
  }

  int width() {
    int most = rows.stream().mapToInt(List::size).max().orElse(1);
    // Beside the widest row there is room for a line to pass.
    return Math.max(LEAST_WIDTH, most * (BOX_WIDTH + GAP) + 2 * (MARGIN + GAP));
  }

  int height() {
    return 2 * MARGIN + STEP * (rows.size() - 1) + BOX_HEIGHT;
  }

  void paint(Graphics2D g) {
    for (int i = 0; i < layers.size(); i++) {
      for (int from : before.get(i)) {
        line(g, from, i);
      }
    }
    for (int i = 0; i < layers.size(); i++) {
      box(g, i);
    }
  }

  private int x(int layer) {
    int inRow = rows.get(depth[layer]).size();
    return (int) Math.round(width() / 2.0 + (place[layer] - (inRow - 1) / 2.0) * (BOX_WIDTH + GAP));
  }

  private int y(int layer) {
    return MARGIN + depth[layer] * STEP;
  }

  private void box(Graphics2D g, int layer) {
    Architecture.Box box = layers.get(layer);
    int x = x(layer) - BOX_WIDTH / 2;
    int y = y(layer);
    g.setColor(Color.WHITE);
    g.fillRoundRect(x, y, BOX_WIDTH, BOX_HEIGHT, 8, 8);
    g.setColor(box.parameters() > 0 ? Role.TRAINING.color(0) : Palette.FAINT_INK);
    g.setStroke(new BasicStroke(box.parameters() > 0 ? 2f : 1f));
    g.drawRoundRect(x, y, BOX_WIDTH, BOX_HEIGHT, 8, 8);
    g.setColor(Palette.INK);
    g.setFont(Canvas.TITLE);
    g.drawString(Canvas.fitted(g, box.name(), BOX_WIDTH - 24), x + 12, y + 18);
    g.setFont(Canvas.WORDS);
    g.setColor(Palette.FAINT_INK);
    String counts = box.parametersText().isEmpty() ? "" : ", " + box.parametersText();
    g.drawString(Canvas.fitted(g, box.shapeText() + counts, BOX_WIDTH - 24), x + 12, y + 35);
  }

  /** Straight to the next row, or in a curve around the boxes between. */
  private void line(Graphics2D g, int from, int to) {
    g.setColor(Palette.FAINT_INK);
    g.setStroke(new BasicStroke(1.5f));
    int x1 = x(from);
    int y1 = y(from) + BOX_HEIGHT;
    int many = before.get(to).size();
    int x2 = x(to) + (int) ((arrival(from, to) - (many - 1) / 2.0) * 30);
    int y2 = y(to);
    var path = new Path2D.Double();
    path.moveTo(x1, y1);
    if (depth[to] - depth[from] == 1) {
      path.lineTo(x2, y2 - 5);
    } else {
      double side = beside(depth[from] + 1, depth[to] - 1, x1 + x(to) <= width() ? -1 : 1);
      path.curveTo(x1, y1 + STEP * 0.4, side, y1, side, (y1 + y2) / 2.0);
      path.curveTo(side, y2, x2, y2 - STEP * 0.4, x2, y2 - 5);
    }
    g.draw(path);
    var head = new Path2D.Double();
    head.moveTo(x2 - 4, y2 - 6);
    head.lineTo(x2 + 4, y2 - 6);
    head.lineTo(x2, y2);
    head.closePath();
    g.fill(head);
  }

  /** The position of a line among those that end in a layer, chosen so that they do not cross. */
  private int arrival(int from, int to) {
    return before.get(to).stream()
        .sorted(Comparator.comparingInt((Integer each) -> comesFrom(each, to)))
        .toList()
        .indexOf(from);
  }

  private int comesFrom(int from, int to) {
    boolean isAround = depth[to] - depth[from] > 1;
    return isAround ? (x(from) + x(to) <= width() ? 0 : width()) : x(from);
  }

  /** Free space in these rows, left (−1) or right (1) of their boxes. */
  private double beside(int firstRow, int lastRow, int direction) {
    int most =
        IntStream.rangeClosed(firstRow, lastRow).map(row -> rows.get(row).size()).max().orElse(1);
    return width() / 2.0 + direction * (most * (BOX_WIDTH + GAP) / 2.0 + GAP / 2.0);
  }

  String alt() {
    return Messages.of(
        "A network of %d layers with branches and %s parameters: %s.",
        layers.size(),
        NumberText.count(layers.stream().mapToLong(Architecture.Box::parameters).sum()),
        IntStream.range(0, layers.size()).mapToObj(this::said).collect(Collectors.joining("; ")));
  }

  String text() {
    return IntStream.range(0, layers.size())
        .mapToObj(
            i ->
                said(i)
                    + (layers.get(i).parameters() == 0
                        ? ""
                        : "  " + layers.get(i).parametersText()))
        .collect(Collectors.joining("\n"));
  }

  private String said(int layer) {
    Architecture.Box box = layers.get(layer);
    String from =
        before.get(layer).stream()
            .map(i -> layers.get(i).name())
            .collect(Collectors.joining(" and "));
    return box.name() + " " + box.shapeText() + (from.isEmpty() ? "" : " of " + from);
  }
}
