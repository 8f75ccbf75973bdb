package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.NumberText;
import org.lossbook.plot.canvas.Palette;

/**
 * A network's architecture diagram, from input to output: a box per layer, as wide as its output is
 * large (on a logarithmic scale), with the output shape inside and the parameter count beside it.
 *
 * @hidden
 */
@Internal
public final class Architecture {
  private static final int WIDTH = 640;
  private static final int MIDDLE = 250;
  private static final int NARROWEST = 220;
  private static final int WIDEST = 440;
  private static final int BOX = 28;
  private static final int STEP = 42;
  private static final int MARGIN = 14;

  private Architecture() {}

  /**
   * One layer.
   *
   * @param name as in the model's summary: {@code conv2d_1}
   * @param shape of its output, without the batch; −1 for an extent that the data decides
   * @param parameters the number of its parameters
   * @hidden
   */
  @Internal
  public record Box(String name, List<Integer> shape, long parameters) {
    /** Copies the shape. */
    public Box {
      shape = List.copyOf(shape);
    }

    /** The same from an array. */
    public Box(String name, int[] shape, long parameters) {
      this(name, Arrays.stream(shape).boxed().toList(), parameters);
    }

    String shapeText() {
      return shape.stream()
          .map(extent -> extent < 0 ? "any" : extent.toString())
          .collect(Collectors.joining("×"));
    }

    String parametersText() {
      return parameters == 0
          ? ""
          : NumberText.count(parameters) + (parameters == 1 ? " parameter" : " parameters");
    }

    private double outputs() {
      return shape.stream().mapToDouble(extent -> Math.max(1, extent)).reduce(1, (a, b) -> a * b);
    }
  }

  /** Draws the layers from first to last. */
  public static Figure figure(List<Box> layers) {
    int height = 2 * MARGIN + STEP * (layers.size() - 1) + BOX;
    return Figure.drawing(WIDTH, height, alt(layers), text(layers), g -> paint(g, layers));
  }

  /**
   * Draws a network that branches.
   *
   * @param before for each layer the indices of its inputs, which are smaller than its own
   */
  public static Figure figure(List<Box> layers, List<List<Integer>> before) {
    var branches = new BranchingArchitecture(layers, before);
    return Figure.drawing(
        branches.width(), branches.height(), branches.alt(), branches.text(), branches::paint);
  }

  private static void paint(Graphics2D g, List<Box> layers) {
    double most = layers.stream().mapToDouble(Box::outputs).max().orElse(1);
    for (int i = 0; i < layers.size(); i++) {
      Box layer = layers.get(i);
      int y = MARGIN + i * STEP;
      double part = most <= 1 ? 1 : Math.log(Math.max(1, layer.outputs())) / Math.log(most);
      box(g, layer, y, (int) Math.round(NARROWEST + part * (WIDEST - NARROWEST)));
      if (i > 0) {
        arrow(g, y - STEP + BOX, y);
      }
    }
  }

  private static void box(Graphics2D g, Box layer, int y, int width) {
    int x = MIDDLE - width / 2;
    g.setColor(java.awt.Color.WHITE);
    g.fillRoundRect(x, y, width, BOX, 8, 8);
    g.setColor(layer.parameters() > 0 ? Role.TRAINING.color(0) : Palette.FAINT_INK);
    g.setStroke(new BasicStroke(layer.parameters() > 0 ? 2f : 1f));
    g.drawRoundRect(x, y, width, BOX, 8, 8);
    g.setFont(Canvas.WORDS);
    int base = y + BOX / 2 + 4;
    String shape = layer.shapeText();
    int shapeWidth = g.getFontMetrics().stringWidth(shape);
    g.setColor(Palette.FAINT_INK);
    g.drawString(shape, x + width - shapeWidth - 12, base);
    g.drawString(layer.parametersText(), MIDDLE + WIDEST / 2 + 12, base);
    g.setColor(Palette.INK);
    g.setFont(Canvas.TITLE);
    g.drawString(Canvas.fitted(g, layer.name(), width - shapeWidth - 34), x + 12, base);
  }

  private static void arrow(Graphics2D g, int from, int to) {
    g.setColor(Palette.FAINT_INK);
    g.setStroke(new BasicStroke(1.5f));
    g.drawLine(MIDDLE, from, MIDDLE, to - 4);
    var head = new Path2D.Double();
    head.moveTo(MIDDLE - 4, to - 6);
    head.lineTo(MIDDLE + 4, to - 6);
    head.lineTo(MIDDLE, to);
    head.closePath();
    g.fill(head);
  }

  private static String alt(List<Box> layers) {
    long parameters = layers.stream().mapToLong(Box::parameters).sum();
    return Messages.of(
        "A network of %d layers with %s parameters: %s.",
        layers.size(),
        NumberText.count(parameters),
        layers.stream()
            .map(layer -> layer.name() + " " + layer.shapeText())
            .collect(Collectors.joining(", then ")));
  }

  private static String text(List<Box> layers) {
    int names = layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(1);
    int shapes = layers.stream().mapToInt(layer -> layer.shapeText().length()).max().orElse(1);
    return IntStream.range(0, layers.size())
        .mapToObj(layers::get)
        .map(
            layer ->
                Messages.of(
                        "%-" + names + "s  %" + Math.max(1, shapes) + "s  %s",
                        layer.name(),
                        layer.shapeText(),
                        layer.parametersText())
                    .stripTrailing())
        .collect(Collectors.joining("\n  ↓\n"));
  }
}
