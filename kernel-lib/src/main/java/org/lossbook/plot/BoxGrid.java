package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;

/**
 * Images with a true box each and, where a model was asked, the predicted one, dashed.
 *
 * @hidden
 */
@Internal
public final class BoxGrid {
  private static final int WIDTH = 640;
  private static final int MARGIN = 12;
  private static final int CAPTION = 22;
  private static final int COLUMNS = 4;
  private static final int KEY = 26;
  private static final int SQUARE = 260;
  private static final Color TRUE_BOX = Color.decode("#56b4e9"); // seen on black and on white
  private static final Color PREDICTED = Role.PREDICTION.color(0);
  private static final BasicStroke SOLID = new BasicStroke(2);
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4, new float[] {6, 4}, 0);

  private BoxGrid() {}

  /**
   * One image.
   *
   * @param pixels {@code [height, width, channels]}, row-major, from 0 (black) to 1
   * @param truth corners in shares of width and height
   * @param predicted the same; empty where no model was asked
   * @param iou how much the two share
   * @hidden
   */
  @Internal
  public record Scene(
      float[] pixels,
      int height,
      int width,
      int channels,
      double[] truth,
      double[] predicted,
      double iou) {

    private BufferedImage image() {
      var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < width * height; i++) {
        int red = shade(i, 0);
        image.setRGB(
            i % width,
            i / width,
            red << 16
                | (channels == 1 ? red : shade(i, 1)) << 8
                | (channels == 1 ? red : shade(i, 2)));
      }
      return image;
    }

    private int shade(int pixel, int channel) {
      return Math.round(Math.max(0, Math.min(1, pixels[pixel * channels + channel])) * 255);
    }

    private String caption() {
      return predicted.length == 0 ? "" : Messages.of("IoU %.2f", iou);
    }
  }

  /** The images as one figure, 640 pixels wide. */
  public static Figure figure(List<Scene> scenes) {
    int rows = (scenes.size() + COLUMNS - 1) / COLUMNS;
    int side = (WIDTH - MARGIN) / COLUMNS - MARGIN;
    boolean asked = scenes.get(0).predicted().length > 0;
    int below = asked ? CAPTION : MARGIN;
    String alt = alt(scenes, asked);
    return Figure.picture(
        WIDTH,
        MARGIN + rows * (side + below) + KEY,
        alt,
        alt,
        g -> {
          for (int i = 0; i < scenes.size(); i++) {
            int x = MARGIN + i % COLUMNS * (side + MARGIN);
            int y = MARGIN + i / COLUMNS * (side + below);
            paint(g, scenes.get(i), x, y, side);
          }
          key(g, MARGIN + rows * (side + below) + 4, asked);
        });
  }

  private static String alt(List<Scene> scenes, boolean asked) {
    double mean = scenes.stream().mapToDouble(Scene::iou).average().orElse(0);
    String each =
        IntStream.range(0, scenes.size())
            .mapToObj(i -> Messages.of("%d: %.2f", i + 1, scenes.get(i).iou()))
            .collect(Collectors.joining(", "));
    return asked
        ? Messages.of(
            "%d image%s with true and predicted boxes, mean intersection over union %.2f: %s",
            scenes.size(), scenes.size() == 1 ? "" : "s", mean, each)
        : Messages.of(
            "%d image%s with %s true box%s",
            scenes.size(),
            scenes.size() == 1 ? "" : "s",
            scenes.size() == 1 ? "its" : "their",
            scenes.size() == 1 ? "" : "es");
  }

  private static void paint(Graphics2D g, Scene scene, int x, int y, int side) {
    double scale = (double) side / Math.max(scene.width(), scene.height());
    int wide = (int) Math.round(scene.width() * scale);
    int tall = (int) Math.round(scene.height() * scale);
    g.drawImage(scene.image(), x, y, wide, tall, null);
    Graphics2D inside = (Graphics2D) g.create();
    inside.clip(new Rectangle(x - 1, y - 1, wide + 2, tall + 2));
    box(inside, scene.truth(), x, y, wide, tall, TRUE_BOX, SOLID);
    if (scene.predicted().length > 0) {
      box(inside, scene.predicted(), x, y, wide, tall, PREDICTED, DASHED);
    }
    inside.dispose();
    g.setColor(Palette.INK);
    g.setFont(Canvas.WORDS);
    String caption = scene.caption();
    g.drawString(
        caption, x + (side - g.getFontMetrics().stringWidth(caption)) / 2, y + side + CAPTION - 7);
  }

  private static void box(
      Graphics2D g,
      double[] corners,
      int x,
      int y,
      int wide,
      int tall,
      Color colour,
      BasicStroke stroke) {
    int left = x + (int) Math.round(bounded(corners[0]) * wide);
    int top = y + (int) Math.round(bounded(corners[1]) * tall);
    int right = x + (int) Math.round(bounded(corners[2]) * wide);
    int bottom = y + (int) Math.round(bounded(corners[3]) * tall);
    g.setColor(colour);
    g.setStroke(stroke);
    g.drawRect(
        Math.min(left, right),
        Math.min(top, bottom),
        Math.abs(right - left),
        Math.abs(bottom - top));
  }

  /** A box far outside the image stays drawable. */
  private static double bounded(double share) {
    return Math.max(-100, Math.min(100, share));
  }

  private static void key(Graphics2D g, int y, boolean asked) {
    g.setFont(Canvas.WORDS);
    word(g, "truth", MARGIN, y, TRUE_BOX, SOLID);
    if (asked) {
      word(g, "prediction", MARGIN + 90, y, PREDICTED, DASHED);
    }
  }

  private static void word(
      Graphics2D g, String text, int x, int y, Color colour, BasicStroke stroke) {
    g.setColor(colour);
    g.setStroke(stroke);
    g.drawRect(x, y, 18, 11);
    g.setColor(Palette.INK);
    g.drawString(text, x + 25, y + 11);
  }

  /** Two boxes, what both cover in grey, and their intersection over union. */
  public static Figure overlap(double[] truth, double[] predicted, double iou) {
    double low = Math.min(Math.min(truth[0], predicted[0]), Math.min(truth[1], predicted[1]));
    double high = Math.max(Math.max(truth[2], predicted[2]), Math.max(truth[3], predicted[3]));
    double span = high > low ? high - low : 1;
    double[] a = shares(truth, low, span);
    double[] b = shares(predicted, low, span);
    String caption = Messages.of("intersection over union %.3f", iou);
    int height = SQUARE + 2 * MARGIN + CAPTION + KEY;
    return Figure.drawing(
        SQUARE + 2 * MARGIN,
        height,
        "A true and a predicted box, " + caption,
        "A true and a predicted box, " + caption,
        g -> {
          paintOverlap(g, a, b);
          box(g, a, MARGIN, MARGIN, SQUARE, SQUARE, TRUE_BOX, SOLID);
          box(g, b, MARGIN, MARGIN, SQUARE, SQUARE, PREDICTED, DASHED);
          g.setFont(Canvas.WORDS);
          g.setColor(Palette.INK);
          g.drawString(caption, MARGIN, SQUARE + MARGIN + CAPTION - 4);
          key(g, SQUARE + MARGIN + CAPTION + 8, true);
        });
  }

  private static void paintOverlap(Graphics2D g, double[] a, double[] b) {
    int left = MARGIN + (int) Math.round(Math.max(a[0], b[0]) * SQUARE);
    int top = MARGIN + (int) Math.round(Math.max(a[1], b[1]) * SQUARE);
    int right = MARGIN + (int) Math.round(Math.min(a[2], b[2]) * SQUARE);
    int bottom = MARGIN + (int) Math.round(Math.min(a[3], b[3]) * SQUARE);
    if (right > left && bottom > top) {
      g.setColor(Palette.GRID);
      g.fillRect(left, top, right - left, bottom - top);
    }
  }

  private static double[] shares(double[] corners, double low, double span) {
    double[] shares = new double[corners.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (corners[i] - low) / span;
    }
    return shares;
  }
}
