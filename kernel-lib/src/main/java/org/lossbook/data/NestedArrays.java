package org.lossbook.data;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;

/** Converts nested Java arrays of numbers, of any depth, to {@link Values}. */
final class NestedArrays {
  private final String who;
  private final int[] shape;
  private final Object numbers; // float[] for floats, else double[]
  private int filled;

  private NestedArrays(String who, int[] shape, Class<?> leaf) {
    this.who = who;
    this.shape = shape;
    int size = Shapes.size(shape);
    this.numbers = leaf == float.class ? new float[size] : new double[size];
  }

  static Values values(String who, Object array) {
    if (array instanceof float[] floats) {
      return Values.of(floats, floats.length);
    }
    if (array instanceof double[] doubles) {
      return Values.of(doubles, doubles.length);
    }
    var nested = new NestedArrays(who, shape(who, array), leaf(array.getClass()));
    nested.fill(array, 0);
    return nested.numbers instanceof float[] floats
        ? Values.own(floats, nested.shape)
        : Values.own((double[]) nested.numbers, nested.shape);
  }

  /** The shape according to the first row of each dimension. */
  private static int[] shape(String who, Object array) {
    Class<?> leaf = leaf(array.getClass());
    if (!Number.class.isAssignableFrom(leaf)
        && !(leaf.isPrimitive() && leaf != boolean.class && leaf != char.class)) {
      throw Messages.wrong(
          "%s expects numbers but receives %s: make a double[] or double[][] of them.",
          who, array.getClass().getSimpleName());
    }
    var shape = IntStream.builder();
    Object row = array;
    while (row != null && row.getClass().isArray()) {
      int length = Array.getLength(row);
      shape.add(length);
      row = length > 0 ? Array.get(row, 0) : null;
    }
    return shape.build().toArray();
  }

  private static Class<?> leaf(Class<?> array) {
    Class<?> leaf = array;
    while (leaf.isArray()) {
      leaf = leaf.getComponentType();
    }
    return leaf;
  }

  private void fill(Object row, int depth) {
    int length = row == null ? 0 : Array.getLength(row);
    if (length != shape[depth]) {
      throw Messages.wrong(
          "%s expects rows of equal length but receives one of %d and one of %d: pad the short row or cut the long one.",
          who, length, shape[depth]);
    }
    if (depth < shape.length - 1) {
      for (int i = 0; i < length; i++) {
        fill(Array.get(row, i), depth + 1);
      }
    } else {
      copy(row, length);
    }
  }

  private void copy(Object row, int length) {
    if (row instanceof double[] || row instanceof float[]) {
      System.arraycopy(row, 0, numbers, filled, length);
    } else {
      for (int i = 0; i < length; i++) {
        ((double[]) numbers)[filled + i] = number(Array.get(row, i));
      }
    }
    filled += length;
  }

  /** Refuses a negative byte: bytes are almost always pixels, which are unsigned, unlike Java's. */
  static void checkByte(String who, double value) {
    if (value < 0) {
      throw Messages.wrong(
          "%s expects numbers but receives bytes, one of them %d, which as a pixel is %d: use picture.values() instead of pixels(), (b & 0xff) / 255.0 of each byte b, or ints if negative numbers are meant.",
          who, (int) value, (int) value & 0xff);
    }
  }

  private double number(Object value) {
    if (value instanceof Byte b) {
      checkByte(who, b);
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw Messages.wrong(
        "%s expects numbers but an array of shape %s has a null in it: give every position a number.",
        who, Arrays.toString(shape));
  }
}
