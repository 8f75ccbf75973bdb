package org.lossbook.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;

/**
 * A grid of images, each with its class and, where a model was asked, its prediction. A mistake is
 * framed and named: {@code 9, is 4}.
 *
 * @hidden
 */
@Internal
public final class ImageGrid {
  private static final int WIDTH = 640;
  private static final int MARGIN = 12;
  private static final int CAPTION = 22;
  private static final int MOST_COLUMNS = 8;
  private static final int FEWEST_COLUMNS = 4;
  private static final int FRAME = 3;

  private ImageGrid() {}

  /**
   * One image.
   *
   * @param pixels {@code [height, width, channels]}, row-major, from 0 (black) to 1
   * @param channels 1 for grey, 3 for red, green and blue
   * @param truth the name of its class; empty where it is unknown
   * @param prediction the name of the predicted class; empty where no model was asked
   * @hidden
   */
  @Internal
  public record Tile(
      float[] pixels, int height, int width, int channels, String truth, String prediction) {
    /** Checks that the pixels fit the shape. */
    public Tile {
      if ((channels != 1 && channels != 3) || pixels.length != height * width * channels) {
        throw Messages.wrong(
            "images expects [height, width, 1 or 3] but receives %d numbers for [%d, %d, %d]: reshape them.",
            pixels.length, height, width, channels);
      }
      pixels = pixels.clone();
    }

    /** Whether the prediction is wrong. */
    public boolean mistake() {
      return !prediction.isEmpty() && !truth.isEmpty() && !prediction.equals(truth);
    }

    String caption() {
      if (mistake()) {
        return prediction + ", is " + truth;
      }
      return prediction.isEmpty() ? truth : prediction;
    }

    private BufferedImage image() {
      var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < width * height; i++) {
        int red = shade(i * channels);
        int green = channels == 1 ? red : shade(i * channels + 1);
        int blue = channels == 1 ? red : shade(i * channels + 2);
        image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
      }
      return image;
    }

    private int shade(int at) {
      return Math.round(Math.max(0, Math.min(1, pixels[at])) * 255);
    }
  }

  /**
   * The images as one figure, 640 pixels wide.
   *
   * @throws IllegalArgumentException where there is no image
   */
  public static Figure figure(List<Tile> tiles) {
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException(
          "images expects at least one image but receives none: ask for more than 0.");
    }
    int columns = columns(tiles.size());
    int rows = (tiles.size() + columns - 1) / columns;
    int cell = (WIDTH - MARGIN) / columns;
    int side = cell - MARGIN;
    int height = rows * (side + CAPTION) + MARGIN;
    return Figure.picture(
        WIDTH,
        height,
        alt(tiles),
        text(tiles),
        g -> {
          for (int i = 0; i < tiles.size(); i++) {
            int x = MARGIN + i % columns * cell;
            int y = MARGIN + i / columns * (side + CAPTION);
            paint(g, tiles.get(i), x, y, side);
          }
        });
  }

  /** Full rows where possible: 12 images are two rows of six; four or fewer are one row. */
  private static int columns(int count) {
    return IntStream.of(MOST_COLUMNS, MOST_COLUMNS - 1, MOST_COLUMNS - 2)
        .filter(columns -> count % columns == 0)
        .findFirst()
        .orElse(Math.max(FEWEST_COLUMNS, Math.min(MOST_COLUMNS, count)));
  }

  private static void paint(Graphics2D g, Tile tile, int x, int y, int side) {
    double scale = Math.min((double) side / tile.width(), (double) side / tile.height());
    int width = (int) Math.round(tile.width() * scale);
    int height = (int) Math.round(tile.height() * scale);
    int left = x + (side - width) / 2;
    g.drawImage(tile.image(), left, y, width, height, null); // nearest neighbour: no smoothing
    Color colour = tile.mistake() ? Role.LOSS.color(0) : Palette.INK;
    if (tile.mistake()) {
      g.setColor(colour);
      g.setStroke(new BasicStroke(FRAME));
      g.drawRect(left - 1, y - 1, width + 1, height + 1);
    }
    g.setColor(colour);
    g.setFont(Canvas.WORDS);
    String caption = Canvas.fitted(g, tile.caption(), side + MARGIN - 2);
    int middle = x + (side - g.getFontMetrics().stringWidth(caption)) / 2;
    g.drawString(caption, middle, y + side + CAPTION - 7);
  }

  private static String alt(List<Tile> tiles) {
    String captions = tiles.stream().map(Tile::caption).collect(Collectors.joining("; "));
    long mistakes = tiles.stream().filter(Tile::mistake).count();
    boolean asked = tiles.stream().anyMatch(t -> !t.prediction().isEmpty());
    return Messages.of(
        "%d image%s%s: %s",
        tiles.size(),
        tiles.size() == 1 ? "" : "s",
        asked ? Messages.of(", %d of them mistaken", mistakes) : "",
        captions);
  }

  /** The captions, and the first image in characters, for a terminal. */
  private static String text(List<Tile> tiles) {
    Tile first = tiles.get(0);
    String shades = " .:-=+*#%@";
    String drawn =
        IntStream.range(0, first.height())
            .mapToObj(
                row ->
                    IntStream.range(0, first.width())
                        .map(
                            column ->
                                first.shade((row * first.width() + column) * first.channels()))
                        .mapToObj(v -> "" + shades.charAt(v * (shades.length() - 1) / 255))
                        .collect(Collectors.joining()))
            .map(String::stripTrailing)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    return alt(tiles) + "\n" + drawn;
  }
}
