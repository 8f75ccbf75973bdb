package org.lossbook.layer.pooling;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Window;
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.WindowArguments;

/**
 * 2D pooling, the base of the mean and the maximum: a window whose strides are its own size by
 * default.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Pooling2d<L extends Pooling2d<L>> extends BaseLayer<L> {
  private Window window;

  Pooling2d(int height, int width) {
    window = WindowArguments.of(kind(), height, width).strides(height, width);
  }

  /**
   * Moves the window by that many pixels, by its own size by default: one number for both axes, or
   * one for each, {@code strides(2, 1)} down and to the right.
   */
  public L strides(int... strides) {
    return with(WindowArguments.strides(kind(), window, strides));
  }

  /** Padding at the borders, which does not take part in the result. */
  public L same() {
    return with(window.padding(Padding.SAME));
  }

  /** No padding, the default: windows stay within the image, and pixels left over are ignored. */
  public L valid() {
    return with(window.padding(Padding.VALID));
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return WindowArguments.outputShape(
        kind(), window, inputShape, inputShape.length == 0 ? 0 : inputShape[inputShape.length - 1]);
  }

  final Window window() {
    return window;
  }

  private L with(Window window) {
    return with(copy -> set(copy, window));
  }

  private static void set(Pooling2d<?> layer, Window window) {
    layer.window = window;
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        WindowArguments.saved(Config.of("keras.layers", kerasClass()), window, "pool_size"));
  }

  /** The name of Keras's class, for files. */
  abstract String kerasClass();

  /** A copy with the window of a file. */
  final L withSettings(Settings settings) {
    return with(
        WindowArguments.from(
            settings, kind(), window.axes(), "pool_size", true, Padding.VALID, Padding.SAME));
  }
}
