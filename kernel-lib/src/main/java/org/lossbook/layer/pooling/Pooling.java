package org.lossbook.layer.pooling;

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
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.WindowArguments;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedWindow;

/**
 * Pooling, the base of the mean and the maximum over sequences, images and volumes: a window whose
 * strides are its own size by default.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Pooling<L extends Pooling<L>> extends BaseLayer<L> {
  private final PoolingKind pooling;
  private Window window;

  Pooling(PoolingKind pooling, int... size) {
    this.pooling = pooling;
    window = WindowArguments.of(kind(size.length), size).strides(size);
  }

  @Override
  public final String kind() {
    return kind(window.axes());
  }

  private String kind(int axes) {
    return pooling.layer() + "_pooling" + axes + "d";
  }

  /**
   * Moves the window by that many positions, by its own size by default: one number for all axes,
   * or one for each axis, {@code strides(2, 1)} down and to the right.
   */
  public L strides(int... strides) {
    return with(WindowArguments.strides(kind(), window, strides));
  }

  /** Padding at the borders, which does not take part in the result. */
  public L same() {
    return with(window.padding(Padding.SAME));
  }

  /** No padding, the default: windows stay within the input, and what is left over is ignored. */
  public L valid() {
    return with(window.padding(Padding.VALID));
  }

  /**
   * Worked steps on your numbers: a line for each place of the window.
   *
   * <pre>{@code
   * maxPooling2d(2).explain(matrix(row(1, 3), row(2, 0))).result().get(0)   // 3
   * }</pre>
   *
   * @param x one sample, with or without an axis of channels
   * @throws IllegalArgumentException where the shape does not fit
   */
  @Override
  public LayerSteps explain(Object x) {
    return new WorkedWindow(kind(), toString(), window, Values.of(kind() + ".explain", x))
        .pooled(pooling == PoolingKind.MAX);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return WindowArguments.outputShape(
        kind(), window, inputShape, inputShape.length == 0 ? 0 : inputShape[inputShape.length - 1]);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return pooling.of(graph, x, window);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return pooling.bounds(inputs.get(0));
  }

  private L with(Window window) {
    return with(copy -> set(copy, window));
  }

  private static void set(Pooling<?> layer, Window window) {
    layer.window = window;
  }

  @Override
  public Optional<Config> config() {
    String className = pooling.kerasClass() + "Pooling" + window.axes() + "D";
    return Optional.of(
        WindowArguments.saved(Config.of("keras.layers", className), window, "pool_size"));
  }

  /** A copy with the window of a file. */
  final L withSettings(Settings settings) {
    return with(
        WindowArguments.from(
            settings, kind(), window.axes(), "pool_size", true, Padding.VALID, Padding.SAME));
  }
}
