package org.lossbook.layer.preprocessing;

import java.util.Arrays;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that spreads the values of each channel of an image evenly during training, by their
 * histogram of {@link #bins}, 256 by default; during prediction it does nothing, as in Keras.
 * Images are [height, width, channels]. Each image has a histogram of its own, where Keras takes
 * one of the whole batch.
 *
 * <pre>{@code
 * equalization().valueRange(0, 1)
 * }</pre>
 *
 * @question What if all brightnesses were equally common?
 * @use For images with poor contrast.
 * @avoid When brightness itself is the answer.
 */
public final class Equalization extends RandomImages<Equalization> {
  private static final double WHITE = 255;

  private int bins = 256;

  private Equalization() {
    super("Equalization");
  }

  /** Keras's defaults. */
  public static Equalization equalization() {
    return new Equalization();
  }

  /**
   * The same with so many bins.
   *
   * @throws IllegalArgumentException for less than 2, or more than 65,536
   */
  public Equalization bins(int count) {
    if (count < 2 || count > 1 << 16) {
      throw Messages.wrong(
          "equalization expects bins from 2 to 65536 but receives %d: 256 is the usual number.",
          count);
    }
    return with(copy -> copy.bins = count);
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    long[] counts = new long[bins];
    double[] levels = new double[bins];
    return (image, into, random) -> {
      for (int c = 0; c < channels; c++) {
        equalize(image, into, c, channels, counts, levels);
      }
    };
  }

  private void equalize(
      float[] image, float[] into, int c, int channels, long[] counts, double[] levels) {
    Arrays.fill(counts, 0);
    for (int i = c; i < image.length; i += channels) {
      counts[bin(image[i])]++;
    }
    long all = 0;
    long first = 0;
    int used = 0;
    for (int k = 0; k < bins; k++) {
      used += counts[k] > 0 ? 1 : 0;
      all += counts[k];
      first = first == 0 ? all : first;
      levels[k] = all;
    }
    long divisor = Math.max(1, all - first);
    for (int k = 0; k < bins; k++) {
      double level = Math.rint((levels[k] - first) * WHITE / divisor);
      levels[k] = Math.max(0, Math.min(WHITE, level)) / WHITE * (high() - low()) + low();
    }
    for (int i = c; i < image.length; i += channels) {
      into[i] = used <= 1 ? image[i] : (float) levels[bin(image[i])];
    }
  }

  private int bin(float value) {
    double share = (value - low()) / (high() - low());
    return (int) Math.max(0, Math.min(bins - 1, share * (bins - 1)));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Equalization").with("bins", bins).with("value_range", range()));
  }

  static Equalization from(Settings settings) {
    return equalization().read(settings).bins(settings.integer("bins", 256));
  }
}
