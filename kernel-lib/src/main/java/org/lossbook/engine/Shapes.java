package org.lossbook.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;

/**
 * Sizes and texts of shapes.
 *
 * @hidden
 */
@Internal
public final class Shapes {
  /** An extent that is not fixed: a length or size that the data decides. */
  public static final int ANY = -1;

  private Shapes() {}

  /** Whether all extents are known. */
  public static boolean areFixed(int... shape) {
    return Arrays.stream(shape).noneMatch(extent -> extent == ANY);
  }

  /** Whether all extents of all shapes are known. */
  public static boolean areFixed(Collection<int[]> shapes) {
    return shapes.stream().allMatch(Shapes::areFixed);
  }

  /** The shape with {@code extent} for those that are not fixed. */
  public static int[] fixed(int extent, int... shape) {
    return Arrays.stream(shape).map(each -> each == ANY ? extent : each).toArray();
  }

  /** Whether a value of that shape fits: any extent will do where it is not fixed. */
  public static boolean fits(int[] expected, int[] given) {
    return expected.length == given.length
        && IntStream.range(0, given.length)
            .allMatch(axis -> expected[axis] == ANY || expected[axis] == given[axis]);
  }

  /** A shape as messages write it: {@code [28, 28, 1]}, {@code [any, any, 3]}. */
  public static String text(int... shape) {
    return Arrays.stream(shape)
        .mapToObj(extent -> extent == ANY ? "any" : String.valueOf(extent))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** The size of one sample of {@code shape}: {@code [26, 26, 32]} has 21,632, {@code []} one. */
  public static int size(int... shape) {
    long size = count(shape);
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The shape %s has %s numbers a sample but at most %,d can be held: take smaller"
                  + " extents.",
              Arrays.toString(shape),
              size == Long.MAX_VALUE ? "too many" : String.format(Locale.ROOT, "%,d", size),
              Integer.MAX_VALUE));
    }
    return (int) size;
  }

  /**
   * The exact size, even beyond what an array can hold; it saturates like {@link Memory#product}.
   */
  public static long count(int... shape) {
    long count = 1;
    for (int extent : shape) { // without a stream, because steps ask for the sizes of parameters
      count = Memory.product(count, extent);
    }
    return count;
  }

  /** A shape without trailing ones. */
  public static int[] trimmed(int... shape) {
    int rank = shape.length;
    while (rank > 0 && shape[rank - 1] == 1) {
      rank--;
    }
    return Arrays.copyOf(shape, rank);
  }

  /** The shape of so many arrays of that shape, one after the other. */
  public static int[] batched(int count, int... shape) {
    return IntStream.concat(IntStream.of(count), IntStream.of(shape)).toArray();
  }

  /** The length of the last axis of a sample; 1 if a sample is one number. */
  public static int last(int... shape) {
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  /**
   * The shape of elementwise results of two samples, aligned at their last axes, where an extent of
   * 1 is repeated; none where they do not fit: {@code [1, 1, 8]} and {@code [5, 5, 8]} give {@code
   * [5, 5, 8]}.
   */
  public static Optional<int[]> broadcast(int[] a, int[] b) {
    int[] longer = (a.length < b.length ? b : a).clone();
    int[] shorter = a.length < b.length ? a : b;
    int offset = longer.length - shorter.length;
    for (int i = 0; i < shorter.length; i++) {
      int extent = longer[offset + i];
      if (extent != shorter[i] && extent != 1 && shorter[i] != 1) {
        return Optional.empty();
      }
      longer[offset + i] = extent == 1 ? shorter[i] : extent;
    }
    return Optional.of(longer);
  }

  /** A shape as Keras prints it, batch first: {@code (None, 26, 26, 32)}. */
  public static String withBatch(int... shape) {
    return Arrays.stream(shape)
        .mapToObj(extent -> extent == ANY ? ", None" : ", " + extent)
        .collect(Collectors.joining("", "(None", shape.length == 0 ? ",)" : ")"));
  }

  /** A batch's shape as files have it: empty for the batch and for what is not fixed. */
  public static List<Object> saved(int... shape) {
    List<Object> extents = new ArrayList<>();
    extents.add(Optional.empty());
    for (int extent : shape) {
      extents.add(extent == ANY ? Optional.empty() : extent);
    }
    return extents;
  }
}
