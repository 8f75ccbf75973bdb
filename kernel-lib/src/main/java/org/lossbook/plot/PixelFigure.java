package org.lossbook.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.lossbook.Internal;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;

/**
 * An image as a figure, with small ones enlarged until their pixels can be counted.
 *
 * @hidden
 */
@Internal
public final class PixelFigure {
  private static final int SMALL = 280;
  private static final int WIDEST = 640;
  private static final int HIGHEST = 480;
  private static final int MARGIN = 12;
  private static final int CAPTION = 24;
  private static final int LEAST = 200; // there is a caption below it

  private PixelFigure() {}

  /** The image above its caption. */
  public static Figure of(BufferedImage image, String caption) {
    double scale = scale(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    int whole = Math.max(LEAST, width + 2 * MARGIN);
    return Figure.picture(
        whole,
        height + MARGIN + CAPTION,
        caption,
        caption,
        g -> paint(g, image, (whole - width) / 2, width, height, caption, whole));
  }

  /** An integer factor for small ones, so that all pixels have the same size. */
  private static double scale(int width, int height) {
    double fits = Math.min((double) (WIDEST - 2 * MARGIN) / width, (double) HIGHEST / height);
    int times = SMALL / Math.max(width, height);
    return times >= 1 && times <= fits ? times : Math.min(1, fits);
  }

  private static void paint(
      Graphics2D g,
      BufferedImage image,
      int left,
      int width,
      int height,
      String caption,
      int whole) {
    boolean shrinks = width < image.getWidth();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        shrinks
            ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(image, left, MARGIN, width, height, null);
    g.setColor(Palette.GRID);
    g.drawRect(left - 1, MARGIN - 1, width + 1, height + 1);
    g.setColor(Palette.INK);
    g.setFont(Canvas.WORDS);
    String words = Canvas.fitted(g, caption, whole - 8);
    g.drawString(
        words, (whole - g.getFontMetrics().stringWidth(words)) / 2, height + MARGIN + CAPTION - 8);
  }
}
