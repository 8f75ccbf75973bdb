package org.lossbook.layer.preprocessing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that changes brightness, contrast, saturation and hue of each image at random during
 * training, one after the other, as {@link RandomColor} does each; those alone that have a factor.
 * During prediction it does nothing. Images are [height, width, channels], of three channels where
 * saturation or hue is concerned.
 *
 * <pre>{@code
 * randomColorJitter().brightnessFactor(0.2).contrastFactor(0.3)
 * }</pre>
 *
 * @question Does the network still see it when all colors shift?
 * @use For photographs from different cameras.
 * @avoid When color is the answer.
 */
public final class RandomColorJitter extends RandomImages<RandomColorJitter> {
  private static final Map<String, DoubleFunction<RandomColor>> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("brightness_factor", RandomColor::randomBrightness);
    PARTS.put("contrast_factor", RandomColor::randomContrast);
    PARTS.put("saturation_factor", RandomColor::randomSaturation);
    PARTS.put("hue_factor", RandomColor::randomHue);
  }

  private Map<String, Factor> factors = Map.of();

  private RandomColorJitter() {
    super("RandomColorJitter");
  }

  /** Of nothing yet. */
  public static RandomColorJitter randomColorJitter() {
    return new RandomColorJitter();
  }

  /** The same with random brightness. */
  public RandomColorJitter brightnessFactor(double factor) {
    return with("brightness_factor", factor(-1, factor));
  }

  /** The same with random contrast. */
  public RandomColorJitter contrastFactor(double factor) {
    return with("contrast_factor", factor(0, factor));
  }

  /** The same with random saturation. */
  public RandomColorJitter saturationFactor(double factor) {
    return with("saturation_factor", factor(-1, factor));
  }

  /** The same with random hues. */
  public RandomColorJitter hueFactor(double factor) {
    return with("hue_factor", factor(0, factor));
  }

  private Factor factor(double least, double factor) {
    return Factor.of(who(), "a factor", factor, least, 1);
  }

  private RandomColorJitter with(String name, Factor factor) {
    Map<String, Factor> all = new LinkedHashMap<>(factors);
    all.put(name, factor);
    return with(copy -> copy.factors = all);
  }

  private List<RandomColor> parts() {
    List<RandomColor> parts = new ArrayList<>();
    PARTS.forEach(
        (name, made) -> {
          Factor factor = factors.get(name);
          if (factor != null) {
            parts.add(made.apply(0).factor(factor.low(), factor.high()).valueRange(low(), high()));
          }
        });
    return parts;
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    parts().forEach(part -> part.outputShape(inputShape));
    return super.outputOf(inputShape);
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    RandomColor[] parts = parts().toArray(RandomColor[]::new);
    Blur none = new Blur(0, 0, 0, 0, 0);
    return (image, into, random) -> {
      System.arraycopy(image, 0, into, 0, image.length);
      for (RandomColor part : parts) {
        part.apply(into, image, channels, none, random);
      }
    };
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.layers", "RandomColorJitter").with("value_range", range());
    for (String name : PARTS.keySet()) {
      Factor factor = factors.get(name);
      config = config.with(name, factor == null ? Optional.empty() : factor.given());
    }
    return Optional.of(config);
  }

  static RandomColorJitter from(Settings settings) {
    RandomColorJitter made = randomColorJitter().read(settings);
    for (String name : PARTS.keySet()) {
      double least = name.startsWith("b") || name.startsWith("s") ? -1 : 0;
      Optional<Factor> factor = Factor.read(settings, made.who(), name, least, 1);
      made = factor.isPresent() ? made.with(name, factor.get()) : made;
    }
    return made;
  }
}
