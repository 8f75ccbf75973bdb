package org.lossbook.layer.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;
import org.lossbook.engine.Initializer;

/**
 * Initializers of parameters, by Keras's names and formulas.
 *
 * @hidden
 */
@Internal
public final class Initializers {
  private static final String MODULE = "keras.initializers";
  private static final String SEED = "seed";
  private static final double DEFAULT_SPREAD = 0.05;

  private static final Registry<WeightInitializer> INITIALIZERS =
      Registry.<WeightInitializer>of("initializer", MODULE)
          .common((settings, from) -> seeded(settings.ignore("dtype"), from.apply(settings)))
          .add("Zeros", settings -> zeros(), "zero")
          .add("Ones", settings -> ones(), "one")
          .add("Constant", settings -> constant(settings.number("value", 0)))
          .add("RandomNormal", Initializers::randomNormal, "normal")
          .add("RandomUniform", Initializers::randomUniform, "uniform")
          .add("TruncatedNormal", Initializers::truncatedNormal)
          .add("VarianceScaling", Initializers::varianceScaling)
          .add("GlorotNormal", settings -> glorotNormal())
          .add("GlorotUniform", settings -> glorotUniform())
          .add("HeNormal", settings -> heNormal())
          .add("HeUniform", settings -> heUniform())
          .add("LecunNormal", settings -> lecunNormal())
          .add("LecunUniform", settings -> lecunUniform())
          .add("Orthogonal", Initializers::orthogonal)
          .add("OrthogonalInitializer", Initializers::orthogonal)
          .add("Identity", Initializers::identity)
          .add("IdentityInitializer", Initializers::identity);

  private Initializers() {}

  /** The initializer that a file has under that name. */
  static Optional<WeightInitializer> from(Settings settings, String name) {
    return settings
        .value(name)
        .map(saved -> INITIALIZERS.knows(saved) ? INITIALIZERS.read(saved) : unknown(name, saved));
  }

  /**
   * One that Lossbook does not have: a file that holds it has the weights too, so that it is not
   * asked; if it is, it says so.
   */
  private static WeightInitializer unknown(String name, Object saved) {
    String shown = saved instanceof Config config ? config.className() : Shown.of(saved);
    return new WeightInitializer(
        shown,
        saved,
        (values, shape, random) -> {
          throw Messages.wrong(
              "%s expects one of Keras's initializers, %s, but the file says %s: set one of these, or load the weights.",
              name, INITIALIZERS.classes(), Shown.text(shown));
        });
  }

  private static WeightInitializer seeded(Settings settings, WeightInitializer read) {
    Object seed = settings.value(SEED).orElse("none");
    if (seed instanceof Config generator && generator.className().equals("SeedGenerator")) {
      seed = generator.get(SEED).orElse("none");
    }
    return seed instanceof Number number ? read.seed(number.intValue()) : read;
  }

  public static WeightInitializer zeros() {
    return fixed("zeros()", Config.of(MODULE, "Zeros"), 0);
  }

  public static WeightInitializer ones() {
    return fixed("ones()", Config.of(MODULE, "Ones"), 1);
  }

  public static WeightInitializer constant(double value) {
    requireFinite("constant", "a value", value);
    return fixed(
        "constant(" + value + ")",
        Config.of(MODULE, "Constant").with("value", value),
        (float) value);
  }

  private static WeightInitializer fixed(String written, Config config, float value) {
    return new WeightInitializer(
        written, config, (values, shape, random) -> Arrays.fill(values, value));
  }

  public static WeightInitializer randomNormal(double mean, double stddev) {
    requireSpread("randomNormal", mean, stddev);
    return random(
        Messages.of("randomNormal(%s, %s)", mean, stddev),
        Config.of(MODULE, "RandomNormal").with("mean", mean).with("stddev", stddev),
        Draws.normal(mean, stddev));
  }

  private static WeightInitializer randomNormal(Settings settings) {
    return randomNormal(settings.number("mean", 0), settings.number("stddev", DEFAULT_SPREAD));
  }

  public static WeightInitializer truncatedNormal(double mean, double stddev) {
    requireSpread("truncatedNormal", mean, stddev);
    return random(
        Messages.of("truncatedNormal(%s, %s)", mean, stddev),
        Config.of(MODULE, "TruncatedNormal").with("mean", mean).with("stddev", stddev),
        Draws.truncatedNormal(mean, stddev));
  }

  private static WeightInitializer truncatedNormal(Settings settings) {
    return truncatedNormal(settings.number("mean", 0), settings.number("stddev", DEFAULT_SPREAD));
  }

  public static WeightInitializer randomUniform(double from, double to) {
    requireFinite("randomUniform", "bounds", from);
    requireFinite("randomUniform", "bounds", to);
    if (from > to) {
      throw Messages.wrong(
          "randomUniform expects the lower bound first but receives %s and %s: write randomUniform(%s, %s).",
          from, to, to, from);
    }
    return random(
        Messages.of("randomUniform(%s, %s)", from, to),
        Config.of(MODULE, "RandomUniform").with("minval", from).with("maxval", to),
        Draws.uniform(from, to));
  }

  private static WeightInitializer randomUniform(Settings settings) {
    return randomUniform(
        settings.number("minval", -DEFAULT_SPREAD), settings.number("maxval", DEFAULT_SPREAD));
  }

  /**
   * Glorot uniform: U(−a, a) with a = √(6 / (fanIn + fanOut)), which keeps the variance of
   * activations and gradients about the same from layer to layer (Glorot and Bengio, 2010).
   */
  public static WeightInitializer glorotUniform() {
    return scaled("GlorotUniform", 1, Fans.Mode.FAN_AVG, Draws.Distribution.UNIFORM);
  }

