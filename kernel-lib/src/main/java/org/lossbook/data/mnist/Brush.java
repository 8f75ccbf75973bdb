package org.lossbook.data.mnist;

import java.util.Arrays;

/** Draws antialiased strokes into a small greyscale image. */
final class Brush {
  private static final double SOFT = 1.1; // the width of the antialiased edge, in pixels

  private final int side;
  private final float[] ink;

  Brush(int side) {
    this.side = side;
    this.ink = new float[side * side];
  }

  void clear() {
    Arrays.fill(ink, 0);
  }

  /** Draws a straight segment whose width changes from {@code 2 r0} to {@code 2 r1}. */
  void line(double x0, double y0, double x1, double y1, double r0, double r1) {
    double reach = Math.max(r0, r1) + SOFT;
    int left = (int) Math.max(0, Math.floor(Math.min(x0, x1) - reach));
    int right = (int) Math.min(side - 1, Math.ceil(Math.max(x0, x1) + reach));
    int top = (int) Math.max(0, Math.floor(Math.min(y0, y1) - reach));
    int bottom = (int) Math.min(side - 1, Math.ceil(Math.max(y0, y1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length2 = Math.max(1e-9, dx * dx + dy * dy);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length2));
        double offX = x - x0 - along * dx;
        double offY = y - y0 - along * dy;
        double distance = Math.sqrt(offX * offX + offY * offY);
        double edge = r0 + along * (r1 - r0) - distance;
        float darkness = (float) Math.max(0, Math.min(1, edge / SOFT + 0.5));
        int at = y * side + x;
        ink[at] = Math.max(ink[at], darkness);
      }
    }
  }

  /** The darkness of a pixel, from 0 to 1. */
  float at(int index) {
    return ink[index];
  }
}
