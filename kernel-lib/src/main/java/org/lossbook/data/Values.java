package org.lossbook.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.config.Require;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Shapes;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Numbers with a shape: what every kind of array becomes at the door of the library, and the only
 * form that it is worked with inside. Immutable; row-major; a shape of {@code []} is one number.
 *
 * <p>{@link #of(String, Object)} takes numbers, arrays of numbers of any depth ({@code double[]},
 * {@code float[][]}, {@code int[]}, …), ND4J's {@code INDArray}, Tablesaw's numeric columns and
 * tables of them, and a dataset's {@link View}. ND4J is started by {@link #toINDArray()} alone.
 *
 * <pre>{@code
 * Values.of("mse", new double[][] {{1, 2}, {3, 4}}).shape()     // [2, 2]
 * }</pre>
 */
public final class Values {
  private static final int SHOWN = 8;

  private final int[] shape;
  private final Object data; // float[] where they came as such: half the memory; else double[]

  private Values(Object data, int length, int[] shape) {
    int size =
        Shapes.size(
            Require.given(shape, "values", "a shape", "toDoubles() has the numbers in a row"));
    if (size != length) {
      throw new IllegalArgumentException(
          "values of shape %s are %d numbers but %d are given: give one for each position."
              .formatted(Arrays.toString(shape), size, length));
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
   * The numbers in {@code value}, whatever kind of array it is.
   *
   * @param who is asking, for the error: {@code mse}, {@code fit}
   * @throws IllegalArgumentException where it holds no numbers, none at all, or rows of different
   *     lengths
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
      throw new IllegalArgumentException(
          "%s expects numbers but receives an empty array %s: give it at least one row."
              .formatted(who, Arrays.toString(values.shape)));
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

  /** How many numbers there are. */
  public int size() {
    return data instanceof float[] floats ? floats.length : ((double[]) data).length;
  }

  /** The length of the first dimension; 1 for a single number. */
  public int rows() {
    return rank() == 0 ? 1 : shape[0];
  }

  /** How many numbers a row has. */
  public int rowSize() {
    return size() / rows();
  }

  /** The number at a place of the flat, row-major order. */
  public double get(int index) {
    if (index < 0 || index >= size()) {
      throw new NoSuchRows(
          "get expects an index from 0 to %,d but receives %,d: the shape is %s."
              .formatted(size() - 1, index, Arrays.toString(shape)));
    }
    return data instanceof float[] floats ? floats[index] : ((double[]) data)[index];
  }

  /** All numbers in row-major order, as a copy. */
  public double[] toDoubles() {
    return data instanceof float[] floats
        ? IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray()
        : ((double[]) data).clone();
  }

  /** All numbers in row-major order, as a copy; doubles are rounded to floats. */
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

  /** For those that only read: no copy where the numbers are floats. */
  float[] sharedFloats() {
    return data instanceof float[] floats ? floats : toFloats();
  }

  /** The same numbers in another shape of as many places. */
  public Values reshape(int... other) {
    return new Values(data, size(), other);
  }

  /**
   * These values, after a look at each of them.
   *
   * @param who is asking, and {@code name} what these are to it: {@code fit}, {@code x}
   * @throws IllegalArgumentException where one is NaN or infinite: which, and where
   */
  public Values finite(String who, String name) {
    for (int i = 0; i < size(); i++) {
      double value = get(i);
      if (!Float.isFinite((float) value)) { // models compute in floats
        throw new IllegalArgumentException(
            "%s expects finite numbers but %s has %s at %s: remove that row or fill it in."
                .formatted(who, name, value, Arrays.toString(place(i))));
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

  /** An ND4J array of the same shape and precision. The first one of a process starts ND4J. */
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

  /** {@code [[1, 2], [3, 4]]}; of a long one its shape and its first numbers. */
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

  /** A float as the short decimal that a person reads it as. */
  private double[] shown(int count) {
    return IntStream.range(0, count)
        .mapToDouble(
            i -> data instanceof float[] f ? Double.parseDouble(Float.toString(f[i])) : get(i))
        .toArray();
  }
}
