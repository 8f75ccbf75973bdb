package org.lossbook.data.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * Descriptions of datasets, shapes and numbers, independent of the locale.
 *
 * @hidden
 */
@Internal
public final class Descriptions {
  private Descriptions() {}

  /**
   * Describes a dataset: {@code 60,000 images 28×28×1, 10 classes} or {@code 20 samples [10],
   * targets [1]}.
   */
  public static String dataset(SampleSource data) {
    int[] shape = data.sampleShape();
    String samples =
        shape.length == 3
            ? count(data.size()) + " images " + times(shape)
            : count(data.size()) + samples(data);
    return samples
        + (data.hasLabels()
            ? Messages.of(", %d classes", data.classNames().size())
            : ", targets " + shapes(data.targetShapes()))
        + (data.weightsPerSample() > 0 ? ", with weights" : "");
  }

  private static String samples(SampleSource data) {
    boolean isOneText =
        data.texts().isPresent() && data.sampleShapes().size() == 1 && data.sampleShape()[0] == 1;
    return isOneText
        ? " texts"
        : " samples " + shapes(data.sampleShapes()) + (data.texts().isPresent() ? " of texts" : "");
  }

  private static String shapes(List<int[]> shapes) {
    return shapes.stream().map(Arrays::toString).collect(Collectors.joining(" and "));
  }

  /** A number without a needless decimal point: {@code 3} or {@code 2.5}. */
  public static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * A number with five significant digits: {@code 104.47}, {@code 0.012346}, {@code 1.2346e-09}.
   */
  public static String brief(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : Double.toString(value);
    }
    return size < 1e-4 || size >= 1e9
        ? String.format(Locale.ROOT, "%.4e", value)
        : new BigDecimal(value)
            .round(new MathContext(Math.max(5, (int) Math.ceil(Math.log10(size)))))
            .stripTrailingZeros()
            .toPlainString();
  }

  /** {@code [3, 2.5]}. */
  public static String numbers(double[] values) {
    return DoubleStream.of(values)
        .mapToObj(Descriptions::number)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** {@code [[1, 2], [3, 4]]}. */
  public static String rows(double[] values, int rowSize) {
    return IntStream.range(0, values.length / rowSize)
        .mapToObj(r -> numbers(Arrays.copyOfRange(values, r * rowSize, (r + 1) * rowSize)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** A count with thousands separators: {@code 60,000}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String times(int[] shape) {
    return IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining("×"));
  }
}
