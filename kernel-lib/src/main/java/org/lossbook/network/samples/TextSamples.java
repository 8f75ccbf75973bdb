package org.lossbook.network.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.EncodedTexts;
import org.lossbook.data.Texts;
import org.lossbook.data.View;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.SampleTexts;
import org.lossbook.data.view.SourceView;
import org.lossbook.engine.Shapes;
import org.lossbook.network.Network;

/**
 * Samples whose texts have become the numbers that a network's plan takes. Each text is read once;
 * its numbers are written out batch by batch, because a row with a number for each word of a
 * vocabulary is far longer than the text.
 *
 * @hidden
 */
@Internal
public final class TextSamples extends SourceView {
  private static final int CHUNK = 1 << 12;

  private final List<Part> parts;
  private final int given; // numbers of a sample of the source
  private float[] buffer = new float[0];

  /**
   * A value of a sample.
   *
   * @param from where it begins in a sample of the source
   * @param shape of its numbers
   * @param encoded what was made of its texts; none where it holds numbers
   * @param rows finds the row of that for the places of a sample's texts
   */
  private record Part(
      int from, int count, int[] shape, Optional<EncodedTexts> encoded, Rows rows) {}

  private interface Rows {
    int of(float[] numbers, int at);
  }

  private TextSamples(SampleSource base, List<Part> parts) {
    super(base);
    this.parts = parts;
    given = Shapes.size(base.sampleShape());
  }

  /** A dataset for a network: its texts become numbers where the network reads texts. */
  public static Dataset numbers(String who, Network network, Dataset data) {
    Optional<SampleTexts> texts = data.texts();
    if (!network.takesTexts() && texts.isEmpty() || data.size() == 0) {
      return data;
    }
    requireKinds(who, network, texts, data.sampleShapes());
    return Dataset.of(new TextSamples(data, parts(who, network, data)));
  }

  /** Samples of any kind for a network, in the same way. */
  public static Object ready(String who, Network network, Object samples) {
    if (samples instanceof Dataset data) {
      return numbers(who, network, data);
    }
    boolean haveTexts =
        samples instanceof View view
            ? view.hasTexts()
            : Texts.areTexts(samples)
                || samples instanceof List<?> several
                    && several.stream().anyMatch(TextSamples::isOfTexts);
    if (!haveTexts && !network.takesTexts()) {
      return samples;
    }
    if (!haveTexts) {
      requireKinds(who, network, Optional.empty(), List.of());
    }
    return numbers(who, network, Dataset.samples(who, samples)).x();
  }

  private static boolean isOfTexts(Object value) {
    return value instanceof View view ? view.hasTexts() : Texts.areTexts(value);
  }

  private static void requireKinds(
      String who, Network network, Optional<SampleTexts> texts, List<int[]> shapes) {
    List<Network.Source> inputs = network.inputs();
    if (!network.takesTexts()) {
      throw Messages.wrong(
          "%s expects numbers but receives texts: begin the model with textVectorization(…).adapt(texts), or make numbers of them with its apply(…).",
          who);
    }
    List<Boolean> isText = texts.map(SampleTexts::isText).orElse(List.of());
    List<String> expected =
        inputs.stream()
            .map(
                source ->
                    source.name() + (source.front().isPresent() ? " of texts" : " of numbers"))
            .toList();
    boolean fits = isText.size() == inputs.size();
    for (int i = 0; i < inputs.size() && fits; i++) {
      Network.Source source = inputs.get(i);
      fits =
          source.front().isPresent()
              ? isText.get(i) && Shapes.size(shapes.get(i)) == source.front().get().texts()
              : !isText.get(i);
    }
    if (!fits) {
      throw Messages.wrong(
          "%s expects %s but receives %s: give %s.",
          who,
          inputs.size() == 1
              ? texts(inputs.get(0).front().orElseThrow().texts())
              : "samples for " + String.join(" and ", expected),
          texts.isEmpty() ? "numbers" : kinds(isText, shapes),
          inputs.size() == 1
              ? "List.of(\"a good film\", \"a bad one\"), a text a sample"
              : "one for each input in their order, List.of(texts, numbers)");
    }
  }

  private static String texts(int count) {
    return count == 1 ? "texts" : Messages.of("rows of %d texts", count);
  }

  private static String kinds(List<Boolean> isText, List<int[]> shapes) {
    return String.join(
        " and ",
        IntStream.range(0, isText.size())
            .mapToObj(i -> isText.get(i) ? texts(Shapes.size(shapes.get(i))) : "numbers")
            .toList());
  }

  private static List<Part> parts(String who, Network network, SampleSource source) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < network.inputs().size(); i++) {
      int[] shape = source.sampleShapes().get(i);
      int count = Shapes.size(shape);
      Network.Source input = network.inputs().get(i);
      parts.add(
          input.front().isPresent()
              ? encoded(who, input, source, from, count)
              : new Part(from, count, shape, Optional.empty(), (numbers, at) -> 0));
      from += count;
    }
    return parts;
  }

  /** Reads each combination of texts that occurs once. */
  private static Part encoded(
      String who, Network.Source input, SampleSource source, int from, int count) {
    SampleTexts texts = source.texts().orElseThrow();
    Map<List<Integer>, Integer> rows = new HashMap<>();
    List<List<String>> read = new ArrayList<>();
    int width = Shapes.size(source.sampleShape());
    int[] order = IntStream.range(0, source.size()).toArray();
    float[] chunk = new float[Math.min(CHUNK, order.length) * width];
    for (int start = 0; start < order.length; start += CHUNK) {
      int size = Math.min(CHUNK, order.length - start);
      source.gatherX(order, start, size, chunk);
      for (int i = 0; i < size; i++) {
        List<Integer> places = places(chunk, i * width + from, count);
        if (rows.putIfAbsent(places, read.size()) == null) {
          read.add(places.stream().map(texts.table()::get).toList());
        }
      }
    }
    EncodedTexts encoded = input.front().orElseThrow().reader().encode(who, Texts.of(who, read));
    Rows found = (numbers, at) -> rows.get(places(numbers, at, count));
    if (count == 1) { // as most have, and then a batch is read without a list for each sample
      int[] row = new int[texts.table().size()];
      rows.forEach((places, number) -> row[places.get(0)] = number);
      found = (numbers, at) -> row[(int) numbers[at]];
    }
    return new Part(from, count, encoded.shape(), Optional.of(encoded), found);
  }

  private static List<Integer> places(float[] numbers, int at, int count) {
    List<Integer> places = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      places.add((int) numbers[at + i]);
    }
    return places;
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new TextSamples(other, parts);
  }

  @Override
  public Optional<SampleTexts> texts() {
    return Optional.empty();
  }

  @Override
  public int[] sampleShape() {
    return parts.size() == 1
        ? parts.get(0).shape().clone()
        : new int[] {parts.stream().mapToInt(part -> Shapes.size(part.shape())).sum()};
  }

  @Override
  public List<int[]> sampleShapes() {
    return parts.stream().map(Part::shape).toList();
  }

  @Override
  public synchronized void gatherX(int[] order, int from, int count, float[] into) {
    if (buffer.length < count * given) {
      buffer = new float[count * given];
    }
    base.gatherX(order, from, count, buffer);
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (Part part : parts) {
        int source = i * given + part.from();
        if (part.encoded().isEmpty()) {
          System.arraycopy(buffer, source, into, at, part.count());
        } else {
          part.encoded().get().copy(part.rows().of(buffer, source), into, at);
        }
        at += Shapes.size(part.shape());
      }
    }
  }
}
