package org.lossbook.layer.preprocessing;

import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that flips every second image on average during training: left to right, upside down, or
 * both at once, as it is by default and in Keras. During prediction it does nothing. Images are
 * [height, width, channels].
 *
 * <pre>{@code
 * randomFlip("horizontal")   // or "vertical"; randomFlip() is "horizontal_and_vertical"
 * }</pre>
 *
 * @question Does the network still see it in a mirror?
 * @use For photographs, whose mirror images are as likely.
 * @avoid For digits and letters, which a mirror changes.
 */
public final class RandomFlip extends RandomImages<RandomFlip> {
  private static final String BOTH = "horizontal_and_vertical";
  private static final List<String> MODES = List.of("horizontal", "vertical", BOTH);

  private final String mode;

  private RandomFlip(String mode) {
    super("RandomFlip");
    if (mode == null || !MODES.contains(mode)) {
      throw Messages.wrong(
          "randomFlip expects one of %s but receives %s: \"horizontal\" suits most photographs.",
          MODES, mode);
    }
    this.mode = mode;
  }

  /**
   * In that way.
   *
   * @param mode {@code horizontal}, {@code vertical} or {@code horizontal_and_vertical}
   */
  public static RandomFlip randomFlip(String mode) {
    return new RandomFlip(mode);
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    boolean isSideways = !mode.equals("vertical");
    boolean isUpsideDown = !mode.equals("horizontal");
    return (image, into, random) -> {
      boolean flips = random.nextDouble() <= 0.5;
      for (int y = 0; y < height; y++) {
        int row = flips && isUpsideDown ? height - 1 - y : y;
        for (int x = 0; x < width; x++) {
          int column = flips && isSideways ? width - 1 - x : x;
          System.arraycopy(
              image, (row * width + column) * channels, into, (y * width + x) * channels, channels);
        }
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "RandomFlip").with("mode", mode));
  }

  static RandomFlip from(Settings settings) {
    return randomFlip(settings.text("mode", BOTH)).read(settings);
  }
}
