package org.lossbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.lossbook.data.view.SampleSource;

/**
 * A sample and its target, for a {@link DataStream}.
 *
 * <pre>{@code
 * sample(vector(1, 2), 0)
 * sample(List.of(picture, facts), vector(0, 1))
 * }</pre>
 */
public final class Sample {
  private final List<Values> x;
  private final List<Values> y;
  private final OptionalDouble weight;

  private Sample(List<Values> x, List<Values> y, OptionalDouble weight) {
    this.x = x;
    this.y = y;
    this.weight = weight;
  }

  /**
   * A sample and its target.
   *
   * @param x a number or an array of any kind; a list of them for a model with several inputs
   * @param y the target: a label, a number, or a row
   * @throws IllegalArgumentException if one of them is not numeric
   */
  public static Sample of(Object x, Object y) {
    return new Sample(parts("x", x), parts("y", y), OptionalDouble.empty());
  }

  /** A sample with a weight of 0 or more, by which its loss is multiplied. */
  public static Sample of(Object x, Object y, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "sample expects a weight of 0 or more but receives %s: 1 is the normal weight."
              .formatted(weight));
    }
    return new Sample(parts("x", x), parts("y", y), OptionalDouble.of(weight));
  }

  private static List<Values> parts(String name, Object given) {
    List<?> all = given instanceof List<?> several ? several : Arrays.asList(given);
    return all.stream().map(each -> Values.of("sample", each).finite("sample", name)).toList();
  }

  /** Joins several samples into a batch. */
  static Batch batch(List<Sample> samples) {
    SampleSource data = ArraySource.of("dataset", joined("x", samples), joined("y", samples));
    boolean isWeighted = samples.stream().anyMatch(sample -> sample.weight.isPresent());
    if (!isWeighted) {
      return Batch.of(data);
    }
    double[] weights = samples.stream().mapToDouble(sample -> sample.weight.orElse(1)).toArray();
    return Batch.of(data).weighted(weights);
  }

  private List<Values> side(String name) {
    return name.equals("x") ? x : y;
  }

  private static Object joined(String name, List<Sample> samples) {
    List<Values> first = samples.get(0).side(name);
    List<Values> all =
        IntStream.range(0, first.size()).mapToObj(part -> joined(name, samples, part)).toList();
    return all.size() == 1 ? all.get(0) : all;
  }

  private static Values joined(String name, List<Sample> samples, int part) {
    List<Values> first = samples.get(0).side(name);
    int[] shape = first.get(part).shape();
    int size = first.get(part).size();
    float[] all = new float[Math.multiplyExact(samples.size(), size)];
    for (int i = 0; i < samples.size(); i++) {
      List<Values> own = samples.get(i).side(name);
      boolean isAlike = own.size() == first.size() && Arrays.equals(own.get(part).shape(), shape);
      if (!isAlike) {
        throw new IllegalArgumentException(
            "A stream expects samples of one shape in a batch but receives %s in %s after %s: pad or cut them, or make batches of your own with batch(x, y)."
                .formatted(shown(own), name, shown(first)));
      }
      System.arraycopy(own.get(part).toFloats(), 0, all, i * size, size);
    }
    return Values.of(
        all, IntStream.concat(IntStream.of(samples.size()), IntStream.of(shape)).toArray());
  }

  private static String shown(List<Values> parts) {
    return String.join(" and ", parts.stream().map(each -> Arrays.toString(each.shape())).toList());
  }

  /** The shapes of sample and target. */
  @Override
  public String toString() {
    return "sample %s, target %s".formatted(shown(x), shown(y));
  }
}
