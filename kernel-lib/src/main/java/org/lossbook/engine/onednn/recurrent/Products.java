package org.lossbook.engine.onednn.recurrent;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Products of matrices, on the thread that asks: those over all steps in parts, for a team, those
 * of one step as a call.
 */
final class Products {
  static final byte PLAIN = 'N';
  static final byte TRANSPOSED = 'T';

  private Products() {}

  /** What writes left · right + bias, in parts that do not need each other. */
  static List<Runnable> inParts(
      int parts, Matrix left, Matrix right, Optional<Matrix> bias, Matrix to) {
    return IntStream.range(0, parts)
        .mapToObj(part -> Rows.part(part, parts, to.rows()))
        .filter(rows -> rows.count() > 0)
        .map(rows -> part(left.rows(rows), right, bias, to.rows(rows)))
        .toList();
  }

  private static Runnable part(Matrix left, Matrix right, Optional<Matrix> bias, Matrix to) {
    if (bias.isEmpty()) {
      return () -> to.multiply(left, right, 0);
    }
    Matrix row = bias.get();
    float[] numbers = new float[row.columns()];
    return () -> {
      row.read(numbers);
      to.fill(numbers);
      to.multiply(left, right, 1);
    };
  }

  /** to = kept · to + left · right, on as many threads as were set for the calling one. */
  static void multiply(
      byte leftOrder,
      byte rightOrder,
      int rows,
      int columns,
      int inner,
      FloatPointer left,
      int leftStride,
      FloatPointer right,
      int rightStride,
      float kept,
      FloatPointer to,
      int stride) {
    int status =
        dnnl.dnnl_sgemm(
            leftOrder,
            rightOrder,
            rows,
            columns,
            inner,
            1,
            left,
            leftStride,
            right,
            rightStride,
            kept,
            to,
            stride);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(
          "oneDNN could not run the matrix product of a step: status " + status + ".");
    }
  }

  /** A part of the recurrent kernel, by which the state of each step is multiplied. */
  record Factor(FloatPointer start, int inputs, int outputs, int stride) {
    /** to = kept · to + state · kernel, for so many rows. */
    void multiply(int rows, FloatPointer state, int width, float kept, FloatPointer to, int into) {
      multiply(PLAIN, rows, outputs, inputs, state, width, kept, to, into);
    }

    /** to = kept · to + gradient · transposed kernel, for so many rows. */
    void multiplyBack(
        int rows, FloatPointer gradient, int width, float kept, FloatPointer to, int into) {
      multiply(TRANSPOSED, rows, inputs, outputs, gradient, width, kept, to, into);
    }

    private void multiply(
        byte how,
        int rows,
        int columns,
        int inner,
        FloatPointer left,
        int width,
        float kept,
        FloatPointer to,
        int into) {
      Products.multiply(
          PLAIN, how, rows, columns, inner, left, width, start, stride, kept, to, into);
    }
  }
}
