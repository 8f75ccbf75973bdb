package org.lossbook.plot.canvas;

import java.awt.Color;
import org.lossbook.Internal;

/**
 * A sequential colour map from light (low) to dark (high): distinguishable by lightness alone, and
 * grey enough for every colour of {@link Role} to stand out on it.
 *
 * @hidden
 */
@Internal
public final class ColourMap {
  private static final double[][] STOPS = {
    {0xfb, 0xf9, 0xf1},
    {0xdc, 0xe4, 0xe4},
    {0xb1, 0xc4, 0xcd},
    {0x86, 0xa1, 0xb3},
    {0x5f, 0x7e, 0x97}
  };

  private static final double[][] TO_THE_DARK = {
    {0xfb, 0xf9, 0xf1},
    {0xb1, 0xc4, 0xcd},
    {0x5f, 0x7e, 0x97},
    {0x2c, 0x4a, 0x66},
    {0x0b, 0x1f, 0x33}
  };

  private ColourMap() {}

  /** The colour of a value from 0 to 1. */
  public static Color of(double share) {
    return between(STOPS, share);
  }

  /** The same down to a dark blue, where nothing is drawn over it. */
  public static Color dark(double share) {
    return between(TO_THE_DARK, share);
  }

  private static Color between(double[][] stops, double share) {
    double at = Math.max(0, Math.min(1, share)) * (stops.length - 1);
    int below = Math.min((int) at, stops.length - 2);
    double part = at - below;
    int[] rgb = new int[3];
    for (int i = 0; i < 3; i++) {
      rgb[i] = (int) Math.round(stops[below][i] + part * (stops[below + 1][i] - stops[below][i]));
    }
    return new Color(rgb[0], rgb[1], rgb[2]);
  }
}
