package org.lossbook.plot.canvas;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.Map;

/**
 * Colour quantization: an image with a palette, a byte per pixel, whose PNG is a third of the size.
 */
final class ColourQuantizer {
  private static final int TABLE = 256;
  private static final int DRAWING = 4096; // an image with more colours is a photograph

  private ColourQuantizer() {}

  /**
   * The image in its 256 most frequent colours. The others, which only anti-aliased edges have,
   * become the nearest of them; a photograph is returned unchanged.
   */
  static BufferedImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel & 0xffffff, 1, Integer::sum);
      if (counts.size() > DRAWING) {
        return image;
      }
    }
    int[] table =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(TABLE)
            .mapToInt(Map.Entry::getKey)
            .toArray();
    Map<Integer, Integer> places = new HashMap<>();
    counts.keySet().forEach(colour -> places.put(colour, nearest(table, colour)));
    byte[] indices = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indices[i] = places.get(pixels[i] & 0xffffff).byteValue();
    }
    var model = new IndexColorModel(8, table.length, table, 0, false, -1, 0);
    var few = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    few.getRaster().setDataElements(0, 0, width, height, indices);
    return few;
  }

  private static int nearest(int[] table, int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < table.length && least > 0; i++) {
      int red = (table[i] >> 16) - (colour >> 16);
      int green = (table[i] >> 8 & 0xff) - (colour >> 8 & 0xff);
      int blue = (table[i] & 0xff) - (colour & 0xff);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
