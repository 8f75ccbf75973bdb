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
import org.lossbook.layer.SpatialInput;

/**
 * Spatial dropout, the base of that of sequences, images and volumes: during training sets whole
 * channels to zero with probability {@code rate} and multiplies the others by 1 / (1 − rate).
 * Neighbouring numbers of a channel are strongly correlated, so dropping single ones regularizes
 * little (Tompson et al. 2015, <i>Efficient object localization using convolutional networks</i>).
 * During prediction it does nothing; the shape stays the same.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class SpatialDropout<L extends SpatialDropout<L>> extends BaseLayer<L> {
  private final int axes;
  private final double rate;

  SpatialDropout(int axes, double rate) {
    this.axes = axes;
    this.rate = LayerChecks.requireRate("spatialDropout" + axes + "d", rate);
  }

  @Override
  public final String kind() {
    return "spatial_dropout" + axes + "d";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    SpatialInput.require("spatialDropout" + axes + "d", axes, inputShape);
    return inputShape.clone();
  }

  @Override
  protected boolean passesMask() {
    return true;
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
    return Optional.of(Config.of("keras.layers", "SpatialDropout" + axes + "D").with("rate", rate));
  }

  static double rate(Settings settings) {
    settings.ignore("seed").requireOneOf("data_format", "channels_last");
    return settings.number("rate");
  }
}
