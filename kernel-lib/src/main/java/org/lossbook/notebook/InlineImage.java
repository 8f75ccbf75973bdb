package org.lossbook.notebook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.lossbook.Internal;

/**
 * An image in HTML, with alternative text for screen readers.
 *
 * <p>JupyterLab drops the alternative text of {@code image/png} and {@code image/svg+xml} outputs,
 * whatever their metadata says, and shows the latter only in trusted notebooks. An {@code img} in
 * {@code text/html} keeps it, and always shows.
 *
 * @param width in pixels of the page
 * @param height in pixels of the page
 * @param alt a description of the image
 * @hidden
 */
@Internal
public record InlineImage(int width, int height, String alt) {
  /** Whatever it is part of is turned as a whole. */
  private static final String ALONE = ":not(:is(.lossbook-explorer,.lossbook-card) *)";

  /** The element for a PNG file. */
  public String png(byte[] file) {
    return html("png", file, "");
  }

  /** The element for an SVG document. */
  public String svg(String document) {
    return html("svg+xml", document.getBytes(StandardCharsets.UTF_8), "");
  }

  /** A drawing in a PNG file, whose light and dark are turned round in a dark page. */
  public String drawing(byte[] file) {
    return html("png", file, look("lossbook-figure"))
        + DarkPage.style(".lossbook-figure" + ALONE, DarkPage.TURNED);
  }

  /** The same in an SVG document. */
  public String drawing(String document) {
    return html("svg+xml", document.getBytes(StandardCharsets.UTF_8), look("lossbook-figure"))
        + DarkPage.style(".lossbook-figure" + ALONE, DarkPage.TURNED);
  }

  /** A photograph in a PNG file, which is dimmed in a dark page. */
  public String photograph(byte[] file) {
    return html("png", file, look("lossbook-photograph"))
        + DarkPage.style(".lossbook-photograph" + ALONE, DarkPage.DIMMED);
  }

  /** On a phone a figure scrolls, because its words would be too small in one that fits. */
  private static String look(String kind) {
    return " class=\"" + kind + "\" style=\"max-width:none\"";
  }

  private String html(String kind, byte[] file, String look) {
    return String.format(
        Locale.ROOT,
        "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"data:image/%s;base64,%s\"%s/>",
        Markup.attribute(alt),
        width,
        height,
        kind,
        Base64.getEncoder().encodeToString(file),
        look);
  }
}
