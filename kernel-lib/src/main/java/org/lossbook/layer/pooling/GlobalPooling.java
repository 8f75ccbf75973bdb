package org.lossbook.layer.pooling;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.SpatialInput;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedWindow;

/**
 * Global pooling, the base of the mean and the maximum: one window over the whole sequence, image
 * or volume. {@code [h, w, c] -> [c]}, or {@code [1, 1, c]} with {@link #keepdims}.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class GlobalPooling<L extends GlobalPooling<L>> extends BaseLayer<L> {
  private final PoolingKind pooling;
  private final int axes;
  private boolean keepsDimensions;

  GlobalPooling(PoolingKind pooling, int axes) {
    this.pooling = pooling;
    this.axes = axes;
  }

  @Override
  public final String kind() {
    return "global_" + pooling.layer() + "_pooling" + axes + "d";
  }

  /**
   * Keeps the pooled axes with a size of 1, {@code [1, 1, c]}, so that a convolution can follow.
   */
  public L keepdims() {
    return keepdims(true);
  }

  private L keepdims(boolean keeps) {
    return with(copy -> keep(copy, keeps));
  }

  private static void keep(GlobalPooling<?> layer, boolean keeps) {
    layer.keepsDimensions = keeps;
  }

  /**
   * Worked steps on your numbers: a line for each channel.
   *
   * <pre>{@code
   * globalAveragePooling1d().explain(vector(1, 3, 8)).result().get(0)   // 4
   * }</pre>
   *
   * @param x one sample, with or without an axis of channels
   * @throws IllegalArgumentException where the shape does not fit
   */
  @Override
  public LayerSteps explain(Object x) {
    String who = kind();
    var worked = WorkedWindow.whole(who, toString(), axes, Values.of(who + ".explain", x));
    return worked.pooledWhole(pooling == PoolingKind.MAX, shape(worked.channels()));
  }

  private int[] shape(int channels) {
    int[] shape = new int[keepsDimensions ? axes + 1 : 1];
    Arrays.fill(shape, 1);
    shape[shape.length - 1] = channels;
    return shape;
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    SpatialInput.require(kind(), axes, inputShape);
    return shape(inputShape[axes]);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] whole = Arrays.copyOf(x.shape(), axes);
    return graph.reshape(
        pooling.of(graph, x, Window.of(whole).strides(whole)), outputShape(x.shape()));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return pooling.bounds(inputs.get(0));
  }

  @Override
  public Optional<Config> config() {
    String className = "Global" + pooling.kerasClass() + "Pooling" + axes + "D";
    return Optional.of(Config.of("keras.layers", className).with("keepdims", keepsDimensions));
  }

  /** A copy with the settings of a file. */
  final L withSettings(Settings settings) {
    settings.requireOneOf("data_format", "channels_last");
    return keepdims(settings.flag("keepdims", false));
  }
}
