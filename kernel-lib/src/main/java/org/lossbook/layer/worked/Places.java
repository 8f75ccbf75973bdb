package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.formula.Numbers;

/** The places of a sequence, an image or a volume, which are counted row by row. */
final class Places {
  /** A picture shows so many numbers a side. */
  private static final int LARGEST = 14;

  private final int[] extents;

  Places(int... extents) {
    this.extents = extents.clone();
  }

  int axes() {
    return extents.length;
  }

  int extent(int axis) {
    return extents[axis];
  }

  int count() {
    return Arrays.stream(extents).reduce(1, (a, b) -> a * b);
  }

  int[] index(int flat) {
    int[] index = new int[extents.length];
    int rest = flat;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      index[axis] = rest % extents[axis];
      rest /= extents[axis];
    }
    return index;
  }

  /** Which place that is; negative outside. */
  int flat(int... index) {
    int place = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      if (index[axis] < 0 || index[axis] >= extents[axis]) {
        return -1;
      }
      place = place * extents[axis] + index[axis];
    }
    return place;
  }

  /** The shape of so many channels at each place. */
  int[] with(int channels) {
    int[] shape = Arrays.copyOf(extents, extents.length + 1);
    shape[extents.length] = channels;
    return shape;
  }

  /** A name for each channel at each place. */
  List<String> names(int channels) {
    List<String> names = new ArrayList<>();
    for (int place = 0; place < count(); place++) {
      String at =
          Arrays.stream(index(place)).mapToObj(Integer::toString).collect(Collectors.joining(", "));
      for (int f = 0; f < channels; f++) {
        names.add(channels == 1 ? at : at + ", channel " + f);
      }
    }
    return names;
  }

  /** Whether there is a picture of them that a page can hold. */
  boolean isPicture() {
    return extents.length <= 2 && Arrays.stream(extents).allMatch(extent -> extent <= LARGEST);
  }

  Grid grid(String title, IntToDoubleFunction numbers, IntPredicate isShaded) {
    int columns = extents[extents.length - 1];
    List<List<String>> text =
        IntStream.range(0, count() / columns)
            .mapToObj(
                r ->
                    IntStream.range(0, columns)
                        .mapToObj(c -> Numbers.brief(numbers.applyAsDouble(r * columns + c)))
                        .toList())
            .toList();
    return new Grid(title, text, (r, c) -> isShaded.test(r * columns + c));
  }
}
