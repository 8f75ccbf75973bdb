package org.lossbook.layer.applications;

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
 * Stochastic depth: during training sets whole samples to zero with probability {@code rate} and
 * multiplies the others by 1 / (1 − rate). At the end of a residual block it skips the block for
 * these samples (Huang et al. 2016, <i>Deep networks with stochastic depth</i>). During prediction
 * it does nothing; the shape stays the same.
 *
 * @question What if whole blocks sometimes stayed silent?
 * @use At the end of a residual block of a deep network.
 * @avoid Without a residual connection: the sample would be lost.
 */
public final class StochasticDepth extends BaseLayer<StochasticDepth> {
  private final double rate;

  /**
   * @param rate from 0 to below 1
   */
  public StochasticDepth(double rate) {
    this.rate = LayerChecks.requireRate("stochasticDepth", rate);
  }

  @Override
  public String kind() {
    return "stochastic_depth";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return inputShape.clone();
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.sampleDropout(x, rate);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return LayerChecks.dropped(inputs.get(0), rate);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.src.applications.convnext", "StochasticDepth")
            .with("drop_path_rate", rate));
  }

  static StochasticDepth from(Settings settings) {
    return new StochasticDepth(settings.number("drop_path_rate"));
  }
}
