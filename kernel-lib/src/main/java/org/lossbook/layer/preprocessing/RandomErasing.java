package org.lossbook.layer.preprocessing;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that covers a rectangle of an image during training, with a probability that is drawn
 * from 0 to the factor, 1 by default; during prediction it does nothing. The sides are the roots of
 * numbers drawn from the {@link #scale}, as shares of the image's, and the cover is noise, unless
 * {@link #fillValue} says a number. Images are [height, width, channels]. Zhong et al. 2017,
 * <i>Random erasing data augmentation</i>.
 *
 * <pre>{@code
 * randomErasing(0.5).scale(0.1, 0.2).fillValue(0)
 * }</pre>
 *
 * @question Does the network still see it when a part is hidden?
 * @use For things that may be covered.
 * @avoid For small things, which disappear altogether.
 */
public final class RandomErasing extends RandomImages<RandomErasing> {
  private Factor factor;
  private Factor scale = new Factor(0.02, 0.33);
  private OptionalDouble fillValue = OptionalDouble.empty();

  private RandomErasing(double factor) {
    super("RandomErasing");
    this.factor = Factor.of(who(), "a factor", factor, 0, 1);
  }

  /** With a probability up to that. */
  public static RandomErasing randomErasing(double factor) {
    return new RandomErasing(factor);
  }

  /** The same with a probability drawn from another range. */
  public RandomErasing factor(double low, double high) {
    Factor range = Factor.of(who(), "factors", low, high, 0, 1);
    return with(copy -> copy.factor = range);
  }

  /** The same with rectangles of other sizes, as shares of the image; 0.02 to 0.33 by default. */
  public RandomErasing scale(double low, double high) {
    Factor range = Factor.of(who(), "scales", low, high, 0, 1);
    return with(copy -> copy.scale = range);
  }

  /** The same with one number all over the rectangle. */
  public RandomErasing fillValue(double value) {
    return with(copy -> copy.fillValue = OptionalDouble.of(value));
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    return (image, into, random) -> {
      System.arraycopy(image, 0, into, 0, image.length);
      double sideX = Math.sqrt(scale.draw(random)) * width;
      double sideY = Math.sqrt(scale.draw(random)) * height;
      double left = random.nextDouble() * (width - sideX);
      double top = random.nextDouble() * (height - sideY);
      if (!factor.happens(random)) {
        return;
      }
      for (int y = (int) Math.ceil(top); y < Math.min(height, top + sideY); y++) {
        for (int x = (int) Math.ceil(left); x < Math.min(width, left + sideX); x++) {
          for (int c = 0; c < channels; c++) {
            into[(y * width + x) * channels + c] = (float) cover(random);
          }
        }
      }
    };
  }

  private double cover(RandomGenerator random) {
    return fillValue.isPresent() ? fillValue.getAsDouble() : random.nextGaussian() * high();
  }

  @Override
  public Optional<Config> config() {
    Object fill = fillValue.isPresent() ? (Object) fillValue.getAsDouble() : Optional.empty();
    return Optional.of(
        Config.of("keras.layers", "RandomErasing")
            .with("factor", factor.saved())
            .with("scale", scale.saved())
            .with("fill_value", fill)
            .with("value_range", List.copyOf(range())));
  }

  static RandomErasing from(Settings settings) {
    RandomErasing made = randomErasing(1).read(settings);
    Optional<Factor> factor = Factor.read(settings, made.who(), "factor", 0, 1);
    Optional<Factor> scale = Factor.read(settings, made.who(), "scale", 0, 1);
    RandomErasing read =
        made.with(
            copy -> {
              copy.factor = factor.orElse(copy.factor);
              copy.scale = scale.orElse(copy.scale);
            });
    return settings.has("fill_value") ? read.fillValue(settings.number("fill_value")) : read;
  }
}
