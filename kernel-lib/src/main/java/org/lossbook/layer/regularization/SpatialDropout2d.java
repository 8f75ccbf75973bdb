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
 * Spatial dropout: during training sets whole channels of an image to zero with probability {@code
 * rate} and multiplies the others by 1 / (1 − rate). Neighbouring pixels are strongly correlated,
 * so dropping single ones regularizes little (Tompson et al. 2015, <i>Efficient object localization
 * using convolutional networks</i>). During prediction it does nothing; the shape stays the same.
 */
public final class SpatialDropout2d extends BaseLayer<SpatialDropout2d> {
  private final double rate;

  /**
   * @param rate from 0 to below 1
   */
  public SpatialDropout2d(double rate) {
    this.rate = LayerChecks.requireRate("spatialDropout2d", rate);
  }

  @Override
  public String kind() {
    return "spatial_dropout2d";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    LayerChecks.requireImage("spatialDropout2d", inputShape);
    return inputShape.clone();
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.spatialDropout(x, rate);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return LayerChecks.dropped(inputs.get(0), rate);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "SpatialDropout2D").with("rate", rate));
  }

  static SpatialDropout2d from(Settings settings) {
    settings.ignore("seed").requireOneOf("data_format", "channels_last");
    return new SpatialDropout2d(settings.number("rate"));
  }
}
