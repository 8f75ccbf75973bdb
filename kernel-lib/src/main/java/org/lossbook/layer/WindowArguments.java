package org.lossbook.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;
import org.lossbook.engine.Window;
import org.lossbook.engine.Window.Padding;

/**
 * Window size, strides, padding and dilation of convolutions and poolings, and their checks.
 *
 * @hidden
 */
@Internal
public final class WindowArguments {
  /** A larger window sees only padding there, which may take the engine minutes. */
  private static final int MOST_BEYOND = 64;

  /** The same of a dilated window, which has few taps for its extent. */
  private static final int MOST_BEYOND_DILATED = 10_000;

  private static final String[][] AXES = {
    {"length"}, {"height", "width"}, {"depth", "height", "width"}
  };

  private WindowArguments() {}

  /** A window of these extents that moves by one position. */
  public static Window of(String who, int... sizes) {
    for (int axis = 0; axis < sizes.length; axis++) {
      LayerChecks.requirePositive(who, "a window " + AXES[sizes.length - 1][axis], sizes[axis]);
    }
    return Window.of(sizes);
  }

  /** The window with these strides: one for each axis, or one for all. */
  public static Window strides(String who, Window window, int... strides) {
    return window.strides(perAxis(who, "strides", window.axes(), 1, strides));
  }

  /** The window with these dilations: one for each axis, or one for all. */
  public static Window dilation(String who, Window window, int... dilations) {
    return window.dilations(perAxis(who, "a dilation", window.axes(), 1, dilations));
  }

  /** One number for each axis, from one for each axis or one for all. */
  public static int[] perAxis(String who, String what, int axes, int least, int... given) {
    if (given == null || (given.length != 1 && given.length != axes)) {
      throw Messages.wrong(
          "%s expects %s as one number%s but receives %s.",
          who, what, axes == 1 ? "" : " or as " + axes + " numbers", received(given));
    }
    for (int each : given) {
      if (each < least) {
        throw new IllegalArgumentException(
            who + " expects " + what + " of " + least + " or more but receives " + each + ".");
      }
    }
    return IntStream.range(0, axes)
        .map(axis -> given.length == 1 ? given[0] : given[axis])
        .toArray();
  }

  private static String received(int[] given) {
    if (given == null) {
      return "null";
    }
    return given.length == 0 ? "none" : given.length + ", " + Arrays.toString(given);
  }

  /** The output shape, with that many channels. */
  public static int[] outputShape(String who, Window window, int[] inputShape, int channels) {
    SpatialInput.require(who, window.axes(), inputShape);
    int[] shape = window.outputShape(inputShape, channels);
    for (int axis = 0; axis < window.axes(); axis++) {
      if (shape[axis] < 1
          || window.sizes()[axis] > inputShape[axis] + (long) MOST_BEYOND
          || window.reach(axis) > inputShape[axis] + (long) mostBeyond(window)) {
        throw new IllegalArgumentException(tooSmall(who, window, inputShape));
      }
    }
    return shape;
  }

  private static int mostBeyond(Window window) {
    return Arrays.stream(window.dilations()).allMatch(dilation -> dilation == 1)
        ? MOST_BEYOND
        : MOST_BEYOND_DILATED;
  }

  private static String tooSmall(String who, Window window, int[] inputShape) {
    boolean isPadded = window.padding() != Padding.VALID;
    return who
        + " expects "
        + SpatialInput.plural(window.axes())
        + (isPadded
            ? " at most "
                + mostBeyond(window)
                + " "
                + SpatialInput.unit(window.axes())
                + " smaller than"
            : " at least as large as")
        + " its window of "
        + IntStream.range(0, window.axes())
            .mapToObj(axis -> Long.toString(window.reach(axis)))
            .collect(Collectors.joining("×"))
        + " but receives "
        + LayerChecks.batched(inputShape)
        + (isPadded
            ? ": use a smaller window."
            : ": use a smaller window, same(), or fewer poolings before it.");
  }

  /** The config with the window's settings. */
  public static Config saved(Config config, Window window, String size) {
    return config
        .with(size, window.sizes())
        .with("strides", window.strides())
        .with("padding", window.padding().name().toLowerCase(Locale.ROOT))
        .with("data_format", "channels_last");
  }

  /**
   * The window of a file.
   *
   * @param size the name of its setting
   * @param sizeIsStride whether its strides are its size where the file has none
   * @param paddings those that the layer knows
   */
  public static Window from(
      Settings settings,
      String who,
      int axes,
      String size,
      boolean sizeIsStride,
      Padding... paddings) {
    settings.requireOneOf("data_format", "channels_last");
    int[] sizes = settings.integers(size, axes);
    int[] strides = sizeIsStride ? sizes : new int[] {1};
    Window window =
        strides(
            who,
            of(who, sizes),
            settings.has("strides") ? settings.integers("strides", axes) : strides);
    String name = settings.text("padding", "valid");
    return Arrays.stream(paddings)
        .filter(padding -> padding.name().equalsIgnoreCase(name))
        .findFirst()
        .map(window::padding)
        .orElseGet(() -> settings.wrong("padding", listed(paddings), name));
  }

  private static String listed(Padding... paddings) {
    return Arrays.stream(paddings)
        .map(padding -> Shown.of(padding.name().toLowerCase(Locale.ROOT)))
        .collect(Collectors.joining(" or "));
  }
}
