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
 * Dropout: during training sets each number to zero with probability {@code rate} and multiplies
 * the others by 1 / (1 − rate), so that the expected sum stays the same; during prediction it does
 * nothing (Srivastava et al., 2014). The shape stays the same.
 */
public final class Dropout extends BaseLayer<Dropout> {
  private final double rate;

  public Dropout(double rate) {
    this.rate = LayerChecks.requireRate("dropout", rate);
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return inputShape.clone();
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.dropout(x, rate);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return LayerChecks.dropped(inputs.get(0), rate);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Dropout").with("rate", rate));
  }

  static Dropout from(Settings settings) {
    settings.ignore("seed");
    return new Dropout(settings.number("rate"));
  }
}
