package org.lossbook.data;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Converts ND4J arrays to {@link Values} and back; the only class that starts ND4J. */
final class Nd4jArrays {
  private Nd4jArrays() {}

  static Values values(String who, INDArray array) {
    int[] shape = LongStream.of(array.shape()).mapToInt(Math::toIntExact).toArray();
    if (array.isEmpty()) {
      return Values.own(new double[0], shape.length == 0 ? new int[] {0} : shape);
    }
    var rows = array.dup('c').data(); // dup: an array may be a strided view of another
    if (array.dataType() == DataType.BYTE) {
      NestedArrays.checkByte(who, array.minNumber().doubleValue());
    }
    return array.dataType() == DataType.FLOAT
        ? Values.own(rows.asFloat(), shape)
        : Values.own(rows.asDouble(), shape);
  }

  static INDArray array(float[] data, int[] shape) {
    return Nd4j.createFromArray(data).reshape(longs(shape));
  }

  static INDArray array(double[] data, int[] shape) {
    return Nd4j.createFromArray(data).reshape(longs(shape));
  }

  private static long[] longs(int[] shape) {
    return IntStream.of(shape).asLongStream().toArray();
  }
}
