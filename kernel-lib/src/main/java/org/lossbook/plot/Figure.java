package org.lossbook.plot;

import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.lossbook.base.Messages;
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
  private final boolean isPhotograph;

  private Figure(
      String svg,
      byte[] png,
      int width,
      int height,
      String alt,
      String text,
      boolean isPhotograph) {
    this.svg = svg;
    this.png = png;
    this.width = width;
    this.height = height;
    this.alt = alt;
    this.text = text;
    this.isPhotograph = isPhotograph;
  }

  /** Line art: SVG and PNG. */
  static Figure drawing(
      int width, int height, String alt, String text, Consumer<Graphics2D> paint) {
    byte[] png = Canvas.png(width, height, alt, paint);
    return new Figure(Canvas.svg(width, height, alt, paint), png, width, height, alt, text, false);
  }

  /** A drawing of too many shapes for SVG: PNG. */
  static Figure dense(int width, int height, String alt, String text, Consumer<Graphics2D> paint) {
    return new Figure("", Canvas.png(width, height, alt, paint), width, height, alt, text, false);
  }

  /** A pixel image, whose colours are its content: PNG. */
  static Figure picture(
      int width, int height, String alt, String text, Consumer<Graphics2D> paint) {
    byte[] png = Canvas.png(width, height, alt, paint);
    return new Figure("", png, width, height, alt, text, true);
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

  /**
   * Writes the figure into a file, {@code save("loss.svg")} or {@code save("loss.png")}; a file of
   * that name is replaced.
   *
   * @return this, so that a cell still shows it
   * @throws IllegalArgumentException for another kind of file, SVG of a figure that is made of
   *     pixels, and where the file cannot be written
   */
  public Figure save(String file) {
    if (file == null) {
      throw notAFile("null");
    }
    try {
      return save(Path.of(file));
    } catch (InvalidPathException e) {
      throw notAFile(file);
    }
  }

  /** The same with Java's own path. */
  public Figure save(Path file) {
    String name = file == null ? "null" : file.toString();
    String kind = name.toLowerCase(Locale.ROOT);
    if (file == null || !kind.endsWith(".svg") && !kind.endsWith(".png")) {
      throw notAFile(name);
    }
    if (kind.endsWith(".svg") && svg.isEmpty()) {
      throw Messages.wrong(
          "save expects a .png for a figure that is made of pixels but receives %s: save(\"figure.png\") writes it.",
          name);
    }
    try {
      Files.write(file, kind.endsWith(".png") ? png : svg.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Messages.wrong(
          "save expects a file that it may write but %s cannot be written (%s): name one in a folder that exists.",
          name, e.getClass().getSimpleName());
    }
    return this;
  }

  private static IllegalArgumentException notAFile(String given) {
    return Messages.wrong(
        "save expects a file that ends in .svg or .png but receives %s: save(\"figure.svg\") writes one.",
        given);
  }

  /** An image with its alt text as {@code text/html}, and {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    var image = new InlineImage(width, height, alt);
    var bundle = new TreeMap<String, String>();
    bundle.put("image/png", Base64.getEncoder().encodeToString(png));
    bundle.put("text/html", html(image));
    return bundle;
  }

  private String html(InlineImage image) {
    return isPhotograph
        ? image.photograph(png)
        : svg().map(image::drawing).orElseGet(() -> image.drawing(png));
  }

  /** The figure in words and numbers, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
