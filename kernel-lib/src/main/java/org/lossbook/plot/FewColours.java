package org.lossbook.plot;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.TreeSet;

/** An image with a table of its colours: a byte a pixel, and a PNG of a third of the size. */
final class FewColours {
  private static final int MOST = 256;
  private static final int[] PRECISIONS = {0xffffff, 0xfcfcfc, 0xf8f8f8, 0xf0f0f0};

  private FewColours() {}

  /**
   * The image by its own colours where they are few; else by colours a few shades off, which only
   * the edges of letters and lines have; else as it is.
   */
  static BufferedImage of(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    for (int precision : PRECISIONS) {
      var colours = new TreeSet<Integer>();
      for (int pixel : pixels) {
        colours.add(rounded(pixel, precision));
        if (colours.size() > MOST) {
          break;
        }
      }
      if (colours.size() <= MOST) {
        return indexed(image, pixels, colours, precision);
      }
    }
    return image;
  }

  /** The paper and pure white stay what they are, so that nothing large is tinted. */
  private static int rounded(int pixel, int precision) {
    int colour = pixel & 0xffffff;
    boolean kept = colour == 0xffffff || colour == (Role.CARD.getRGB() & 0xffffff);
    return kept ? colour : colour & precision;
  }

  private static BufferedImage indexed(
      BufferedImage image, int[] pixels, TreeSet<Integer> colours, int precision) {
    int[] table = colours.stream().mapToInt(Integer::intValue).toArray();
    var model = new IndexColorModel(8, table.length, table, 0, false, -1, 0);
    var few =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    byte[] indices = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int at = java.util.Arrays.binarySearch(table, rounded(pixels[i], precision));
      indices[i] = (byte) at;
    }
    few.getRaster().setDataElements(0, 0, image.getWidth(), image.getHeight(), indices);
    return few;
  }
}
