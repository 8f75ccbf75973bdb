package org.lossbook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.view.SampleSource;
import org.lossbook.engine.Shapes;

/**
 * A sample and its target, for a {@link DataStream}.
 *
 * <pre>{@code
 * sample(vector(1, 2), 0)
 * sample(List.of(picture, facts), vector(0, 1))
 * sample("a good film", 1)
 * }</pre>
 */
public final class Sample {
  private final List<Object> x;
  private final List<Object> y;
  private final OptionalDouble weight;

  private Sample(List<Object> x, List<Object> y, OptionalDouble weight) {
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
      throw Messages.wrong(
          "sample expects a weight of 0 or more but receives %s: 1 is the normal weight.", weight);
    }
    return new Sample(parts("x", x), parts("y", y), OptionalDouble.of(weight));
  }

  private static List<Object> parts(String name, Object given) {
    List<?> all = given instanceof List<?> several ? several : Arrays.asList(given);
    return all.stream().map(each -> part(name, each)).toList();
  }

  /** Texts, or numbers. */
  private static Object part(String name, Object given) {
    return name.equals("x") && Texts.areTexts(given)
        ? Texts.of("sample", given)
        : Values.of("sample", given).finite("sample", name);
  }

  private static int[] shape(Object part) {
    return part instanceof Texts texts ? texts.shape() : ((Values) part).shape();
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

  private List<Object> side(String name) {
    return name.equals("x") ? x : y;
  }

  private static Object joined(String name, List<Sample> samples) {
    List<Object> first = samples.get(0).side(name);
    List<Object> all =
        IntStream.range(0, first.size()).mapToObj(part -> joined(name, samples, part)).toList();
    return all.size() == 1 ? all.get(0) : all;
  }

  private static Object joined(String name, List<Sample> samples, int part) {
    List<Object> first = samples.get(0).side(name);
    int[] shape = shape(first.get(part));
    boolean isText = first.get(part) instanceof Texts;
    int size = Shapes.size(shape);
    float[] all = new float[isText ? 0 : Math.multiplyExact(samples.size(), size)];
    List<List<String>> texts = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      List<Object> own = samples.get(i).side(name);
      boolean isAlike =
          own.size() == first.size()
              && Arrays.equals(shape(own.get(part)), shape)
              && own.get(part) instanceof Texts == isText;
      if (!isAlike) {
        throw Messages.wrong(
            "A stream expects samples of one shape in a batch but receives %s in %s after %s: pad or cut them, or make batches of your own with batch(x, y).",
            shown(own), name, shown(first));
      }
      if (isText) {
        texts.add(((Texts) own.get(part)).all());
      } else {
        System.arraycopy(((Values) own.get(part)).toFloats(), 0, all, i * size, size);
      }
    }
    if (isText) {
      return Texts.of("sample", texts);
    }
    return Values.of(all, Shapes.batched(samples.size(), shape));
  }

  private static String shown(List<Object> parts) {
    return String.join(
        " and ",
        parts.stream()
            .map(each -> (each instanceof Texts ? "texts " : "") + Arrays.toString(shape(each)))
            .toList());
  }

  /** The shapes of sample and target. */
  @Override
  public String toString() {
    return Messages.of("sample %s, target %s", shown(x), shown(y));
  }
}
