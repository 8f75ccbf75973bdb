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
import org.lossbook.layer.LayerChecks;

/**
 * Gaussian dropout: during training multiplies each number by a sample of the normal distribution
 * with mean 1 and standard deviation √(rate / (1 − rate)), the same as that of dropout's factors 0
 * and 1 / (1 − rate) (Srivastava et al. 2014, section 10); during prediction it does nothing. The
 * shape stays the same.
 *
 * @question Does the network manage when each number is a little off?
 * @use Like dropout, without setting anything to zero.
 * @avoid When exact zeros are wanted.
 */
public final class GaussianDropout extends BaseLayer<GaussianDropout> {
  private final double rate;

  /**
   * @param rate from 0 to below 1
   */
  public GaussianDropout(double rate) {
    this.rate = LayerChecks.requireRate("gaussianDropout", rate);
  }

  @Override
  public String kind() {
    return "gaussian_dropout";
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
    return graph.gaussianDropout(x, rate);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return rate == 0 ? inputs.get(0) : Bounds.NONE;
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "GaussianDropout").with("rate", rate));
  }

  static GaussianDropout from(Settings settings) {
    settings.ignore("seed");
    return new GaussianDropout(settings.number("rate"));
  }
}
