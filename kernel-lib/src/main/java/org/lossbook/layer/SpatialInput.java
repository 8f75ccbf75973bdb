package org.lossbook.layer;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;

/**
 * What layers with one, two or three axes before the channels take: sequences, images, volumes.
 *
 * @hidden
 */
@Internal
public final class SpatialInput {
  private static final String[] EXTENTS = {
    "length, channels", "height, width, channels", "depth, height, width, channels"
  };

  private static final String[] PLURALS = {"sequences", "images", "volumes"};
  private static final String[] UNITS = {"steps", "pixels", "voxels"};

  private SpatialInput() {}

  /** "sequences", "images" or "volumes". */
  public static String plural(int axes) {
    return PLURALS[axes - 1];
  }

  /** "steps", "pixels" or "voxels". */
  static String unit(int axes) {
    return UNITS[axes - 1];
  }

  /** Refuses any shape but one with so many axes before the channels. */
  public static void require(String who, int axes, int[] shape) {
    if (shape.length != axes + 1) {
      throw Messages.wrong(
          "%s expects %s [batch, %s] but receives %s: add %s before it.",
          who, plural(axes), EXTENTS[axes - 1], LayerChecks.batched(shape), fix(axes, shape));
    }
  }

  private static String fix(int axes, int[] shape) {
    if (shape.length == 1) {
      int side = (int) Math.round(Math.pow(shape[0], 1.0 / axes));
      boolean isPower =
          IntStream.range(0, axes).mapToLong(i -> side).reduce(1, (a, b) -> a * b) == shape[0];
      return isPower
          ? "reshape(" + (side + ", ").repeat(axes) + "1)"
          : "reshape(" + EXTENTS[axes - 1] + ") with a product of " + shape[0];
    }
    if (shape.length > axes) {
      int merged = shape.length - axes;
      int first = Shapes.size(Arrays.copyOf(shape, merged));
      return "reshape("
          + first
          + ", "
          + listed(Arrays.copyOfRange(shape, merged, shape.length))
          + ")";
    }
    int[] padded = Arrays.copyOf(shape, axes + 1);
    Arrays.fill(padded, shape.length, padded.length, 1);
    return "reshape(" + listed(padded) + ")";
  }

  private static String listed(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
