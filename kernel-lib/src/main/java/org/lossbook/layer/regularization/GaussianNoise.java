package org.lossbook.layer.regularization;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;

/**
 * Gaussian noise: during training adds to each number a sample of the normal distribution with mean
 * 0, so that a network cannot rely on exact inputs (Bishop 1995, <i>Training with noise is
 * equivalent to Tikhonov regularization</i>); during prediction it does nothing. Shape and gradient
 * stay the same.
 *
 * @question Does the network manage with noisy inputs?
 * @use On inputs, when measurements are noisy or few.
 * @avoid When the noise hides what matters.
 */
public final class GaussianNoise extends BaseLayer<GaussianNoise> {
  private final double stddev;

  /**
   * @param stddev the standard deviation of the noise, 0 or more
   */
  public GaussianNoise(double stddev) {
    if (!(stddev >= 0 && Double.isFinite(stddev))) {
      throw new IllegalArgumentException(
          "gaussianNoise expects a standard deviation of 0 or more but receives "
              + stddev
              + ": pixels lie from 0 to 1, so try 0.1.");
    }
    this.stddev = stddev;
  }

  @Override
  public String kind() {
    return "gaussian_noise";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return inputShape.clone();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.gaussianNoise(x, stddev);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return stddev == 0 ? inputs.get(0) : Bounds.NONE;
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "GaussianNoise").with("stddev", stddev));
  }

  static GaussianNoise from(Settings settings) {
    settings.ignore("seed");
    return new GaussianNoise(settings.number("stddev"));
  }
}
