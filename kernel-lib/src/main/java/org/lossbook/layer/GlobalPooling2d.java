package org.lossbook.layer;

import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;

/**
 * What the two global poolings share: one window over the whole image. {@code [h, w, c] -> [c]}
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class GlobalPooling2d<L extends GlobalPooling2d<L>> extends Specification<L> {
  GlobalPooling2d() {}

  @Override
  protected int[] outputOf(int... inputShape) {
    Checks.image(kind(), inputShape);
    return new int[] {inputShape[2]};
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    Window whole = Sliding.of(kind(), shape[0], shape[1], shape[0], shape[1]);
    return graph.reshape(pool(graph, x, whole), shape[2]);
  }

  abstract Tensor pool(Graph graph, Tensor x, Window whole);

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", className()).with("keepdims", false));
  }

  /** Keras's class. */
  abstract String className();

  /** Refuses what a file may say otherwise. */
  static void check(Settings settings) {
    settings.only("data_format", "channels_last").only("keepdims", false);
  }
}
