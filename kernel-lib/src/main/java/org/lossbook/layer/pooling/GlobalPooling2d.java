package org.lossbook.layer.pooling;

import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Global pooling, the base of the mean and the maximum: one window over the whole image. {@code [h,
 * w, c] -> [c]}, or {@code [1, 1, c]} with {@link #keepdims}.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class GlobalPooling2d<L extends GlobalPooling2d<L>> extends BaseLayer<L> {
  private boolean keepsDimensions;

  GlobalPooling2d() {}

  /**
   * Keeps height and width with a size of 1, {@code [1, 1, c]}, so that a convolution can follow.
   */
  public L keepdims() {
    return with(GlobalPooling2d::keep);
  }

  private static void keep(GlobalPooling2d<?> layer) {
    layer.keepsDimensions = true;
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    LayerChecks.requireImage(kind(), inputShape);
    int channels = inputShape[2];
    return keepsDimensions ? new int[] {1, 1, channels} : new int[] {channels};
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    Window whole = Window.of(shape[0], shape[1]).strides(shape[0], shape[1]);
    return graph.reshape(pool(graph, x, whole), outputShape(shape));
  }

  abstract Tensor pool(Graph graph, Tensor x, Window whole);

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", kerasClass()).with("keepdims", keepsDimensions));
  }

  /** The name of Keras's class, for files. */
  abstract String kerasClass();

  /** A copy with the settings of a file. */
  final L withSettings(Settings settings) {
    settings.requireOneOf("data_format", "channels_last");
    return settings.flag("keepdims", false) ? keepdims() : with(copy -> {});
  }
}
