package org.lossbook.layer.preprocessing;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that inverts the bright pixels of each image during training: it adds a random number,
 * then inverts what is not below a random threshold. Both are drawn from 0 to a share of the value
 * range, 0 by default, so that all pixels are inverted. During prediction it does nothing. Images
 * are [height, width, channels].
 *
 * <pre>{@code
 * solarization().thresholdFactor(0.5, 1)
 * }</pre>
 *
 * @question Does the network still see it with its bright parts inverted?
 * @use Among strong changes for large image networks.
 * @avoid When brightness is the answer.
 */
public final class Solarization extends RandomImages<Solarization> {
  private static final double WHITE = 255;

  private Factor addition = new Factor(0, 0);
  private Factor threshold = new Factor(0, 0);

  private Solarization() {
    super("Solarization");
  }

  /** Keras's defaults. */
  public static Solarization solarization() {
    return new Solarization();
  }

  /** The same with numbers to add of up to that share of white. */
  public Solarization additionFactor(double most) {
    return additionFactor(0, most);
  }

  /** The same with numbers to add from another range. */
  public Solarization additionFactor(double low, double high) {
    Factor range = Factor.of(who(), "additionFactors", low, high, 0, 1);
    return with(copy -> copy.addition = range);
  }

  /** The same with thresholds of up to that share of white. */
  public Solarization thresholdFactor(double most) {
    return thresholdFactor(0, most);
  }

  /** The same with thresholds from another range. */
  public Solarization thresholdFactor(double low, double high) {
    Factor range = Factor.of(who(), "thresholdFactors", low, high, 0, 1);
    return with(copy -> copy.threshold = range);
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    double range = high() - low();
    // As in Keras, the lower ends are numbers and the upper ones shares of 255.
    Factor additions = new Factor(addition.low(), addition.high() * WHITE);
    Factor thresholds = new Factor(threshold.low(), threshold.high() * WHITE);
    return (image, into, random) -> {
      double added = additions.draw(random);
      double least = thresholds.draw(random);
      for (int i = 0; i < image.length; i++) {
        double level = (image[i] - low()) / range * WHITE + added;
        level = Math.max(0, Math.min(WHITE, level));
        level = level < least ? level : WHITE - level;
        into[i] = (float) (level / WHITE * range + low());
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Solarization")
            .with("value_range", range())
            .with("addition_factor", addition.saved())
            .with("threshold_factor", threshold.saved()));
  }

  static Solarization from(Settings settings) {
    Solarization made = solarization().read(settings);
    Optional<Factor> added = Factor.read(settings, made.who(), "addition_factor", 0, 1);
    Optional<Factor> least = Factor.read(settings, made.who(), "threshold_factor", 0, 1);
    return made.with(
        copy -> {
          copy.addition = added.orElse(copy.addition);
          copy.threshold = least.orElse(copy.threshold);
        });
  }
}
