package org.lossbook.layer.reshaping;

import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/** Flattens each sample into one row, row-major, channels last. {@code [3, 3, 64] -> [576]} */
public final class Flatten extends Reshaping<Flatten> {
  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return new int[] {Shapes.size(inputShape)};
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return x.shape().length == 1 ? x : graph.reshape(x, x.size());
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Flatten"));
  }

  static Flatten from(Settings settings) {
    settings.requireOneOf("data_format", "channels_last");
    return new Flatten();
  }
}
