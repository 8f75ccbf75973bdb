package org.lossbook.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;

/**
 * Images with masks over them: each beside its true classes in colours and, where a model was
 * asked, beside the predicted ones. The first class, usually the ground, is left uncoloured.
 *
 * @hidden
 */
@Internal
public final class MaskGrid {
  private static final int WIDTH = 640;
  private static final int MARGIN = 12;
  private static final int CAPTION = 22;
  private static final int TILES = 6;
  private static final double OPACITY = 0.6;
  private static final int KEY = 12;

  private MaskGrid() {}

  /**
   * One image.
   *
   * @param pixels {@code [height, width, channels]}, row-major, from 0 (black) to 1
   * @param truth the class of each pixel; one outside the names counts as none
   * @param predicted the predicted class of each pixel; empty where no model was asked
   * @hidden
   */
  @Internal
  public record Scene(
      float[] pixels, int height, int width, int channels, int[] truth, int[] predicted) {

    private double right(int classes) {
      int known = 0;
      int right = 0;
      for (int i = 0; i < truth.length; i++) {
        boolean counts = truth[i] >= 0 && truth[i] < classes;
        known += counts ? 1 : 0;
        right += counts && truth[i] == predicted[i] ? 1 : 0;
      }
      return known == 0 ? 1 : (double) right / known;
    }

    private BufferedImage image(int[] mask, int classes) {
      var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < width * height; i++) {
        int label = mask.length == 0 ? 0 : mask[i];
        Color over = color(label, classes);
        double share = label == 0 ? 0 : OPACITY;
        boolean isPlain = mask.length == 0;
        int red = mixed(isPlain ? at(i, 0) : grey(i), over.getRed(), share);
        int green = mixed(isPlain ? at(i, 1) : grey(i), over.getGreen(), share);
        int blue = mixed(isPlain ? at(i, 2) : grey(i), over.getBlue(), share);
        image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
      }
      return image;
    }

    private float at(int pixel, int channel) {
      return pixels[pixel * channels + (channels == 1 ? 0 : channel)];
    }

    /** How bright a pixel is: under a mask its own colour would change that of the class. */
    private float grey(int pixel) {
      return 0.299f * at(pixel, 0) + 0.587f * at(pixel, 1) + 0.114f * at(pixel, 2);
    }

