package org.lossbook.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.config.Shown;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/**
 * Checks of settings and input shapes that several layers share.
 *
 * @hidden
 */
@Internal
public final class LayerChecks {
  private static final int LONGEST_NAME = 200;

  private static final String APPLY = "dense(10).of(x) applies a layer to a value";

  private LayerChecks() {}

  public static int requirePositive(String who, String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          who + " expects " + what + " of 1 or more but receives " + value + ".");
    }
    return value;
  }

  /** A copy of a sample's shape, which must not be null. */
  public static int[] requireShape(String who, int[] shape, String example) {
    return Require.given(shape, who, "the extents of a sample", "write " + example).clone();
  }

  /** Refuses a sample of more numbers than an array can hold. */
  public static void requireHoldable(String who, int[] shape) {
    if (Shapes.count(shape) > Integer.MAX_VALUE) {
      long size = Shapes.count(shape);
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s expects samples of at most %,d numbers but receives %s, %s: take smaller"
                  + " samples.",
              who,
              Integer.MAX_VALUE,
              batched(shape),
              size == Long.MAX_VALUE
                  ? "more than can be counted"
                  : String.format(
                      Locale.ROOT,
                      "%,d or %s each",
                      size,
                      Memory.text(Memory.product(Float.BYTES, size)))));
    }
  }

  /** The shapes or values that a layer takes, none of them null. */
  static <T> List<T> requireAll(Layer layer, List<?> given, Class<T> kind, String what) {
    return Require.all(given, kind, layer.kind(), "the " + what + " before it", APPLY);
  }

  /** The shapes of the values that a layer is applied to, one at least. */
  static List<int[]> requireShapes(Layer layer, List<int[]> given) {
    List<int[]> shapes = requireAll(layer, given, int[].class, "shapes");
    if (shapes.isEmpty()) {
      throw Messages.wrong(
          "%s expects the value it is applied to but receives none: layer.of(x) applies it to x.",
          layer.kind());
    }
    return shapes;
  }

  /** Whether each of the values has a mask, as many as there are shapes. */
  public static List<Boolean> requireMasks(Layer layer, List<Boolean> given, List<int[]> shapes) {
    List<Boolean> masks = requireAll(layer, given, Boolean.class, "masks");
    List<int[]> all = requireAll(layer, shapes, int[].class, "shapes");
    if (masks.size() != all.size() || masks.isEmpty()) {
      throw Messages.wrong(
          "%s expects to be told of each value before it whether it has a mask but receives %d for %d: give as many.",
          layer.kind(), masks.size(), all.size());
    }
    return masks;
  }

  /** Refuses a graph or slots that are null. */
  static void requireBuildable(Layer layer, Object graph, Object weights) {
    Require.given(graph, layer.kind(), "a graph to build on", APPLY);
    Require.given(weights, layer.kind(), "the places of its weights", APPLY);
  }

  /** A name that can be part of a path in a file. */
  public static String requireName(String who, String name) {
    if (name == null
        || name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(c -> c == '/' || Character.isISOControl(c))) {
      String received =
          name == null
              ? "null"
              : Shown.of(name)
                  + (name.length() > LONGEST_NAME ? " of " + name.length() + " characters" : "");
      throw new IllegalArgumentException(
          who
              + " expects a name without a slash or a line break, of at most "
              + LONGEST_NAME
              + " characters, but receives "
              + received
              + ": named(\"first\") gives it one.");
    }
    return name;
  }

  /** The only input of a layer. */
  static <T> T requireOne(Layer layer, List<T> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          layer.kind()
              + " expects one value but receives "
              + inputs.size()
              + ": join them before it, with concatenate().of(…) or add().of(…).");
    }
    return inputs.get(0);
  }

  /** Refuses too few or too many inputs of a merging layer. */
  public static void requireSeveral(String who, int received, int most) {
    if (received < 2 || received > most) {
      throw new IllegalArgumentException(
          who
              + (most == 2
                  ? " expects two values but receives "
                  : " expects two or more values but receives ")
              + received
              + ": write "
              + who
              + "().of(a, b).");
    }
  }

  /** A dropout rate. */
  public static double requireRate(String who, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          who + " expects a rate from 0 to below 1 but receives " + rate + ".");
    }
    return rate;
  }

  /** The bounds after dropout, which sets some numbers to 0 and scales the others up. */
  public static Bounds dropped(Bounds given, double rate) {
    return rate == 0 ? given : given.scaledOrZero(1 / (1 - rate));
  }

  /** Refuses any shape but that of an image, [height, width, channels]. */
  public static void requireImage(String who, int[] shape) {
    SpatialInput.require(who, 2, shape);
  }

  /** [28, 28, 1] reads [batch, 28, 28, 1]. */
  public static String batched(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(extent -> extent == Shapes.ANY ? ", any" : ", " + extent)
        .collect(Collectors.joining("", "[batch", "]"));
  }
}
