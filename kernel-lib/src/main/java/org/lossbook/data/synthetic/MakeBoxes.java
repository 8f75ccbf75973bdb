package org.lossbook.data.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Dataset;
import org.lossbook.data.LazyDataset;
import org.lossbook.data.Values;
import org.lossbook.data.boxes.Box;
import org.lossbook.data.mnist.DrawnDigits;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;

/**
 * Images of a digit somewhere on a dark canvas, and where it is: samples are {@code [48, 48, 1]},
 * targets the box around the digit's ink, (x₁, y₁, x₂, y₂) in shares of the canvas. The digit is
 * enlarged or reduced by a factor from 0.6 to 1.4. It is drawn, or one of {@link #digits} of yours,
 * such as MNIST's.
 *
 * <p>The same seed makes the same images on every machine; the default is 0.
 *
 * <pre>{@code
 * makeBoxes(100, 1).sampleShape()          // [48, 48, 1]
 * makeBoxes(100, 1).box(0).inPixels(48, 48)
 * boxes(makeBoxes(100, 1), 8)
 * }</pre>
 */
public final class MakeBoxes extends LazyDataset {
  private static final int LARGEST_SIDE = 1024;
  private static final double SMALLEST = 0.6;
  private static final double LARGEST = 1.4;
  private static final float INK = 0.2f;

  private final int images;
  private final int side;
  private final long seed;
  private final Optional<Dataset> digits; // drawn ones without

  private MakeBoxes(int images, int side, long seed, Optional<Dataset> digits) {
    this.images = images;
    this.side = side;
    this.seed = seed;
    this.digits = digits;
  }

  /** So many images of drawn digits. */
  public static MakeBoxes of(int images) {
    return new MakeBoxes(
        SyntheticDataset.count("makeBoxes", "images", 1, images), 48, 0, Optional.empty());
  }

  /** The width and height of an image, 40 or more; 48 by default. */
  public MakeBoxes side(int pixels) {
    if (pixels < 40 || pixels > LARGEST_SIDE) {
      throw Messages.wrong(
          "side expects 40 to %,d pixels, room for the largest digit, but receives %d: 48 is usual.",
          LARGEST_SIDE, pixels);
    }
    return new MakeBoxes(images, pixels, seed, digits);
  }

  /** Sets the seed; 0 by default. */
  public MakeBoxes seed(long value) {
    return new MakeBoxes(images, side, value, digits);
  }

  /**
   * Takes the digits of this dataset in turn, such as {@code mnist().train()}.
   *
   * @param others images {@code [28, 28, 1]}, light on black
   */
  public MakeBoxes digits(Dataset others) {
    Require.given(others, "digits", "a dataset", "syntheticDigits(100, 1) is one");
    if (!Arrays.equals(others.sampleShape(), new int[] {28, 28, 1})) {
      throw Messages.wrong(
          "digits expects images [28, 28, 1] but receives %s: mnist().train() has such.",
          Arrays.toString(others.sampleShape()));
    }
    return new MakeBoxes(images, side, seed, Optional.of(others));
  }

  /** The true box of an image, in shares of the canvas. */
  public Box box(int index) {
    if (index < 0 || index >= images) {
      throw Messages.wrong(
          "box expects an image from 0 to %d but receives %d: they are counted from 0.",
          images - 1, index);
    }
    float[] corners = new float[4];
    gatherY(new int[] {index}, 0, 1, corners);
    return Box.of(corners[0], corners[1], corners[2], corners[3]);
  }

  @Override
  public int size() {
    return images;
  }

  @Override
  public int[] sampleShape() {
    return new int[] {side, side, 1};
  }

  @Override
  public int[] targetShape() {
    return new int[] {4};
  }

  @Override
  public List<String> classNames() {
    return List.of();
  }

  @Override
  protected Dataset load() {
    float[] x =
        new float
            [Memory.length(
                Messages.of("makeBoxes(%d)", images),
                Float.BYTES,
                "ask for fewer images",
                images,
                side,
                side)];
    float[] y = new float[4 * images];
    var draws = new PortableRandom(seed);
    long drawn = draws.split().order(1 << 20)[0];
    Dataset source = digits.orElseGet(() -> DrawnDigits.syntheticDigits(images, drawn));
    float[] digit = new float[28 * 28];
    for (int i = 0; i < images; i++) {
      SyntheticDataset.checkInterrupt("makeBoxes", i, images);
      source.gatherX(new int[] {i % source.size()}, 0, 1, digit);
      place(draws.split(), digit, x, i * side * side, y, 4 * i);
    }
    return Dataset.of(Values.of(x, images, side, side, 1), Values.of(y, images, 4));
  }

  /** Draws the digit somewhere, and writes the box around its ink. */
  private void place(PortableRandom draws, float[] digit, float[] x, int from, float[] y, int box) {
    int size = (int) Math.round(28 * draws.between(SMALLEST, LARGEST));
    int left = (int) draws.between(0, side - size + 1.0);
    int top = (int) draws.between(0, side - size + 1.0);
    int x1 = side;
    int y1 = side;
    int x2 = 0;
    int y2 = 0;
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        float ink = at(digit, (r + 0.5) * 28 / size - 0.5, (c + 0.5) * 28 / size - 0.5);
        x[from + (top + r) * side + left + c] = ink;
        if (ink >= INK) {
          x1 = Math.min(x1, left + c);
          y1 = Math.min(y1, top + r);
          x2 = Math.max(x2, left + c + 1);
          y2 = Math.max(y2, top + r + 1);
        }
      }
    }
    boolean isBlank = x2 == 0;
    y[box] = isBlank ? (float) left / side : (float) x1 / side;
    y[box + 1] = isBlank ? (float) top / side : (float) y1 / side;
    y[box + 2] = isBlank ? (float) (left + size) / side : (float) x2 / side;
    y[box + 3] = isBlank ? (float) (top + size) / side : (float) y2 / side;
  }

  /** The shade between four pixels. */
  private static float at(float[] digit, double row, double column) {
    int r = (int) Math.floor(row);
    int c = (int) Math.floor(column);
    double down = row - r;
    double right = column - c;
    return (float)
        ((1 - down) * ((1 - right) * pixel(digit, r, c) + right * pixel(digit, r, c + 1))
            + down * ((1 - right) * pixel(digit, r + 1, c) + right * pixel(digit, r + 1, c + 1)));
  }

  private static float pixel(float[] digit, int row, int column) {
    return row < 0 || row > 27 || column < 0 || column > 27 ? 0 : digit[28 * row + column];
  }

  /** What it holds: {@code 100 images 48×48, targets [4]}. */
  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
