package org.lossbook.plot.canvas;

import java.awt.Color;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * The colours of all figures apart from those of series, which their roles determine.
 *
 * @hidden
 */
@Internal
public final class Palette {
  /** The background, in light and dark notebooks. */
  public static final Color CARD = Color.decode("#fcfcfa");

  public static final Color INK = Color.decode("#24292f");
  public static final Color FAINT_INK = Color.decode("#6a737d");
  public static final Color GRID = Color.decode("#e4e4e0");

  private static final double LEGIBLE = 4.5;

  private Palette() {}

  /**
   * The same colour for text, darkened to a contrast of 4.5 with the card, as WCAG 2.1 requires. A
   * line may be paler than its name.
   */
  public static Color words(String hex) {
    Color line = Color.decode(hex);
    Color words = line;
    for (double share = 1; contrast(words, CARD) < LEGIBLE; share -= 0.02) {
      words =
          new Color(
              (int) (line.getRed() * share),
              (int) (line.getGreen() * share),
              (int) (line.getBlue() * share));
    }
    return words;
  }

  /** The contrast ratio of two colours, as defined in WCAG 2.1. */
  public static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(int part) {
    double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  public static String hex(Color color) {
    return Messages.of("#%06x", color.getRGB() & 0xffffff);
  }
}
