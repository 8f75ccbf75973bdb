package org.lossbook.layer.preprocessing;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that puts a rectangle of another image of the batch into each image during training;
 * during prediction it does nothing. The rectangle's share of the image is 1 − w, with w drawn from
 * Beta(α, α) for each image and α for each batch from 0 to the factor. Images are [height, width,
 * channels].
 *
 * <p>In a network it sees the images alone, as Keras's layer does there: their targets stay as they
 * are. Yun et al. 2019, <i>CutMix: Regularization strategy to train strong classifiers with
 * localizable features</i>.
 *
 * <pre>{@code
 * cutMix(1)                // Keras's default
 * cutMix(1).factor(1, 1)   // shares of all sizes alike
 * }</pre>
 *
 * @question Does the network see two things in one patched image?
 * @use To train large image classifiers that overfit.
 * @avoid When the label depends on the whole image.
 */
public final class CutMix extends RandomImages<CutMix> {
  private static final double LEAST_ALPHA = 1e-6; // Keras's

  private Factor factor;

  private CutMix(double factor) {
    super("CutMix");
    this.factor = Factor.of(who(), "a factor", factor, 0, 1);
  }

  /** With an α from 0 to that. */
  public static CutMix cutMix(double factor) {
    return new CutMix(factor);
  }

  /** The same with an α drawn from another range. */
  public CutMix factor(double low, double high) {
    Factor range = Factor.of(who(), "factors", low, high, 0, 1);
    return with(copy -> copy.factor = range);
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    return new MixingChange(height * width * channels) {
      private double alpha;

      @Override
      void drawForAll(RandomGenerator random) {
        alpha = factor.draw(random) + LEAST_ALPHA;
      }

      @Override
      void mix(float[] image, float[] other, float[] into, RandomGenerator random) {
        System.arraycopy(image, 0, into, 0, image.length);
        double side = Math.sqrt(1 - BetaDraws.beta(alpha, random));
        double left = random.nextDouble() * (width - side * width);
        double top = random.nextDouble() * (height - side * height);
        int from = (int) Math.ceil(left);
        int to = Math.min(width, (int) Math.ceil(left + side * width));
        int last = Math.min(height, (int) Math.ceil(top + side * height));
        for (int y = (int) Math.ceil(top); y < last && from < to; y++) {
          int start = (y * width + from) * channels;
          System.arraycopy(other, start, into, start, (to - from) * channels);
        }
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "CutMix").with("factor", factor.saved()));
  }

  static CutMix from(Settings settings) {
    CutMix made = cutMix(1).read(settings);
    Optional<Factor> factor = Factor.read(settings, made.who(), "factor", 0, 1);
    return made.with(copy -> copy.factor = factor.orElse(copy.factor));
  }
}
