package org.lossbook.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Shapes;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An immutable array of numbers with a shape, row-major: the common form of all arrays passed to
 * the library. A shape of {@code []} is a single number.
 *
 * <p>{@link #of(String, Object)} accepts numbers, nested arrays of numbers ({@code double[]},
 * {@code float[][]}, {@code int[]}, …), ND4J's {@code INDArray}, Tablesaw's numeric columns and
 * tables of them, and a dataset's {@link View}. Only {@link #toINDArray()} starts ND4J.
 *
 * <pre>{@code
 * Values.of("mse", new double[][] {{1, 2}, {3, 4}}).shape()     // [2, 2]
 * }</pre>
 */
public final class Values {
  private static final int SHOWN = 8;

  private final int[] shape;
  private final Object data; // float[] if given as floats, at half the memory; else double[]

  private Values(Object data, int length, int[] shape) {
    int size =
        Shapes.size(
            Require.given(shape, "values", "a shape", "toDoubles() has the numbers in a row"));
    if (size != length) {
      throw Messages.wrong(
          "values of shape %s are %d numbers but %d are given: give one for each position.",
          Arrays.toString(shape), size, length);
    }
    this.data = data;
    this.shape = shape.clone();
  }

  /** A copy of {@code data}, row-major, in this shape. */
  public static Values of(double[] data, int... shape) {
    return own(given(data).clone(), shape);
  }

  /** A copy of {@code data}, row-major, in this shape. */
  public static Values of(float[] data, int... shape) {
    return own(given(data).clone(), shape);
  }

  private static <T> T given(T data) {
    return Require.given(data, "values", "numbers", "new double[] {1, 2} are some");
  }

  static Values own(double[] data, int... shape) {
    return new Values(data, data.length, shape);
  }

  static Values own(float[] data, int... shape) {
    return new Values(data, data.length, shape);
  }

  /**
   * Converts {@code value}, an array of any supported kind.
   *
   * @param who the caller's name, for error messages: {@code mse}, {@code fit}
   * @throws IllegalArgumentException if it is not numeric, is empty, or is ragged
   */
  public static Values of(String who, Object value) {
    if (who == null || who.isBlank()) {
      throw new IllegalArgumentException(
          "values expects the caller's name but receives none: write Values.of(\"mse\", …).");
    }
    Values values;
    if (value instanceof Values known) {
      values = known;
    } else if (value instanceof Number number) {
      values = own(new double[] {number.doubleValue()});
    } else if (value != null && value.getClass().isArray()) {
      values = NestedArrays.values(who, value);
    } else if (value instanceof View view) {
      values = own(view.toArray(), view.shape());
    } else {
      values = ArrayAdapters.values(who, value);
    }
    if (values.size() == 0) {
      throw Messages.wrong(
          "%s expects numbers but receives an empty array %s: give it at least one row.",
          who, Arrays.toString(values.shape));
    }
    return values;
  }

  /** The length of each dimension; empty for a single number. */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of dimensions: 0 for a number, 1 for a vector, 2 for a matrix. */
  public int rank() {
    return shape.length;
  }

  /** The number of elements. */
  public int size() {
    return data instanceof float[] floats ? floats.length : ((double[]) data).length;
  }

  /** The length of the first dimension; 1 for a single number. */
  public int rows() {
    return rank() == 0 ? 1 : shape[0];
  }

  /** The number of elements in a row. */
  public int rowSize() {
    return size() / rows();
  }

  /** The element at a flat, row-major index. */
  public double get(int index) {
    if (index < 0 || index >= size()) {
      throw new NoSuchRows(
          Messages.of(
              "get expects an index from 0 to %,d but receives %,d: the shape is %s.",
              size() - 1, index, Arrays.toString(shape)));
    }
    return data instanceof float[] floats ? floats[index] : ((double[]) data)[index];
  }

  /** A copy of all elements in row-major order. */
  public double[] toDoubles() {
    return data instanceof float[] floats
        ? IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray()
        : ((double[]) data).clone();
  }

  /** A copy of all elements in row-major order as floats; doubles are rounded. */
  public float[] toFloats() {
    if (data instanceof float[] floats) {
      return floats.clone();
    }
    double[] doubles = (double[]) data;
    float[] rounded = new float[doubles.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) doubles[i];
    }
    return rounded;
  }

  /** The elements as floats, read-only: not copied if they are floats already. */
  float[] sharedFloats() {
    return data instanceof float[] floats ? floats : toFloats();
  }

  /** The same elements in another shape of equal size. */
  public Values reshape(int... other) {
    return new Values(data, size(), other);
  }

  /**
   * Checks that all elements are finite, and returns these values.
   *
   * @param who the caller's name, for error messages: {@code fit}
   * @throws IllegalArgumentException if an element is NaN or infinite; the message says which, and
   *     where
   */
  public Values finite(String who, String name) {
    for (int i = 0; i < size(); i++) {
      double value = get(i);
      if (!Float.isFinite((float) value)) { // models compute in floats
        throw Messages.wrong(
            "%s expects finite numbers but %s has %s at %s: remove that row or fill it in.",
            who, name, value, Arrays.toString(place(i)));
      }
    }
    return this;
  }

  private int[] place(int index) {
    int[] place = new int[shape.length];
    for (int d = shape.length - 1, rest = index; d >= 0; d--) {
      place[d] = rest % shape[d];
      rest /= shape[d];
    }
    return place;
  }

  /** An ND4J array of the same shape and precision. The first call in a process starts ND4J. */
  public INDArray toINDArray() {
    return data instanceof float[] floats
        ? Nd4jArrays.array(floats, shape)
        : Nd4jArrays.array((double[]) data, shape);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values values
        && Arrays.equals(shape, values.shape)
        && Arrays.equals(toDoubles(), values.toDoubles());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(toDoubles());
  }

  /** {@code [[1, 2], [3, 4]]}; for a large array its shape and first elements. */
  @Override
  public String toString() {
    if (size() > SHOWN * SHOWN || rank() > 2) {
      String first = Descriptions.numbers(shown(Math.min(SHOWN, size()))).replace("]", ", …]");
      return "values " + Arrays.toString(shape) + " " + first;
    }
    double[] all = shown(size());
    return switch (rank()) {
      case 0 -> Descriptions.number(all[0]);
      case 1 -> Descriptions.numbers(all);
      default -> Descriptions.rows(all, rowSize());
    };
  }

  /** The first elements; a float as its shortest decimal. */
  private double[] shown(int count) {
    return IntStream.range(0, count)
        .mapToDouble(
            i -> data instanceof float[] f ? Double.parseDouble(Float.toString(f[i])) : get(i))
        .toArray();
  }
}
