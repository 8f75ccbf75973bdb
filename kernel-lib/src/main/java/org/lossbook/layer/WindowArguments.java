package org.lossbook.layer;

import java.util.Locale;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Window;

/**
 * Window size, strides, padding and dilation of convolutions and poolings, and their checks.
 *
 * @hidden
 */
@Internal
public final class WindowArguments {
  /** A larger window sees only padding there, which may take the engine minutes. */
  private static final int MOST_BEYOND = 64;

  private WindowArguments() {}

  public static Window of(String who, int height, int width, int strideHeight, int strideWidth) {
    return new Window(
        LayerChecks.requirePositive(who, "a window height", height),
        LayerChecks.requirePositive(who, "a window width", width),
        LayerChecks.requirePositive(who, "strides", strideHeight),
        LayerChecks.requirePositive(who, "strides", strideWidth),
        false,
        1,
        1);
  }

  public static Window strides(String who, Window w, int height, int width) {
    return new Window(
        w.height(),
        w.width(),
        LayerChecks.requirePositive(who, "strides", height),
        LayerChecks.requirePositive(who, "strides", width),
        w.same(),
        w.dilationHeight(),
        w.dilationWidth());
  }

  public static Window same(Window w, boolean same) {
    return new Window(
        w.height(),
        w.width(),
        w.strideHeight(),
        w.strideWidth(),
        same,
        w.dilationHeight(),
        w.dilationWidth());
  }

  public static Window dilation(String who, Window w, int height, int width) {
    return new Window(
        w.height(),
        w.width(),
        w.strideHeight(),
        w.strideWidth(),
        w.same(),
        LayerChecks.requirePositive(who, "a dilation", height),
        LayerChecks.requirePositive(who, "a dilation", width));
  }

  /** The output shape, with that many channels. */
  public static int[] outputShape(String who, Window window, int[] inputShape, int channels) {
    LayerChecks.requireImage(who, inputShape);
    int height = window.outputHeight(inputShape[0]);
    int width = window.outputWidth(inputShape[1]);
    long[] reach = window.reach();
    boolean isBeyond =
        reach[0] > inputShape[0] + MOST_BEYOND || reach[1] > inputShape[1] + MOST_BEYOND;
    if (height < 1 || width < 1 || isBeyond) {
      throw new IllegalArgumentException(
          who
              + " expects images "
              + (window.same()
                  ? "at most " + MOST_BEYOND + " pixels smaller than its window of "
                  : "at least as large as its window of ")
              + reach[0]
              + "×"
              + reach[1]
              + " but receives "
              + LayerChecks.batched(inputShape)
              + (window.same()
                  ? ": use a smaller window."
                  : ": use a smaller window, same(), or fewer poolings before it."));
    }
    return new int[] {height, width, channels};
  }

  /** The config with the window's settings. */
  public static Config saved(Config config, Window w, String size) {
    return config
        .with(size, new int[] {w.height(), w.width()})
        .with("strides", new int[] {w.strideHeight(), w.strideWidth()})
        .with("padding", w.same() ? "same" : "valid")
        .with("data_format", "channels_last");
  }

  /** The window of a file, without its dilation. */
  public static Window from(Settings settings, String who, String size, int[] strides) {
    int[] window = settings.pair(size);
    int[] steps = settings.has("strides") ? settings.pair("strides") : strides;
    String padding = settings.text("padding", "valid").toLowerCase(Locale.ROOT);
    if (!padding.equals("valid") && !padding.equals("same")) {
      settings.wrong("padding", "\"valid\" or \"same\"", padding);
    }
    return same(of(who, window[0], window[1], steps[0], steps[1]), padding.equals("same"));
  }
}
