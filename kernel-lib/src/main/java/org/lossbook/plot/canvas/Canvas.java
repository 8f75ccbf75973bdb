package org.lossbook.plot.canvas;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.notebook.Markup;

/**
 * Draws a figure as SVG or PNG, on a light card that works in a dark notebook too.
 *
 * @hidden
 */
@Internal
public final class Canvas {
  public static final Font WORDS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  public static final Font SMALL = WORDS.deriveFont(11f);
  public static final Font TITLE = WORDS.deriveFont(Font.BOLD, 13f);

  private static final int ROUND = 12;
  private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(?=[ ,\"\\)Z;])");

  private Canvas() {}

  public static String svg(int width, int height, String alt, Consumer<Graphics2D> paint) {
    var g = new VectorGraphics2D();
    g.setColor(Palette.CARD);
    g.fillRoundRect(0, 0, width, height, ROUND, ROUND);
    paint.accept(g);
    CommandSequence commands = g.getCommands();
    var out = new ByteArrayOutputStream();
    try {
      new SVGProcessor().getDocument(commands, new PageSize(0, 0, width, height)).writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory streams do not fail
    }
    return compact(out.toString(StandardCharsets.UTF_8), alt);
  }

  /**
   * Compacts an SVG to a third of its size: a tenth of a pixel is precise enough, and inside a page
   * it needs no document header. Clip paths are dropped: nothing is drawn outside its area, and
   * their ids would have to be unique on the page.
   */
  private static String compact(String document, String alt) {
    String drawing =
        document
            .substring(document.indexOf("<svg"))
            .replaceAll("(?s)<defs>.*?</defs>", "")
            .replaceAll(" clip-path=\"[^\"]*\"", "")
            .replaceAll("(font-size:[0-9.]+)pt", "$1px")
            .replaceAll(">\\s+<", "><");
    var tenths = FRACTION.matcher(drawing).replaceAll(number -> tenths(number.group()));
    int inside = tenths.indexOf('>');
    String words = Markup.attribute(alt);
    return tenths.substring(0, inside)
        + Messages.of(
            " font-family=\"sans-serif\" font-size=\"12px\" role=\"img\" aria-label=\"%s\"><title>%s</title>",
            words, words)
        + tenths.substring(inside + 1);
  }

  private static String tenths(String number) {
    String rounded =
        BigDecimal.valueOf(Double.parseDouble(number))
            .setScale(1, RoundingMode.HALF_EVEN)
            .toPlainString();
    return rounded.endsWith(".0") ? rounded.substring(0, rounded.length() - 2) : rounded;
  }

  /**
   * Runs code that needs a font; a JVM without fonts fails in varying ways, none of which tells the
   * reader what to do.
   */
  public static void withFont(Runnable measure) {
    try {
      measure.run();
    } catch (LinkageError | InternalError | RuntimeException e) {
      throw new IllegalStateException(
          "A figure needs a font but Java finds none on this machine: install one (on"
              + " Debian and Ubuntu: apt-get install fontconfig fonts-dejavu-core) and restart the"
              + " kernel.",
          e);
    }
  }

  public static byte[] png(int width, int height, String alt, Consumer<Graphics2D> paint) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    withFont(() -> g.getFontMetrics(WORDS));
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    // Without this, points of curves snap to pixel centres, and curves look jagged.
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(Palette.CARD);
    g.fillRect(0, 0, width, height);
    paint.accept(g);
    g.dispose();
    return encoded(ColourQuantizer.of(image), alt);
  }

  /** The text, truncated to that width. */
  public static String fitted(Graphics2D g, String text, int width) {
    var metrics = g.getFontMetrics();
    // No character is narrower than a pixel: a long text is not measured again for each of them.
    String fitted = text.substring(0, Math.min(text.length(), Math.max(1, width) + 2));
    while (fitted.length() > 1 && metrics.stringWidth(fitted) > width) {
      fitted = fitted.substring(0, fitted.length() - 2).stripTrailing() + "…";
    }
    return fitted;
  }

  private static byte[] encoded(BufferedImage image, String alt) {
    var writer = ImageIO.getImageWritersByFormatName("png").next();
    var out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      var type = ImageTypeSpecifier.createFromRenderedImage(image);
      IIOMetadata metadata = writer.getDefaultImageMetadata(type, null);
      metadata.mergeTree("javax_imageio_png_1.0", description(alt));
      writer.setOutput(stream);
      writer.write(new IIOImage(image, null, metadata));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory streams do not fail
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** An iTXt chunk, which can hold any language. */
  private static IIOMetadataNode description(String alt) {
    var entry = new IIOMetadataNode("iTXtEntry");
    entry.setAttribute("keyword", "Description");
    entry.setAttribute("compressionFlag", "FALSE");
    entry.setAttribute("compressionMethod", "0");
    entry.setAttribute("languageTag", "en");
    entry.setAttribute("translatedKeyword", "Description");
    entry.setAttribute("text", alt);
    var texts = new IIOMetadataNode("iTXt");
    texts.appendChild(entry);
    var root = new IIOMetadataNode("javax_imageio_png_1.0");
    root.appendChild(texts);
    return root;
  }
}
