package org.lossbook.layer.attention;

import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/**
 * Adds sines and cosines of its place to each step of a sequence (Vaswani et al. 2017): to feature
 * 2i of n at step t sin(t / w^(2i / n)), to feature 2i + 1 the cosine of the same angle, with w =
 * 10,000. {@code [t, n] -> [t, n]} KerasHub's {@code SinePositionEncoding} gives these numbers
 * alone, to be added.
 *
 * @question Where does each step stand, without anything to learn?
 * @use Before attention, for sequences of any length.
 * @avoid When every place has its own meaning: learn it with {@link PositionEmbedding}.
 */
public final class SinePositions extends Positions<SinePositions> {
  private static final String WAVELENGTH = "max_wavelength";
  private static final double USUAL = 10_000;

  private double maxWavelength = USUAL;

  /** The number w, that the longest wave is 2π times as long as; 10,000 by default. */
  public SinePositions maxWavelength(double maxWavelength) {
    if (!(maxWavelength > 0 && Double.isFinite(maxWavelength))) {
      throw Messages.wrong(
          "sine_positions expects a wavelength above 0 but receives %s: 10,000 is the default.",
          maxWavelength);
    }
    return with(copy -> copy.maxWavelength = maxWavelength);
  }

  @Override
  public String kind() {
    return "sine_positions";
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    float[] waves = new float[x.size()];
    for (int i = 0; i < waves.length; i++) {
      int feature = i % shape[1];
      double angle = i / shape[1] * Math.pow(maxWavelength, -2.0 * (feature / 2) / shape[1]);
      waves[i] = (float) (feature % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
    }
    return graph.affine(x, new float[1], new float[] {1}, waves);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.ours("SinePositions").with(WAVELENGTH, maxWavelength));
  }

  static SinePositions from(Settings settings) {
    return new SinePositions().maxWavelength(settings.number(WAVELENGTH, USUAL));
  }
}
