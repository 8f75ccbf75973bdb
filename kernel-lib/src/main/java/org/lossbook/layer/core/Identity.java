package org.lossbook.layer.core;

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
 * The identity, y = x: a placeholder where nothing is to be computed. The shape stays the same.
 *
 * @question What if nothing is to be computed?
 * @use As a placeholder in networks that are put together.
 * @avoid Wherever it can be left out.
 */
public final class Identity extends BaseLayer<Identity> {
  @Override
  public String kind() {
    return "identity";
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
    return x;
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0);
  }

  @Override
  public boolean onlyReshapes() {
    return true;
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Identity"));
  }

  static Identity from(Settings settings) {
    return new Identity();
  }
}
