package org.lossbook.plot;

import java.awt.Graphics2D;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.lossbook.notebook.InlineImage;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.canvas.Canvas;

/**
 * A finished picture with a text that says what is to be seen.
 *
 * <p>A page shows it as an image with that text for those who hear the page: a drawing of lines as
 * SVG, which stays sharp, a picture of pixels as PNG. The PNG comes beside it in any case, because
 * pages that show notebooks may leave HTML out. The text is the SVG's title and the PNG's {@code
 * Description} too, so it stays with a picture that is saved.
 */
public final class Figure implements Renderable {
  private final String svg; // empty for a picture of pixels
  private final byte[] png;
  private final int width;
  private final int height;
  private final String alt;
  private final String text;

  private Figure(String svg, byte[] png, int width, int height, String alt, String text) {
    this.svg = svg;
    this.png = png;
    this.width = width;
    this.height = height;
    this.alt = alt;
    this.text = text;
  }

  /** A drawing of lines and words: SVG, and PNG beside it. */
  static Figure drawing(
      int width, int height, String alt, String text, Consumer<Graphics2D> paint) {
    byte[] png = Canvas.png(width, height, alt, paint);
    return new Figure(Canvas.svg(width, height, alt, paint), png, width, height, alt, text);
  }

  /** A picture of pixels: PNG. */
  static Figure picture(
      int width, int height, String alt, String text, Consumer<Graphics2D> paint) {
    byte[] png = Canvas.png(width, height, alt, paint);
    return new Figure("", png, width, height, alt, text);
  }

  /** The width in pixels of the page. */
  public int width() {
    return width;
  }

  /** The height in pixels of the page. */
  public int height() {
    return height;
  }

  /** What is to be seen, in a sentence. */
  public String alt() {
    return alt;
  }

  /** The PNG file. */
  public byte[] png() {
    return png.clone();
  }

  /** The SVG file; empty for a picture of pixels. */
  public Optional<String> svg() {
    return Optional.of(svg).filter(document -> !document.isEmpty());
  }

  /** An image with its words as {@code text/html}, and the {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    var image = new InlineImage(width, height, alt);
    var bundle = new TreeMap<String, String>();
    bundle.put("image/png", Base64.getEncoder().encodeToString(png));
    bundle.put("text/html", svg().map(image::svg).orElseGet(() -> image.png(png)));
    return bundle;
  }

  /** The picture in words and numbers, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
