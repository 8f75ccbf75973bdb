package org.lossbook.kernel.install;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** The kernel's logo in Jupyter's launcher: a loss curve with a point descending on it. */
final class Logo {
  private static final Color GROUND = new Color(0x0072B2);
  private static final Color POINT = new Color(0xE69F00);
  private static final String SVG =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
        <rect width="64" height="64" rx="12" fill="#0072B2"/>
        <path d="M10 14Q32 82 54 14" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>
        <circle cx="19" cy="33" r="7" fill="#E69F00"/>
      </svg>
      """;

  private Logo() {}

  /** The files, by the names that Jupyter expects. */
  static Map<String, byte[]> files() throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("logo-svg.svg", SVG.getBytes(StandardCharsets.UTF_8));
    files.put("logo-64x64.png", png(64));
    files.put("logo-32x32.png", png(32));
    return files;
  }

  private static byte[] png(int size) throws IOException {
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    var g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.scale(size / 64.0, size / 64.0);
    g.setColor(GROUND);
    g.fill(new RoundRectangle2D.Double(0, 0, 64, 64, 24, 24));
    var curve = new Path2D.Double();
    curve.moveTo(10, 14);
    curve.quadTo(32, 82, 54, 14);
    g.setColor(Color.WHITE);
    g.setStroke(new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(curve);
    g.setColor(POINT);
    g.fill(new Ellipse2D.Double(12, 26, 14, 14));
    g.dispose();
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
