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
  /** The element for a PNG file. */
  public String png(byte[] file) {
    return html("png", file);
  }

  /** The element for an SVG document. */
  public String svg(String document) {
    return html("svg+xml", document.getBytes(StandardCharsets.UTF_8));
  }

  private String html(String kind, byte[] file) {
    return String.format(
        Locale.ROOT,
        "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"data:image/%s;base64,%s\"/>",
        Markup.attribute(alt),
        width,
        height,
        kind,
        Base64.getEncoder().encodeToString(file));
  }
}
