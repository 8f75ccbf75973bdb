package org.lossbook.layer.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;
import org.lossbook.data.Values;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.SampleFunction;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/**
 * Integer lookup: the index of each whole number in a vocabulary, whose most frequent number comes
 * first. What is not in it has the index 0, or 1 behind a {@link #maskToken} for padding. The
 * vocabulary is measured, {@link #adapt}, or given.
 *
 * <p>It has no weights and passes no gradient on.
 *
 * <pre>{@code
 * integerLookup().vocabulary(12, 36, 1138).apply(vector(1138, 7))      // [3, 0]
 * integerLookup().adapt(vector(5, 9, 9)).vocabulary()                  // [-1, 9, 5]
 * }</pre>
 *
 * @question Which index does a whole number have in a vocabulary?
 * @use For categories given as arbitrary whole numbers.
 * @avoid For quantities, which need no vocabulary.
 */
public final class IntegerLookup extends IndexLookup<Long, IntegerLookup> {
  private static final long LARGEST = 1L << 24; // to here a float holds every whole number

  private boolean isHashed;

  /** A lookup without a vocabulary. */
  public IntegerLookup() {
    super(-1L, Comparator.naturalOrder());
  }

  /** Sets the vocabulary, numbers in the order of their indices. */
  public IntegerLookup vocabulary(long... numbers) {
    Require.given(numbers, kind(), "a vocabulary", "vocabulary(3, 5) has two numbers");
    return vocabulary(Arrays.stream(numbers).boxed().toList());
  }

  /** The number for padding. */
  public IntegerLookup maskToken(long number) {
    return maskToken((Long) number);
  }

  /** The number that stands for those that are not in the vocabulary. */
  public IntegerLookup oovToken(long number) {
    return oovToken((Long) number);
  }

  /**
   * How one of several {@linkplain #numOovIndices indices} is chosen for a number that is not in
   * the vocabulary, by Keras's names: {@code floormod} (the default), its remainder, or {@code
   * farmhash}.
   */
  public IntegerLookup oovMethod(String name) {
    if (!List.of("floormod", "farmhash").contains(String.valueOf(name))) {
      throw wrong("floormod or farmhash", shownName(name), "use one of these names");
    }
    return with(copy -> copy.isHashed = "farmhash".equals(name));
  }

  private static String shownName(String name) {
    return name == null ? "null" : Shown.of(name);
  }

  /**
   * The same layer with the vocabulary of these numbers: the most frequent first, of equally
   * frequent ones the greatest. For {@code tf_idf} each row is a sample.
   *
   * @param numbers an array of any kind
   */
  public IntegerLookup adapt(Object numbers) {
    Values values = Values.of("integer_lookup.adapt", numbers);
    List<List<Long>> samples = new ArrayList<>();
    int width = values.rowSize();
    for (int row = 0; row < values.rows(); row++) {
      List<Long> sample = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        sample.add(whole(values.get(row * width + i)));
      }
      samples.add(sample);
    }
    return adapted(samples);
  }

  /**
   * What the layer gives for numbers.
   *
   * @param numbers an array of any kind, a sample a row
   */
  public Values apply(Object numbers) {
    Values values = Values.of(kind(), numbers);
    int[] all = values.shape();
    int[] sample = all.length < 2 ? new int[] {1} : Arrays.copyOfRange(all, 1, all.length);
    int[] shape = mode().shape(kind(), depth(), sample);
    int size = Shapes.size(shape);
    int width = values.rowSize();
    float[] into = new float[Math.multiplyExact(values.rows(), size)];
    float[] row = new float[size];
    int[] indices = new int[width];
    float[] factors = factors();
    for (int i = 0; i < values.rows(); i++) {
      for (int j = 0; j < width; j++) {
        long number = whole(values.get(i * width + j));
        if (isInverted()) {
          row[j] = token((int) Math.max(-1, Math.min(number, Integer.MAX_VALUE)));
        } else {
          indices[j] = index(number);
        }
      }
      if (!isInverted()) {
        mode().write(indices, width, depth(), factors, row, 0);
      }
      System.arraycopy(row, 0, into, i * size, size);
    }
    if (mode() == TokenMode.INT) {
      return Values.of(into, all);
    }
    int[] rows = new int[shape.length + 1];
    rows[0] = values.rows();
    System.arraycopy(shape, 0, rows, 1, shape.length);
    return Values.of(into, all.length == 0 ? shape : rows);
  }

  private static long whole(double number) {
    if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
      throw Messages.wrong(
          "integer_lookup expects whole numbers but receives %s: round them, or sort them into bins with discretization(…).",
          number);
    }
    return (long) number;
  }

  @Override
  Class<Long> type() {
    return Long.class;
  }

  @Override
  public String kind() {
    return "integer_lookup";
  }

  @Override
  int bucket(Long token, int buckets) {
    return isHashed
        ? Fingerprints.bin(Long.toString(token), salt(), buckets)
        : (int) Math.floorMod(token, (long) buckets);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    for (long number : known()) {
      if (Math.abs(number) > LARGEST) {
        throw wrong(
            "numbers from -16,777,216 to 16,777,216 in a network, which computes in 32 bits,",
            Messages.of("%,d in its vocabulary", number),
            "look it up before, with apply(…)");
      }
    }
    return mode().shape(kind(), depth(), inputShape);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.category(x, encoder(Shapes.size(x.shape())), outputOf(x.shape()));
  }

  /**
   * Encodes samples of so many numbers; it keeps what it needs, because a plan may not allocate.
   */
  private SampleFunction encoder(int width) {
    if (isInverted()) {
      float[] tokens = new float[depth() + 1];
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = token(i); // the last is none, as all others are
      }
      return (from, into) -> {
        for (int i = 0; i < width; i++) {
          double index = whole(from[i]);
          into[i] = tokens[(int) (index < 0 || index >= tokens.length ? tokens.length - 1 : index)];
        }
      };
    }
    long[] keys = known().stream().mapToLong(key -> key).sorted().toArray();
    int[] places = Arrays.stream(keys).mapToInt(this::index).toArray();
    int[] indices = new int[width];
    int depth = depth();
    float[] factors = factors();
    return (from, into) -> {
      for (int i = 0; i < width; i++) {
        long number = whole(from[i]);
        int place = Arrays.binarySearch(keys, number);
        indices[i] = place < 0 ? index(number) : places[place];
      }
      mode().write(indices, width, depth, factors, into, 0);
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        config("IntegerLookup")
            .with("vocabulary_dtype", "int64")
            .with("oov_method", isHashed ? "farmhash" : "floormod"));
  }

  static IntegerLookup from(Settings settings) {
    settings.requireOneOf("vocabulary_dtype", "int64");
    return new IntegerLookup()
        .oovMethod(settings.text("oov_method", "floormod"))
        .read(
            settings,
            (name, value) ->
                value instanceof Number number && number.doubleValue() == number.longValue()
                    ? number.longValue()
                    : settings.wrong(name, "whole numbers", value),
            Optional.empty());
  }
}
