package org.lossbook.layer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;

/**
 * Axes that a layer works over, numbered as in Keras: 1 is the first of a sample, −1 the last.
 *
 * @hidden
 */
@Internal
public final class Axes {
  /** The last axis alone. */
  public static final Axes LAST = new Axes(-1);

  private final int[] axes;

  private Axes(int... axes) {
    this.axes = axes;
  }

  /** These axes, none of which may be the batch. */
  public static Axes of(String who, int... axes) {
    Require.given(axes, who, "an axis", "-1 is the last");
    if (axes.length == 0 || Arrays.stream(axes).anyMatch(axis -> axis == 0)) {
      throw Messages.wrong(
          "%s expects axes of a sample but receives %s: 1 is a sample's first axis, -1 its last.",
          who, axes.length == 0 ? "none" : "0, the batch");
    }
    return new Axes(axes.clone());
  }

  /** Those that a file has under that name: a number or a list. */
  public static Axes from(Settings settings, String name, Axes defaultAxes) {
    return settings
        .value(name)
        .map(
            value ->
                of(
                    settings.className(),
                    value instanceof List<?>
                        ? settings.integers(name)
                        : new int[] {settings.integer(name)}))
        .orElse(defaultAxes);
  }

  /**
   * The one axis that a file has under that name, a number or a list of one; by default the last.
   */
  public static Axes one(Settings settings, String name) {
    Axes axes = from(settings, name, LAST);
    return axes.count() == 1 ? axes : settings.wrong(name, "one axis", axes.saved());
  }

  /** How many they are. */
  public int count() {
    return axes.length;
  }

  /** As a file has them: a number where it is one. */
  public Object saved() {
    return axes.length == 1 ? (Object) axes[0] : Arrays.stream(axes).boxed().toList();
  }

  /**
   * Their places in a sample's shape, counted from 0, in ascending order.
   *
   * @throws IllegalArgumentException where the shape has no such axis or one is named twice
   */
  public int[] in(String who, int... shape) {
    int[] places = Arrays.stream(axes).map(axis -> place(axis, shape.length)).sorted().toArray();
    boolean areThere = places[0] >= 0 && places[places.length - 1] < shape.length;
    if (!areThere || IntStream.of(places).distinct().count() < places.length) {
      throw Messages.wrong(
          "%s expects %s of %s but receives %s: %s.",
          who,
          axes.length == 1 ? "an axis" : "different axes",
          LayerChecks.batched(shape),
          this,
          shape.length == 0
              ? "add reshape(1) before it"
              : "1 is a sample's first axis, -1 its last");
    }
    return places;
  }

  /**
   * The extents of these axes, in the order that Keras gives a weight: that of the axes' numbers,
   * negative ones first.
   */
  public int[] extents(int... shape) {
    return Arrays.stream(axes).sorted().map(axis -> shape[place(axis, shape.length)]).toArray();
  }

  private static int place(int axis, int rank) {
    return axis < 0 ? rank + axis : axis - 1;
  }

  /** As written in a call: {@code -1} or {@code 1, 2}. */
  @Override
  public String toString() {
    return String.join(", ", Arrays.stream(axes).mapToObj(Integer::toString).toList());
  }
}
