package org.lossbook.data.mnist;

import java.util.List;
import java.util.SplittableRandom;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;
import org.lossbook.data.Dataset;
import org.lossbook.data.mnist.DigitStrokes.Point;
import org.lossbook.data.picture.ImageDataset;
import org.lossbook.engine.Memory;

/**
 * Synthetic digits in MNIST's format, for use when MNIST is not available: several styles of each
 * digit, rotated, sheared, scaled, distorted, and drawn with varying pens.
 *
 * <p>The same seed draws the same images on every machine, and the first n of a longer set are the
 * shorter set. A network that classifies them has learned these drawings, not handwriting.
 *
 * @hidden
 */
@Internal
public final class DrawnDigits {
  private static final int SIDE = 28;
  private static final double BOX = 20; // as in MNIST, a digit is 20 pixels high in 28
  private static final int PIECES = 8; // straight segments between two points of a stroke
  private static final int KNOTS = 4; // of the displacement field, in each direction
  private static final int SOME = 256; // digits between two checks for an interrupt

  private static final List<String> NAMES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private final Brush brush = new Brush(SIDE);
  private final double[] bendX = new double[KNOTS * KNOTS];
  private final double[] bendY = new double[KNOTS * KNOTS];
  private SplittableRandom random = new SplittableRandom(0);
  private double xx;
  private double xy;
  private double yx;
  private double yy;
  private double atX;
  private double atY;

  private DrawnDigits() {}

  /**
   * A dataset of {@code count} synthetic digits, 0 to 9 in turn, so that any ten consecutive ones
   * contain each class once.
   *
   * @throws IllegalArgumentException if the count is less than 1
   */
  public static Dataset syntheticDigits(int count, long seed) {
    if (count < 1) {
      throw Messages.wrong(
          "syntheticDigits expects a count of 1 or more but receives %d: 10000 are drawn in a second.",
          count);
    }
    int size =
        Memory.length(
            "syntheticDigits(" + count + ", …)", 1, "ask for fewer digits", count, SIDE * SIDE + 1);
    byte[] pixels = new byte[size - count];
    byte[] labels = new byte[count];
    var drawn = new DrawnDigits();
    // Mixed, so that seeds 1 and 2 do not share all images but one.
    long first = new SplittableRandom(seed).nextLong();
    for (int i = 0; i < count; i++) {
      if (i % SOME == 0 && Thread.currentThread().isInterrupted()) {
        throw new DataException.Interrupted(
            Messages.of("syntheticDigits was interrupted after %,d of %,d digits.", i, count));
      }
      labels[i] = (byte) (i % 10);
      drawn.random = new SplittableRandom(first + i);
      drawn.draw(i % 10, pixels, i * SIDE * SIDE);
    }
    return new ImageDataset(pixels, labels, SIDE, SIDE, 1, NAMES);
  }

  private void draw(int digit, byte[] into, int from) {
    brush.clear();
    place();
    bend();
    double pen = between(0.75, 1.7);
    var manners = DigitStrokes.of(digit);
    for (List<Point> stroke : manners.get(random.nextInt(manners.size()))) {
      stroke(stroke, pen);
    }
    double strength = between(0.82, 1);
    for (int i = 0; i < SIDE * SIDE; i++) {
      double ink = brush.at(i);
      double grain = ink > 0 ? between(-0.08, 0.02) * ink : 0;
      into[from + i] = (byte) Math.round(255 * Math.max(0, Math.min(1, ink * strength + grain)));
    }
  }

  /** Draws size, slant, rotation and position: a matrix for the square of 100, and its centre. */
  private void place() {
    double turn = 0.16 * bell();
    double slant = 0.12 + 0.22 * bell(); // most people lean to the right
    double wide = between(0.68, 1.05) * BOX / 100;
    double high = between(0.85, 1.08) * BOX / 100;
    double cos = StrictMath.cos(turn); // Strict: the same bits on every machine
    double sin = StrictMath.sin(turn);
    xx = cos * wide;
    xy = -(cos * slant + sin) * high;
    yx = sin * wide;
    yy = (cos - sin * slant) * high;
    atX = (SIDE - 1) / 2.0 + 1.3 * bell();
    atY = (SIDE - 1) / 2.0 + 1.3 * bell();
  }

  private void bend() {
    double much = between(2, 7);
    for (int i = 0; i < bendX.length; i++) {
      bendX[i] = much * bell();
      bendY[i] = much * bell();
    }
  }

  /** Draws a Catmull–Rom spline through the points, each slightly displaced. */
  private void stroke(List<Point> points, double pen) {
    int n = points.size();
    double[] x = new double[n];
    double[] y = new double[n];
    boolean closed = points.get(0).equals(points.get(n - 1));
    for (int i = 0; i < n; i++) {
      x[i] = points.get(i).x() + 2 * bell();
      y[i] = points.get(i).y() + 2 * bell();
    }
    double press = between(-0.25, 0.25);
    double lastX = 0;
    double lastY = 0;
    double lastR = 0;
    for (int i = 0; i < n - 1; i++) {
      int before = i > 0 ? i - 1 : closed ? n - 2 : 0;
      int after = i + 2 < n ? i + 2 : closed ? 1 : n - 1;
      for (int piece = i == 0 ? 0 : 1; piece <= PIECES; piece++) {
        double t = (double) piece / PIECES;
        double px = curve(x[before], x[i], x[i + 1], x[after], t);
        double py = curve(y[before], y[i], y[i + 1], y[after], t);
        double bentX = px + bent(bendX, px, py) - 50;
        double bentY = py + bent(bendY, px, py) - 50;
        double imageX = atX + xx * bentX + xy * bentY;
        double imageY = atY + yx * bentX + yy * bentY;
        double r = pen * (1 + press * ((i + t) / (n - 1) - 0.5) * 2);
        if (i + piece > 0) {
          brush.line(lastX, lastY, imageX, imageY, lastR, r);
        }
        lastX = imageX;
        lastY = imageY;
        lastR = r;
      }
    }
  }

  private static double curve(double a, double b, double c, double d, double t) {
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  /**
   * The value of the displacement field at a point of the square, interpolated smoothly between its
   * knots.
   */
  private static double bent(double[] knots, double x, double y) {
    double gx = Math.max(0, Math.min(KNOTS - 1.001, x / 100 * (KNOTS - 1)));
    double gy = Math.max(0, Math.min(KNOTS - 1.001, y / 100 * (KNOTS - 1)));
    int column = (int) gx;
    int row = (int) gy;
    double u = smooth(gx - column);
    double v = smooth(gy - row);
    int at = row * KNOTS + column;
    double top = knots[at] + u * (knots[at + 1] - knots[at]);
    double bottom = knots[at + KNOTS] + u * (knots[at + KNOTS + 1] - knots[at + KNOTS]);
    return top + v * (bottom - top);
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  /** A number with an approximately normal distribution: variance 1, at most 3 from 0. */
  private double bell() {
    return 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
  }
}
