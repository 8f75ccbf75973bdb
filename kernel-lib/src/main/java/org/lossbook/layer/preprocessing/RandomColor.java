package org.lossbook.layer.preprocessing;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that changes the colors of each image at random during training, so that a network learns
 * to see things in any light; during prediction it does nothing. Names, defaults and meaning are
 * Keras's. A number x is drawn from the {@link #factor} for each image, which a single number f
 * makes a range:
 *
 * <ul>
 *   <li>{@code randomBrightness(f)}: adds x times the value range; x from −f to f.
 *   <li>{@code randomContrast(f)}: multiplies the distance to each channel's mean by x, from 1 to 1
 *       + f; of two numbers, from 1 minus the first to 1 plus the second.
 *   <li>{@code randomSaturation(f)}: multiplies the saturation by x / (1 − x), which is 1 for ½; x
 *       from −f to f.
 *   <li>{@code randomHue(f)}: turns the hue by x / 2 of the circle to either side; x from 0 to f.
 *   <li>{@code randomSharpness(f)}: blurs by 1 − 2x; x from 0 to f, 1 sharpens.
 *   <li>{@code randomColorDegeneration(f)}: moves by x towards grey; x from −f to f.
 *   <li>{@code randomGrayscale(f)}: grey with probability f, ½ by default.
 *   <li>{@code randomInvert(f)}: inverts with a probability x from 0 to f, 1 by default.
 *   <li>{@code randomPosterization(f)}: keeps x of 8 bits, a whole number from 1 to below f.
 * </ul>
 *
 * <p>Images are [height, width, channels], of three channels where hue, saturation or grey are
 * concerned, and their pixels lie in the {@link #valueRange}, from 0 to 255 by default, to which
 * the result is clipped.
 *
 * <pre>{@code
 * randomContrast(0.2).valueRange(0, 1)
 * randomBrightness(0.1).factor(0, 0.3)   // brighter only
 * }</pre>
 *
 * @question Does the network still see it in another light?
 * @use For photographs under varying light.
 * @avoid When color is the answer.
 */
public final class RandomColor extends RandomImages<RandomColor> {
  private enum Kind {
    BRIGHTNESS("RandomBrightness", -1, 1),
    CONTRAST("RandomContrast", 0, 1),
    SATURATION("RandomSaturation", -1, 1),
    HUE("RandomHue", 0, 1),
    SHARPNESS("RandomSharpness", 0, 1),
    DEGENERATION("RandomColorDegeneration", -1, 1),
    GRAYSCALE("RandomGrayscale", 0, 1),
    INVERT("RandomInvert", 0, 1),
    POSTERIZATION("RandomPosterization", 1, 8);

    private final String className;
    private final double least;
    private final double most;

    Kind(String className, double least, double most) {
      this.className = className;
      this.least = least;
      this.most = most;
    }

    private boolean isOfColors() {
      return this == SATURATION || this == HUE || this == DEGENERATION || this == GRAYSCALE;
    }

    private boolean hasRange() {
      return this != GRAYSCALE;
    }
  }

  private static final double NEARLY_NOTHING = 1e-7; // Keras's, beside a divisor
  private static final int BITS = 8;
  private static final double WHITE = 255;

  private final Kind kind;
  private Factor factor;

  private RandomColor(Kind kind, double factor) {
    super(kind.className);
    this.kind = kind;
    this.factor = Factor.of(who(), "a factor", factor, kind.least, kind.most);
  }

  /** Brighter or darker. */
  public static RandomColor randomBrightness(double factor) {
    return new RandomColor(Kind.BRIGHTNESS, factor);
  }

  /** More contrast, or less. */
  public static RandomColor randomContrast(double factor) {
    return new RandomColor(Kind.CONTRAST, factor);
  }

  /** More saturated, or less. */
  public static RandomColor randomSaturation(double factor) {
    return new RandomColor(Kind.SATURATION, factor);
  }

  /** Of other hues. */
  public static RandomColor randomHue(double factor) {
    return new RandomColor(Kind.HUE, factor);
  }

  /** Sharper or more blurred. */
  public static RandomColor randomSharpness(double factor) {
    return new RandomColor(Kind.SHARPNESS, factor);
  }

  /** Greyer, or more colorful. */
  public static RandomColor randomColorDegeneration(double factor) {
    return new RandomColor(Kind.DEGENERATION, factor);
  }

  /** Grey with that probability. */
  public static RandomColor randomGrayscale(double factor) {
    return new RandomColor(Kind.GRAYSCALE, factor);
  }

  /** Inverted with a probability up to that. */
  public static RandomColor randomInvert(double factor) {
    return new RandomColor(Kind.INVERT, factor);
  }

  /** Of fewer bits. */
  public static RandomColor randomPosterization(double factor) {
    return new RandomColor(Kind.POSTERIZATION, factor);
  }

  /**
   * The same with numbers drawn from {@code low} to {@code high}.
   *
   * @throws IllegalArgumentException where one is out of the kind's bounds
   */
  public RandomColor factor(double low, double high) {
    Factor range = Factor.meeting(who(), "factors", low, high, kind.least, kind.most);
    return with(copy -> copy.factor = range);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] shape = super.outputOf(inputShape);
    if (kind.isOfColors()) {
      requireColor(inputShape);
    }
    return shape;
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    Blur blur = new Blur(height, width, channels, 3, 3);
    return (image, into, random) -> {
      System.arraycopy(image, 0, into, 0, image.length);
      apply(into, image, channels, blur, random);
    };
  }

  /** Changes an image in place, of which {@code original} is a copy. */
  void apply(float[] image, float[] original, int channels, Blur blur, RandomGenerator random) {
    double low = low();
    double high = high();
    switch (kind) {
      case BRIGHTNESS -> Colors.scale(image, 1, factor.draw(random) * (high - low));
      case CONTRAST -> {
        double lowest = 1 - factor.low();
        double share = lowest + (factor.high() + factor.low()) * random.nextDouble();
        Colors.contrast(image, channels, share);
      }
      case SATURATION -> {
        double x = factor.draw(random);
        Colors.hsv(image, 0, x / (1 - x + NEARLY_NOTHING), low, high);
      }
      case HUE -> hue(image, random);
      case SHARPNESS -> {
        double share = 1 - 2 * factor.draw(random);
        blur.sharpnessKernel();
        blur.apply(original, image);
        for (int i = 0; i < image.length; i++) {
          image[i] = (float) (original[i] + share * (image[i] - original[i]));
        }
      }
      case DEGENERATION -> Colors.fade(image, factor.draw(random));
      case GRAYSCALE -> {
        if (random.nextDouble() < factor.high()) {
          Colors.fade(image, 1);
        }
      }
      case INVERT -> {
        if (factor.happens(random)) {
          Colors.scale(image, -1, high);
        }
      }
      case POSTERIZATION -> posterize(image, random);
      default -> throw new AssertionError(kind);
    }
    boolean isClipped =
        switch (kind) {
          case BRIGHTNESS, CONTRAST, SHARPNESS, DEGENERATION -> true;
          default -> false;
        };
    if (isClipped) {
      Colors.clip(image, low, high);
    }
  }

  private void hue(float[] image, RandomGenerator random) {
    double side = random.nextDouble() > 0.5 ? -0.5 : 0.5;
    double range = high() - low();
    Colors.scale(image, 1 / range, -low() / range);
    Colors.hsv(image, side * factor.draw(random), 1, 0, 1);
    Colors.clip(image, 0, 1);
    Colors.scale(image, range, low());
  }

  private void posterize(float[] image, RandomGenerator random) {
    int least = (int) factor.low();
    int most = (int) factor.high();
    int bits = least == most ? least : least + (int) (random.nextDouble() * (most - least));
    int lost = BITS - bits;
    double range = high() - low();
    for (int i = 0; i < image.length; i++) {
      int level = (int) ((image[i] - low()) / range * WHITE) & 0xff;
      image[i] = (float) ((level >> lost << lost) / WHITE * range + low());
    }
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.layers", kind.className);
    config =
        kind == Kind.GRAYSCALE
            ? config.with("factor", factor.high())
            : config.with("factor", factor.saved());
    return Optional.of(kind.hasRange() ? config.with("value_range", range()) : config);
  }

  static RandomColor from(Settings settings) {
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.className.equals(settings.className()))
            .findFirst()
            .orElseThrow();
    RandomColor made = new RandomColor(kind, kind.most).read(settings);
    Factor factor =
        Factor.read(settings, made.who(), "factor", kind.least, kind.most)
            .orElseGet(() -> new RandomColor(kind, kind == Kind.GRAYSCALE ? 0.5 : 1).factor);
    return made.with(copy -> copy.factor = factor);
  }
}
