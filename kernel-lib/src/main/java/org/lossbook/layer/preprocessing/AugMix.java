package org.lossbook.layer.preprocessing;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.ImageChange;

/**
 * A layer that mixes each image with changed copies of itself during training; during prediction it
 * does nothing. Each of {@link #numChains} copies goes through up to {@link #chainDepth} changes,
 * drawn for each batch among those of {@link RandAugment}; with shares s from Dirichlet(α, …, α)
 * and w from Beta(α, α) the result is \(w x + (1 - w) \sum_k s_k x_k\), clipped to the {@link
 * #valueRange}. Images are [height, width, 3]. Hendrycks et al. 2020, <i>AugMix: A simple data
 * processing method to improve robustness and uncertainty</i>.
 *
 * <pre>{@code
 * augMix(0.3).valueRange(0, 1)
 * }</pre>
 *
 * @question Does the network still see it in a mix of changed copies?
 * @use To train image networks that withstand corruption.
 * @avoid For images whose colors or orientation are the answer.
 */
public final class AugMix extends ImagePolicy<AugMix> {
  private int numChains = 3;
  private int chainDepth = 3;
  private double alpha = 1;
  private boolean allOps = true;

  private AugMix(double factor) {
    super("AugMix", factor);
  }

  /** With strengths up to that, from 0 to 1; Keras's default is 0.3. */
  public static AugMix augMix(double factor) {
    return new AugMix(factor);
  }

  /** The same with so many changed copies, 3 by default. */
  public AugMix numChains(int count) {
    Factor.positive(who(), "a numChains", count);
    return with(copy -> copy.numChains = count);
  }

  /** The same with up to so many changes of each copy, 3 by default. */
  public AugMix chainDepth(int count) {
    Factor.positive(who(), "a chainDepth", count);
    return with(copy -> copy.chainDepth = count);
  }

  /** The same with another α of the shares, 1 by default: large ones make all shares alike. */
  public AugMix alpha(double value) {
    Factor.positive(who(), "an alpha", value);
    return with(copy -> copy.alpha = value);
  }

  /** The same with or without brightness, color degeneration, contrast and sharpness. */
  public AugMix allOps(boolean all) {
    return with(copy -> copy.allOps = all);
  }

  @Override
  boolean needsColor() {
    return allOps;
  }

  @Override
  ImageChange change(boolean training, int height, int width, int channels) {
    return new Chains(changes(allOps, height, width, channels), height * width * channels, this);
  }

  private static final class Chains implements ImageChange {
    private final List<ImageChange> changes;
    private final AugMix settings;
    private final int[][] chosen;
    private final double[] shares;
    private final float[] now;
    private final float[] changed;
    private double kept;

    Chains(List<ImageChange> changes, int size, AugMix settings) {
      this.changes = changes;
      this.settings = settings;
      chosen = new int[settings.numChains][settings.chainDepth];
      shares = new double[settings.numChains];
      now = new float[size];
      changed = new float[size];
    }

    @Override
    public void begin(FloatBuffer images, int count, RandomGenerator random) {
      BetaDraws.dirichlet(settings.alpha, shares, random);
      kept = BetaDraws.beta(settings.alpha, random);
      for (int[] chain : chosen) {
        for (int i = 0; i < chain.length; i++) {
          chain[i] = random.nextInt(changes.size() + 1); // the last leaves the copy as it is
        }
      }
    }

    @Override
    public void apply(float[] image, float[] into, RandomGenerator random) {
      Arrays.fill(into, 0);
      for (int k = 0; k < chosen.length; k++) {
        System.arraycopy(image, 0, changed, 0, changed.length);
        for (int choice : chosen[k]) {
          if (choice < changes.size()) {
            System.arraycopy(changed, 0, now, 0, now.length);
            changes.get(choice).apply(now, changed, random);
          }
        }
        float share = (float) shares[k];
        for (int i = 0; i < into.length; i++) {
          into[i] += share * changed[i];
        }
      }
      float least = (float) settings.low();
      float most = (float) settings.high();
      float w = (float) kept;
      for (int i = 0; i < into.length; i++) {
        into[i] = Math.max(least, Math.min(most, w * image[i] + (1 - w) * into[i]));
      }
    }
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        settings()
            .with("num_chains", numChains)
            .with("chain_depth", chainDepth)
            .with("alpha", alpha)
            .with("all_ops", allOps));
  }

  static AugMix from(Settings settings) {
    int chains = settings.integer("num_chains", 3);
    int depth = settings.integer("chain_depth", 3);
    double alpha = settings.number("alpha", 1);
    boolean all = settings.flag("all_ops", true);
    return augMix(0.3)
        .readPolicy(settings)
        .numChains(chains)
        .chainDepth(depth)
        .alpha(alpha)
        .allOps(all);
  }
}
