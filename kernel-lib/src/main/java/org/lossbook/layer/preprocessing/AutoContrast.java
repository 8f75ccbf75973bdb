package org.lossbook.layer.preprocessing;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that stretches each channel of an image from its darkest to its brightest pixel over the
 * whole value range, during training and prediction alike; a channel of one value stays as it is.
 * Images are [height, width, channels].
 *
 * <pre>{@code
 * autoContrast().valueRange(0, 1)
 * }</pre>
 *
 * @question What if every image used its full range of brightness?
 * @use For images under very different light.
 * @avoid When brightness itself is the answer.
 */
public final class AutoContrast extends RandomImages<AutoContrast> {
  private AutoContrast() {
    super("AutoContrast");
  }

  /** For pixels from 0 to 255. */
  public static AutoContrast autoContrast() {
    return new AutoContrast();
  }

  @Override
  boolean worksInInference() {
    return true;
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    return (image, into, random) -> {
      System.arraycopy(image, 0, into, 0, image.length);
      Colors.stretch(into, channels, low(), high());
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "AutoContrast").with("value_range", range()));
  }

  static AutoContrast from(Settings settings) {
    return autoContrast().read(settings);
  }
}
