package org.lossbook.layer.preprocessing;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that changes images in a few ways, one after the other, during training; during
 * prediction it does nothing. For each batch {@link #numOps} ways are drawn among eleven: shear,
 * translation, rotation, brightness, color degeneration, contrast, sharpness, posterization,
 * solarization, full contrast and equalization, each with a strength up to the factor. Images are
 * [height, width, 3] with values in the {@link #valueRange}, from 0 to 255 by default. Cubuk et al.
 * 2020, <i>RandAugment: Practical automated data augmentation with a reduced search space</i>.
 *
 * <pre>{@code
 * randAugment(0.5).numOps(2).valueRange(0, 1)
 * }</pre>
 *
 * @question Which random changes should images go through?
 * @use For image classifiers, with a single strength to tune.
 * @avoid For images whose colors or orientation are the answer.
 */
public final class RandAugment extends ImagePolicy<RandAugment> {
  private int numOps = 2;

  private RandAugment(double factor) {
    super("RandAugment", factor);
  }

  /** With strengths up to that, from 0 to 1; Keras's default is 0.5. */
  public static RandAugment randAugment(double factor) {
    return new RandAugment(factor);
  }

  /** The same with so many changes of each image, 2 by default. */
  public RandAugment numOps(int count) {
    Factor.positive(who(), "a numOps", count);
    return with(copy -> copy.numOps = count);
  }

  @Override
  boolean needsColor() {
    return true;
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    List<ImageChange> changes = changes(true, height, width, channels);
    int[] chosen = new int[numOps];
    float[] now = new float[height * width * channels];
    return new ImageChange() {
      @Override
      public void begin(FloatBuffer images, int count, RandomGenerator random) {
        for (int i = 0; i < chosen.length; i++) {
          chosen[i] = random.nextInt(changes.size());
        }
      }

      @Override
      public void apply(float[] image, float[] into, RandomGenerator random) {
        System.arraycopy(image, 0, into, 0, image.length);
        for (int choice : chosen) {
          System.arraycopy(into, 0, now, 0, now.length);
          changes.get(choice).apply(now, into, random);
        }
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(settings().with("num_ops", numOps));
  }

  static RandAugment from(Settings settings) {
    int count = settings.integer("num_ops", 2);
    return randAugment(0.5).readPolicy(settings).numOps(count);
  }
}