  public static WeightInitializer glorotNormal() {
    return scaled("GlorotNormal", 1, Fans.Mode.FAN_AVG, Draws.Distribution.TRUNCATED_NORMAL);
  }

  public static WeightInitializer heUniform() {
    return scaled("HeUniform", 2, Fans.Mode.FAN_IN, Draws.Distribution.UNIFORM);
  }

  public static WeightInitializer heNormal() {
    return scaled("HeNormal", 2, Fans.Mode.FAN_IN, Draws.Distribution.TRUNCATED_NORMAL);
  }

  public static WeightInitializer lecunUniform() {
    return scaled("LecunUniform", 1, Fans.Mode.FAN_IN, Draws.Distribution.UNIFORM);
  }

  public static WeightInitializer lecunNormal() {
    return scaled("LecunNormal", 1, Fans.Mode.FAN_IN, Draws.Distribution.TRUNCATED_NORMAL);
  }

  private static WeightInitializer scaled(
      String className, double scale, Fans.Mode mode, Draws.Distribution distribution) {
    String call = className.substring(0, 1).toLowerCase(Locale.ROOT) + className.substring(1);
    return random(
        call + "()",
        Config.of(MODULE, className),
        scaled(scale, mode, distribution, Fans.Axes.OF_KERNELS));
  }

  private static Initializer scaled(
      double scale, Fans.Mode mode, Draws.Distribution distribution, Fans.Axes axes) {
    return (values, shape, random) ->
        distribution
            .ofVariance(scale, Math.max(1, mode.of(axes.fans(shape))))
            .fill(values, shape, random);
  }

  /**
   * Keras's general scheme: the variance is scale over a number of units.
   *
   * @param mode {@code fan_in}, {@code fan_out} or {@code fan_avg}
   * @param distribution {@code truncated_normal}, {@code untruncated_normal} or {@code uniform}
   */
  public static WeightInitializer varianceScaling(double scale, String mode, String distribution) {
    return varianceScaling(scale, mode, distribution, Fans.Axes.OF_KERNELS);
  }

  private static WeightInitializer varianceScaling(
      double scale, String mode, String distribution, Fans.Axes axes) {
    requireSpread("varianceScaling", 0, scale);
    if (scale == 0) {
      throw new IllegalArgumentException(
          "varianceScaling expects a scale above 0 but receives 0: zeros() sets all weights to 0.");
    }
    Fans.Mode modeOf = oneOf(Fans.Mode.class, "mode", mode);
    Draws.Distribution drawn =
        oneOf(
            Draws.Distribution.class,
            "distribution",
            "normal".equals(distribution) ? "truncated_normal" : distribution);
    Config config =
        Config.of(MODULE, "VarianceScaling")
            .with("scale", scale)
            .with("mode", mode)
            .with("distribution", drawn.name().toLowerCase(Locale.ROOT));
    return random(
        Messages.of("varianceScaling(%s, \"%s\", \"%s\")", scale, mode, distribution),
        axes.in(config),
        scaled(scale, modeOf, drawn, axes));
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, String setting, String name) {
    List<String> names =
        Arrays.stream(type.getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    if (name == null || !names.contains(name)) {
      throw Messages.wrong(
          "varianceScaling expects one of %s for %s but receives %s: use one of these.",
          names, setting, Shown.of(name));
    }
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private static WeightInitializer varianceScaling(Settings settings) {
    return varianceScaling(
        settings.number("scale", 1),
        settings.text("mode", "fan_in"),
        settings.text("distribution", "truncated_normal").toLowerCase(Locale.ROOT),
        Fans.Axes.from(settings));
  }

  public static WeightInitializer orthogonal(double gain) {
    requireFinite("orthogonal", "a gain", gain);
    return random(
        "orthogonal(" + gain + ")",
        Config.of(MODULE, "Orthogonal").with("gain", gain),
        (values, shape, random) -> {
          requireRank("orthogonal", shape.length >= 2, "2 axes or more", shape);
          OrthogonalMatrix.fill(values, shape[shape.length - 1], gain, random);
        });
  }

  private static WeightInitializer orthogonal(Settings settings) {
    return orthogonal(settings.number("gain", 1));
  }

  public static WeightInitializer identity(double gain) {
    requireFinite("identityMatrix", "a gain", gain);
    return new WeightInitializer(
        "identityMatrix(" + gain + ")",
        Config.of(MODULE, "Identity").with("gain", gain),
        (values, shape, random) -> {
          requireRank("identityMatrix", shape.length == 2, "2 axes", shape);
          Arrays.fill(values, 0);
          for (int i = 0; i < Math.min(shape[0], shape[1]); i++) {
            values[i * shape[1] + i] = (float) gain;
          }
        });
  }

  private static WeightInitializer identity(Settings settings) {
    return identity(settings.number("gain", 1));
  }

  private static WeightInitializer random(String written, Config config, Initializer draw) {
    return new WeightInitializer(written, config.without(SEED), draw);
  }

  private static void requireRank(String who, boolean fits, String wanted, int... shape) {
    if (!fits) {
      throw Messages.wrong(
          "%s expects a kernel of %s but receives %s: leave it to dense kernels.",
          who, wanted, Arrays.toString(shape));
    }
  }

  private static void requireFinite(String who, String expected, double number) {
    if (!Double.isFinite(number)) {
      throw Messages.wrong(
          "%s expects %s but receives %s: give a finite number.", who, expected, number);
    }
  }

  private static void requireSpread(String who, double mean, double stddev) {
    requireFinite(who, "a mean", mean);
    if (!(stddev >= 0 && Double.isFinite(stddev))) {
      throw Messages.wrong(
          "%s expects a spread of 0 or more but receives %s: %s is usual.",
          who, stddev, DEFAULT_SPREAD);
    }
  }
}
