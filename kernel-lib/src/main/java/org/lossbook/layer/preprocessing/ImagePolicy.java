package org.lossbook.layer.preprocessing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * Base class of layers that choose among other random image layers, all of one strength.
 *
 * @param <L> the layer itself
 */
public abstract class ImagePolicy<L extends ImagePolicy<L>> extends RandomImages<L> {
  private static final Set<String> INTERPOLATIONS = Set.of("nearest", "bilinear");
  private static final int BITS = 8;

  private Factor factor;
  private String interpolation = "bilinear";

  ImagePolicy(String className, double factor) {
    super(className);
    this.factor = Factor.of(who(), "a factor", factor, 0, 1);
  }

  /** The same with a strength from one number to another, each from 0 to 1. */
  public final L factor(double low, double high) {
    Factor range = Factor.of(who(), "factors", low, high, 0, 1);
    return with(
        copy -> {
          ImagePolicy<?> to = copy;
          to.factor = range;
        });
  }

  /**
   * The same with {@code "nearest"} pixels in place of {@code "bilinear"} ones where images are
   * sheared, moved or turned.
   */
  public final L interpolation(String name) {
    if (name == null || !INTERPOLATIONS.contains(name)) {
      throw Messages.wrong(
          "%s expects an interpolation of nearest or bilinear but receives %s: bilinear is the default.",
          who(), name == null ? "none" : name);
    }
    return with(
        copy -> {
          ImagePolicy<?> to = copy;
          to.interpolation = name;
        });
  }

  /** The changes that are chosen among, for images of that shape. */
  final List<ImageChange> changes(boolean alsoColors, int height, int width, int channels) {
    List<ImageChange> all = new ArrayList<>();
    for (RandomImages<?> each : layers(alsoColors)) {
      all.add(each.change(true, height, width, channels));
    }
    return all;
  }

  private List<RandomImages<?>> layers(boolean alsoColors) {
    List<Object> strength = factor.saved();
    double bits = Math.max(1, (int) (BITS * factor.high()));
    List<RandomImages<?>> all = new ArrayList<>();
    all.add(moved("RandomShear", "x_factor", "y_factor"));
    all.add(moved("RandomTranslation", "height_factor", "width_factor"));
    all.add(moved("RandomRotation", "factor", "factor"));
    for (String name :
        List.of(
            "RandomBrightness", "RandomColorDegeneration", "RandomContrast", "RandomSharpness")) {
      if (alsoColors) {
        all.add(RandomColor.from(new Settings(ranged(name).with("factor", strength))));
      }
    }
    all.add(RandomColor.from(new Settings(ranged("RandomPosterization").with("factor", bits))));
    all.add(
        Solarization.from(
            new Settings(
                ranged("Solarization")
                    .with("addition_factor", strength)
                    .with("threshold_factor", strength))));
    all.add(AutoContrast.from(new Settings(ranged("AutoContrast"))));
    all.add(Equalization.from(new Settings(ranged("Equalization"))));
    return all;
  }

  private RandomImages<?> moved(String name, String first, String second) {
    return RandomGeometry.from(
        new Settings(
            Config.of("keras.layers", name)
                .with(first, factor.saved())
                .with(second, factor.saved())
                .with("interpolation", interpolation)));
  }

  private Config ranged(String name) {
    return Config.of("keras.layers", name).with("value_range", range());
  }

  /** What a file says of all of them. */
  final Config settings() {
    return Config.of("keras.layers", className())
        .with("value_range", range())
        .with("factor", factor.saved())
        .with("interpolation", interpolation);
  }

  /** Sets what a file says of all of them. */
  final L readPolicy(Settings settings) {
    Factor range = Factor.read(settings, who(), "factor", 0, 1).orElse(factor);
    String pixels = settings.text("interpolation", interpolation).toLowerCase(Locale.ROOT);
    return read(settings).factor(range.low(), range.high()).interpolation(pixels);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] shape = super.outputOf(inputShape);
    if (needsColor()) {
      requireColor(inputShape);
    }
    return shape;
  }

  /** Whether one of the layers needs red, green and blue. */
  abstract boolean needsColor();
}
