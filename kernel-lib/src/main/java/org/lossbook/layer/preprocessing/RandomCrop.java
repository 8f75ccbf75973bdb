package org.lossbook.layer.preprocessing;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;
import org.lossbook.layer.LayerChecks;

/**
 * A layer that cuts a window of [height, width] out of each image, anywhere during training. During
 * prediction, and of images that are smaller, it takes the largest window of that shape from the
 * middle and resizes it bilinearly. Images are [h, w, channels]; the result is [height, width,
 * channels].
 *
 * <p>Keras says so of prediction, too, but returns the image as it is (3.15); where the two sizes
 * are the same, so are the results.
 *
 * <pre>{@code
 * randomCrop(24, 24)
 * }</pre>
 *
 * @question Does the network still see it in a part of the image?
 * @use For photographs in which a part will do.
 * @avoid When what matters may be cut off.
 */
public final class RandomCrop extends RandomImages<RandomCrop> {
  private final int height;
  private final int width;

  private RandomCrop(int height, int width) {
    super("RandomCrop");
    if (height < 1 || width < 1) {
      throw Messages.wrong(
          "randomCrop expects a height and a width of 1 or more but receives %d × %d: 24 × 24 is one.",
          height, width);
    }
    this.height = height;
    this.width = width;
  }

  /** Of that size. */
  public static RandomCrop randomCrop(int height, int width) {
    return new RandomCrop(height, width);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    LayerChecks.requireImage(who(), inputShape);
    return new int[] {height, width, inputShape[inputShape.length - 1]};
  }

  @Override
  boolean worksInInference() {
    return true;
  }

  @Override
  ImageChange change(boolean training, int from, int fromWidth, int channels) {
    boolean isAnywhere = training && from > height && fromWidth > width;
    if (isAnywhere) {
      return (image, into, random) -> {
        int top = (int) (random.nextDouble() * (from - height + 1));
        int left = (int) (random.nextDouble() * (fromWidth - width + 1));
        for (int y = 0; y < height; y++) {
          int start = ((top + y) * fromWidth + left) * channels;
          System.arraycopy(image, start, into, y * width * channels, width * channels);
        }
      };
    }
    int rows = Math.max(1, Math.min(from, (int) ((double) fromWidth * height / width)));
    int columns = Math.max(1, Math.min(fromWidth, (int) ((double) from * width / height)));
    int top = (from - rows) / 2;
    int left = (fromWidth - columns) / 2;
    // In training Keras takes no more than the size that is asked for, from the same corner.
    int window = training ? Math.min(height, from - top) : rows;
    int windowWidth = training ? Math.min(width, fromWidth - left) : columns;
    return resized(top, left, window, windowWidth, fromWidth, channels);
  }

  private ImageChange resized(
      int top, int left, int rows, int columns, int fromWidth, int channels) {
    return (image, into, random) -> {
      for (int y = 0; y < height; y++) {
        double fromY = place(y, rows, height);
        for (int x = 0; x < width; x++) {
          double fromX = place(x, columns, width);
          for (int c = 0; c < channels; c++) {
            into[(y * width + x) * channels + c] =
                between(image, top, left, fromY, fromX, rows, columns, fromWidth, channels, c);
          }
        }
      }
    };
  }

  /** The middle of a pixel of the result, among those of the window. */
  private static double place(int i, int window, int size) {
    return Math.max(0, Math.min(window - 1, (i + 0.5) * window / size - 0.5));
  }

  private static float between(
      float[] image,
      int top,
      int left,
      double y,
      double x,
      int rows,
      int columns,
      int width,
      int channels,
      int c) {
    int y0 = (int) y;
    int x0 = (int) x;
    int y1 = Math.min(rows - 1, y0 + 1);
    int x1 = Math.min(columns - 1, x0 + 1);
    double v = y - y0;
    double u = x - x0;
    double above =
        (1 - u) * image[((top + y0) * width + left + x0) * channels + c]
            + u * image[((top + y0) * width + left + x1) * channels + c];
    double below =
        (1 - u) * image[((top + y1) * width + left + x0) * channels + c]
            + u * image[((top + y1) * width + left + x1) * channels + c];
    return (float) ((1 - v) * above + v * below);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "RandomCrop").with("height", height).with("width", width));
  }

  static RandomCrop from(Settings settings) {
    return randomCrop(settings.integer("height"), settings.integer("width")).read(settings);
  }
}
