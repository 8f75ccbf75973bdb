package org.lossbook.plot;

import java.awt.Graphics2D;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.lossbook.notebook.Renderable;

/**
 * A finished picture with a text that says what is to be seen.
 *
 * <p>Drawings of lines come as SVG, which stays sharp, and as PNG beside it; pictures of pixels
 * come as PNG alone. The PNG is there because a notebook that is not trusted yet, as every notebook
 * from the net is until it has been run, shows no SVG, and because pages that show notebooks often
 * leave it out too. The text is the SVG's title and description, the PNG's {@code Description}, and
 * {@link #toString()}, which a terminal shows.
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

  /** {@code image/png}, and {@code image/svg+xml} where it is a drawing of lines. */
  @Override
  public Map<String, String> mimeBundle() {
    var bundle = new TreeMap<String, String>();
    bundle.put("image/png", Base64.getEncoder().encodeToString(png));
    if (!svg.isEmpty()) {
      bundle.put("image/svg+xml", svg);
    }
    return bundle;
  }

  /** The picture in words and numbers, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
