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
 * A finished figure with alt text.
 *
 * <p>A page shows it as an image with that text for screen readers: line art as SVG, which stays
 * sharp, pixels as PNG. A PNG is always included, because pages that show notebooks may drop HTML.
 * The text is also the SVG's title and the PNG's {@code Description}, so it stays with a saved
 * image.
 */
public final class Figure implements Renderable {
  private final String svg; // empty for a pixel image
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

  /** Line art: SVG and PNG. */
  static Figure drawing(
      int width, int height, String alt, String text, Consumer<Graphics2D> paint) {
    byte[] png = Canvas.png(width, height, alt, paint);
    return new Figure(Canvas.svg(width, height, alt, paint), png, width, height, alt, text);
  }

  /** A pixel image: PNG. */
  static Figure picture(
      int width, int height, String alt, String text, Consumer<Graphics2D> paint) {
    byte[] png = Canvas.png(width, height, alt, paint);
    return new Figure("", png, width, height, alt, text);
  }

  /** The width in CSS pixels. */
  public int width() {
    return width;
  }

  /** The height in CSS pixels. */
  public int height() {
    return height;
  }

  /** The alt text. */
  public String alt() {
    return alt;
  }

  /** The PNG file. */
  public byte[] png() {
    return png.clone();
  }

  /** The SVG file; empty for a pixel image. */
  public Optional<String> svg() {
    return Optional.of(svg).filter(document -> !document.isEmpty());
  }

  /** An image with its alt text as {@code text/html}, and {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    var image = new InlineImage(width, height, alt);
    var bundle = new TreeMap<String, String>();
    bundle.put("image/png", Base64.getEncoder().encodeToString(png));
    bundle.put("text/html", svg().map(image::svg).orElseGet(() -> image.png(png)));
    return bundle;
  }

  /** The figure in words and numbers, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
