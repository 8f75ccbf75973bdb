package org.lossbook.layer.preprocessing;

import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that blurs an image during training, with a probability that is drawn from 0 to the
 * factor, 1 by default; during prediction it does nothing. The window is {@link #kernelSize}, 3 × 3
 * by default, with weights of a normal distribution whose standard deviation is drawn from 0 to
 * {@link #sigma}, 1 by default, along each axis; zeros are outside, as in Keras. Images are
 * [height, width, channels].
 *
 * <pre>{@code
 * randomGaussianBlur(0.5).kernelSize(5).sigma(0.8)
 * }</pre>
 *
 * @question Does the network still see it out of focus?
 * @use For cameras whose focus varies.
 * @avoid When fine texture is the answer.
 */
public final class RandomGaussianBlur extends RandomImages<RandomGaussianBlur> {
  private static final double NEARLY_NOTHING = 1e-6; // Keras's, beside a divisor

  private Factor factor;
  private Factor sigma = new Factor(0, 1);
  private int[] kernelSize = {3, 3};

  private RandomGaussianBlur(double factor) {
    super("RandomGaussianBlur");
    this.factor = Factor.of(who(), "a factor", factor, 0, 1);
  }

  /** With a probability up to that. */
  public static RandomGaussianBlur randomGaussianBlur(double factor) {
    return new RandomGaussianBlur(factor);
  }

  /** The same with a probability drawn from another range. */
  public RandomGaussianBlur factor(double low, double high) {
    Factor range = Factor.of(who(), "factors", low, high, 0, 1);
    return with(copy -> copy.factor = range);
  }

  /** The same with another largest standard deviation, from 0 to 1. */
  public RandomGaussianBlur sigma(double most) {
    Factor range = Factor.of(who(), "a sigma", most, 0, 1);
    return with(copy -> copy.sigma = range);
  }

  /** The same with standard deviations drawn from another range. */
  public RandomGaussianBlur sigma(double low, double high) {
    Factor range = Factor.of(who(), "sigmas", low, high, 0, 1);
    return with(copy -> copy.sigma = range);
  }

  /**
   * The same with another window.
   *
   * @throws IllegalArgumentException where it is not odd
   */
  public RandomGaussianBlur kernelSize(int size) {
    return kernelSize(size, size);
  }

  private RandomGaussianBlur kernelSize(int height, int width) {
    if (height < 1 || width < 1 || height % 2 == 0 || width % 2 == 0) {
      throw Messages.wrong(
          "randomGaussianBlur expects an odd kernelSize but receives %d × %d: 3 is the usual one.",
          height, width);
    }
    return with(copy -> copy.kernelSize = new int[] {height, width});
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    Blur blur = new Blur(height, width, channels, kernelSize[0], kernelSize[1]);
    return (image, into, random) -> {
      boolean blurs = factor.happens(random);
      double across = sigma.draw(random) + NEARLY_NOTHING;
      double down = sigma.draw(random) + NEARLY_NOTHING;
      if (blurs) {
        blur.gaussianKernel(down, across);
        blur.apply(image, into);
      } else {
        System.arraycopy(image, 0, into, 0, image.length);
      }
      Colors.clip(into, low(), high());
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "RandomGaussianBlur")
            .with("factor", factor.saved())
            .with("kernel_size", kernelSize)
            .with("sigma", sigma.saved())
            .with("value_range", List.copyOf(range())));
  }

  static RandomGaussianBlur from(Settings settings) {
    RandomGaussianBlur made = randomGaussianBlur(1).read(settings);
    Optional<Factor> factor = Factor.read(settings, made.who(), "factor", 0, 1);
    Optional<Factor> sigma = Factor.read(settings, made.who(), "sigma", 0, 1);
    int[] size =
        settings.has("kernel_size") ? settings.integers("kernel_size", 2) : new int[] {3, 3};
    return made.kernelSize(size[0], size[1])
        .with(
            copy -> {
              copy.factor = factor.orElse(copy.factor);
              copy.sigma = sigma.orElse(copy.sigma);
            });
  }
}
