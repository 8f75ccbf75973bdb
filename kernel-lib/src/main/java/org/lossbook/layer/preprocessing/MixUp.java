package org.lossbook.layer.preprocessing;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that mixes each image of a batch with another one during training, \(w x_i + (1 - w)
 * x_j\), with w drawn from Beta(α, α) for each and j from a shuffle of the batch; during prediction
 * it does nothing. Images are [height, width, channels].
 *
 * <p>In a network it sees the images alone, as Keras's layer does there: their targets stay as they
 * are. Zhang et al. 2018, <i>mixup: Beyond empirical risk minimization</i>.
 *
 * <pre>{@code
 * mixUp(0.2)   // most images nearly as they are; mixUp(1): all shares alike
 * }</pre>
 *
 * @question What lies between two images and their labels?
 * @use To train image classifiers that are too sure.
 * @avoid When half of one thing and half of another makes no sense.
 */
public final class MixUp extends RandomImages<MixUp> {
  private final double alpha;

  private MixUp(double alpha) {
    super("MixUp");
    this.alpha = Factor.positive(who(), "an alpha", alpha);
  }

  /** With shares drawn from Beta(α, α). */
  public static MixUp mixUp(double alpha) {
    return new MixUp(alpha);
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    return new MixingChange(height * width * channels) {
      @Override
      void mix(float[] image, float[] other, float[] into, RandomGenerator random) {
        float share = (float) BetaDraws.beta(alpha, random);
        for (int i = 0; i < into.length; i++) {
          into[i] = share * image[i] + (1 - share) * other[i];
        }
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "MixUp").with("alpha", alpha));
  }

  static MixUp from(Settings settings) {
    MixUp made = mixUp(settings.number("alpha", 0.2));
    return made.read(settings);
  }
}
