package org.lossbook.layer.preprocessing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Shapes;

/**
 * Constants of a layer: one number, or an array of them that is broadcast over samples, aligned at
 * the last axis.
 *
 * @param shape empty for one number
 * @param numbers row-major
 */
record Constants(int[] shape, double[] numbers) {
  /** One number for all, or one for each channel. */
  static Constants of(String who, String what, double... numbers) {
    Require.given(numbers, who, "a number for its " + what, "write one, or one for each channel");
    return new Constants(
            numbers.length == 1 ? new int[0] : new int[] {numbers.length}, numbers.clone())
        .checked(who, what);
  }

  private Constants checked(String who, String what) {
    if (numbers.length == 0 || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw Messages.wrong(
          "%s expects finite numbers for its %s but receives %s: one stands for all, as many as there are channels for each of them.",
          who, what, numbers.length == 0 ? "none" : Arrays.toString(numbers));
    }
    return this;
  }

  /** What a file has under that name: a number, nested lists of them, or an array of NumPy. */
  static Optional<Constants> from(Settings settings, String name) {
    return settings.value(name).map(value -> read(settings, name, value));
  }

  private static Constants read(Settings settings, String name, Object value) {
    if (value instanceof Config array) { // __numpy__, __tensor__ or __tuple__
      Object inner = array.get("value").orElse(value);
      return inner == value ? wrong(settings, name, value) : read(settings, name, inner);
    }
    if (value instanceof Number number) {
      return new Constants(new int[0], new double[] {number.doubleValue()})
          .checked(settings.className(), name);
    }
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      return wrong(settings, name, value);
    }
    List<Constants> parts = list.stream().map(each -> read(settings, name, each)).toList();
    int[] inner = parts.get(0).shape;
    if (parts.stream().anyMatch(part -> !Arrays.equals(part.shape, inner))) {
      return wrong(settings, name, value);
    }
    int[] shape = new int[inner.length + 1];
    shape[0] = parts.size();
    System.arraycopy(inner, 0, shape, 1, inner.length);
    return new Constants(
        shape, parts.stream().flatMapToDouble(part -> Arrays.stream(part.numbers)).toArray());
  }

  private static Constants wrong(Settings settings, String name, Object value) {
    return settings.wrong(name, "numbers", value);
  }

  /** As a file has them. */
  Object saved() {
    return saved(0, 0, numbers.length);
  }

  private Object saved(int axis, int from, int to) {
    if (axis == shape.length) {
      return numbers[from];
    }
    int each = (to - from) / shape[axis];
    List<Object> list = new ArrayList<>();
    for (int start = from; start < to; start += each) {
      list.add(saved(axis + 1, start, start + each));
    }
    return list;
  }

  /** Whether they can be broadcast over samples of that shape without making them larger. */
  boolean fit(int... sample) {
    int surplus = shape.length - sample.length;
    for (int axis = 0; axis < shape.length; axis++) {
      int extent = axis < surplus ? 1 : sample[axis - surplus];
      if (shape[axis] != 1 && shape[axis] != extent) {
        return false;
      }
    }
    return true;
  }

  /**
   * The numbers for the last extents of a sample, as many of them as differ, so that they can be
   * repeated over the rest.
   */
  float[] over(int... sample) {
    int first = 0;
    while (first < shape.length && shape[first] == 1) {
      first++;
    }
    int[] own = Arrays.copyOfRange(shape, first, shape.length);
    int[] whole = Arrays.copyOfRange(sample, sample.length - own.length, sample.length);
    float[] all = new float[Shapes.size(whole)];
    for (int i = 0; i < all.length; i++) {
      int from = 0;
      int rest = i;
      int stride = 1;
      for (int axis = own.length - 1; axis >= 0; axis--) {
        from += own[axis] == 1 ? 0 : rest % whole[axis] * stride;
        rest /= whole[axis];
        stride *= own[axis];
      }
      all[i] = (float) numbers[from];
    }
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Constants constants
        && Arrays.equals(shape, constants.shape)
        && Arrays.equals(numbers, constants.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  /** As in a message: {@code 0.5} or {@code [0.5, 0.25]}. */
  @Override
  public String toString() {
    return saved().toString();
  }
}