    private static int mixed(float shade, int over, double share) {
      double own = Math.max(0, Math.min(1, shade)) * 255;
      return (int) Math.round(own * (1 - share) + over * share);
    }
  }

  /** The colour of a class; the palette's first, then others around the circle of hues. */
  private static Color color(int label, int classes) {
    if (label <= 0 || label >= classes) {
      return Palette.FAINT_INK;
    }
    return label <= 6
        ? Role.COMPARED.color(label - 1)
        : Color.getHSBColor((float) (label * 0.618 % 1), 0.7f, 0.8f);
  }

  /** The images as one figure, 640 pixels wide, with the classes' colours below. */
  public static Figure figure(List<Scene> scenes, List<String> names) {
    boolean asked = scenes.get(0).predicted().length > 0;
    int panels = asked ? 3 : 2;
    int perRow = TILES / panels;
    int rows = (scenes.size() + perRow - 1) / perRow;
    int cell = (WIDTH - MARGIN) / TILES;
    int side = cell - MARGIN;
    List<List<Integer>> legend = legend(names);
    int height = rows * (side + CAPTION) + MARGIN + legend.size() * CAPTION;
    return Figure.picture(
        WIDTH,
        height,
        alt(scenes, names),
        alt(scenes, names),
        g -> {
          for (int i = 0; i < scenes.size(); i++) {
            int x = MARGIN + i % perRow * panels * cell;
            int y = MARGIN + i / perRow * (side + CAPTION);
            paint(g, scenes.get(i), names.size(), x, y, cell);
          }
          paintLegend(g, legend, names, rows * (side + CAPTION) + MARGIN);
        });
  }

  private static void paint(Graphics2D g, Scene scene, int classes, int x, int y, int cell) {
    int side = cell - MARGIN;
    tile(g, scene.image(new int[0], classes), "image", x, y, side);
    tile(g, scene.image(scene.truth(), classes), "truth", x + cell, y, side);
    if (scene.predicted().length > 0) {
      String caption = percent(scene.right(classes)) + " right";
      tile(g, scene.image(scene.predicted(), classes), caption, x + 2 * cell, y, side);
    }
  }

  private static void tile(
      Graphics2D g, BufferedImage image, String caption, int x, int y, int side) {
    double scale = (double) side / Math.max(image.getWidth(), image.getHeight());
    int width = (int) Math.round(image.getWidth() * scale);
    int height = (int) Math.round(image.getHeight() * scale);
    g.drawImage(image, x + (side - width) / 2, y, width, height, null);
    g.setColor(Palette.INK);
    g.setFont(Canvas.WORDS);
    String fitted = Canvas.fitted(g, caption, side + MARGIN - 2);
    int middle = x + (side - g.getFontMetrics().stringWidth(fitted)) / 2;
    g.drawString(fitted, middle, y + side + CAPTION - 7);
  }

  /** The classes in lines of six. */
  private static List<List<Integer>> legend(List<String> names) {
    List<List<Integer>> lines = new ArrayList<>();
    for (int from = 0; from < names.size(); from += TILES) {
      lines.add(IntStream.range(from, Math.min(from + TILES, names.size())).boxed().toList());
    }
    return lines;
  }

  private static void paintLegend(
      Graphics2D g, List<List<Integer>> lines, List<String> names, int top) {
    int cell = (WIDTH - MARGIN) / TILES;
    g.setFont(Canvas.WORDS);
    for (int line = 0; line < lines.size(); line++) {
      for (int k = 0; k < lines.get(line).size(); k++) {
        int label = lines.get(line).get(k);
        int x = MARGIN + k * cell;
        int y = top + line * CAPTION;
        g.setColor(color(label, names.size()));
        if (label == 0) {
          g.drawRect(x, y, KEY - 1, KEY - 1);
        } else {
          g.fillRect(x, y, KEY, KEY);
        }
        g.setColor(Palette.INK);
        g.drawString(
            Canvas.fitted(g, names.get(label), cell - KEY - MARGIN), x + KEY + 4, y + KEY - 1);
      }
    }
  }

  private static String alt(List<Scene> scenes, List<String> names) {
    int classes = names.size();
    boolean asked = scenes.get(0).predicted().length > 0;
    double right =
        scenes.stream().mapToDouble(scene -> asked ? scene.right(classes) : 1).average().orElse(0);
    String each =
        IntStream.range(0, scenes.size())
            .mapToObj(
                i -> {
                  Scene scene = scenes.get(i);
                  String truth = shares(scene.truth(), names);
                  return asked
                      ? Messages.of(
                          "%d is %s, predicted %s", i + 1, truth, shares(scene.predicted(), names))
                      : Messages.of("%d is %s", i + 1, truth);
                })
            .collect(Collectors.joining("; "));
    return Messages.of(
        "%d image%s with masks%s: %s",
        scenes.size(),
        scenes.size() == 1 ? "" : "s",
        asked ? Messages.of(", %s of the pixels right", percent(right)) : "",
        each);
  }

  /** What the mask shows, the largest first: {@code 80% ground, 20% circle}. */
  private static String shares(int[] mask, List<String> names) {
    long[] counts = new long[names.size()];
    for (int label : mask) {
      if (label >= 0 && label < counts.length) {
        counts[label]++;
      }
    }
    return IntStream.range(0, counts.length)
        .filter(label -> counts[label] > 0)
        .boxed()
        .sorted((a, b) -> Long.compare(counts[b], counts[a]))
        .map(label -> percent((double) counts[label] / mask.length) + " " + names.get(label))
        .collect(Collectors.joining(", "));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }
}
