package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Looks at pictures as a program can. */
final class Pictures {
  private Pictures() {}

  static BufferedImage decoded(Figure figure) {
    try {
      var image =
          ImageIO.read(
              new ByteArrayInputStream(
                  Base64.getDecoder().decode(figure.mimeBundle().get("image/png"))));
      assertThat(image.getWidth()).isEqualTo(figure.width());
      assertThat(image.getHeight()).isEqualTo(figure.height());
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many pixels are of that colour, or nearly. */
  static long pixels(BufferedImage image, Color colour) {
    return pixels(image, colour, 0, image.getWidth());
  }

  static long pixels(BufferedImage image, Color colour, int fromX, int toX) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = fromX; x < toX; x++) {
        var c = new Color(image.getRGB(x, y));
        int off =
            Math.abs(c.getRed() - colour.getRed())
                + Math.abs(c.getGreen() - colour.getGreen())
                + Math.abs(c.getBlue() - colour.getBlue());
        count += off < 24 ? 1 : 0;
      }
    }
    return count;
  }

  static boolean pngSays(Figure figure, String alt) {
    return new String(figure.png(), StandardCharsets.UTF_8).contains(alt);
  }

  static Document parsed(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (Exception e) {
      throw new AssertionError("is not well-formed: " + xml, e);
    }
  }
}
