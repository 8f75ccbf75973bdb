package org.lossbook.engine.onednn.recurrent;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.engine.onednn.operation.Formats;

/**
 * A matrix in native memory.
 *
 * @param numbers the memory's
 * @param start of its first number
 * @param offset where it begins
 * @param stride how many numbers lie between the starts of two rows, or of two columns if it is
 *     transposed
 */
record Matrix(
    FloatBuffer numbers,
    FloatPointer start,
    int offset,
    int rows,
    int columns,
    int stride,
    boolean isTransposed) {
  /** Row by row, without gaps. */
  static Matrix of(memory memory, int rows, int columns) {
    return of(memory, 0, rows, columns, columns);
  }

  /** From some place on; its rows begin so many numbers after each other. */
  static Matrix of(memory memory, int offset, int rows, int columns, int stride) {
    return new Matrix(
        Formats.numbers(memory), Blocks.from(memory, offset), offset, rows, columns, stride, false);
  }

  /** The same numbers, rows read as columns. */
  Matrix transposed() {
    return new Matrix(numbers, start, offset, columns, rows, stride, !isTransposed);
  }

  /** Some of its rows. */
  Matrix rows(Rows some) {
    int distance = isTransposed ? some.first() : Math.multiplyExact(some.first(), stride);
    return new Matrix(
        numbers,
        start.getPointer(distance),
        offset + distance,
        some.count(),
        columns,
        stride,
        isTransposed);
  }

  /** Writes the same numbers to each row. */
  void fill(float[] row) {
    for (int i = 0; i < rows; i++) {
      numbers.put(offset + i * stride, row);
    }
  }

  /** Reads its first numbers, as many as the array has. */
  void read(float[] into) {
    numbers.get(offset, into);
  }

  /** this = kept · this + left · right; allocates nothing. */
  void multiply(Matrix left, Matrix right, float kept) {
    Products.multiply(
        left.order(),
        right.order(),
        rows,
        columns,
        left.columns,
        left.start,
        left.stride,
        right.start,
        right.stride,
        kept,
        start,
        stride);
  }

  private byte order() {
    return isTransposed ? Products.TRANSPOSED : Products.PLAIN;
  }
}
