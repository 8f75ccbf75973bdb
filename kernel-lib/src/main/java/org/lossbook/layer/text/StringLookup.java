package org.lossbook.layer.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.EncodedTexts;
import org.lossbook.data.Texts;
import org.lossbook.data.Values;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.TextLayer;

/**
 * String lookup: the index of each text in a vocabulary, whose most frequent text comes first. What
 * is not in it has the index 0, or 1 behind a {@link #maskToken} for padding. The vocabulary is
 * measured, {@link #adapt}, or given.
 *
 * <p>It has no weights. In a network it stands right behind {@code textInput()}.
 *
 * <pre>{@code
 * stringLookup().vocabulary("red", "green").apply("green", "blue")     // [2, 0]
 * stringLookup().adapt("b", "a", "b").vocabulary()                     // [[UNK], b, a]
 * stringLookup().vocabulary("red", "green").tokens(2, 1)               // [green, red]
 * }</pre>
 *
 * @question Which index does a text have in a vocabulary?
 * @use For categories given as texts.
 * @avoid For sentences: use {@link TextVectorization}.
 */
public final class StringLookup extends IndexLookup<String, StringLookup>
    implements TextLayer<StringLookup> {
  private boolean isBehindTexts;

  /** A lookup without a vocabulary. */
  public StringLookup() {
    super("[UNK]", CodePoints.ORDER);
  }

  /** Sets the vocabulary, texts in the order of their indices. */
  public StringLookup vocabulary(String... texts) {
    return vocabulary(texts == null ? null : Arrays.asList(texts));
  }

  /**
   * The same layer with the vocabulary of these texts: the most frequent first, of equally frequent
   * ones the last in the order of their characters, as in Keras. For {@code tf_idf} each text, or
   * each row of texts, is a sample.
   *
   * @param texts a list, an array or a column of texts, or rows of them
   */
  public StringLookup adapt(Object texts) {
    return adapted(rows(Texts.of("string_lookup.adapt", texts)));
  }

  /** The same with these texts. */
  public StringLookup adapt(String... texts) {
    return adapt((Object) texts);
  }

  private static List<? extends Collection<String>> rows(Texts texts) {
    return IntStream.range(0, texts.rows()).mapToObj(texts::row).toList();
  }

  /**
   * What the layer gives for texts: {@code []} for a text, {@code [n]} for several, in other output
   * modes a row for each.
   *
   * @param texts a text, or a list, an array or a column of texts, or rows of them
   */
  public Values apply(Object texts) {
    Texts given = Texts.of(kind(), texts);
    int[] shape = given.shape();
    EncodedTexts encoded = encode(kind(), given);
    Values all = encoded.values(kind());
    return mode() == TokenMode.INT
        ? all.reshape(shape)
        : shape.length == 0 ? all.reshape(encoded.shape()) : all;
  }

  /** The same for several texts. */
  public Values apply(String... texts) {
    return apply((Object) texts);
  }

  @Override
  Class<String> type() {
    return String.class;
  }

  @Override
  public String kind() {
    return "string_lookup";
  }

  @Override
  int bucket(String token, int buckets) {
    return Fingerprints.bin(token, salt(), buckets);
  }

  @Override
  public int[] shapeOf(int texts) {
    if (isInverted()) {
      throw wrong(
          "to look up texts in a network",
          "invert(), which makes texts of numbers",
          "make them of its predictions, with tokens(…)");
    }
    return mode().shape(kind(), depth(), texts);
  }

  @Override
  public EncodedTexts encode(String who, Texts texts) {
    Require.given(texts, kind(), "texts", "Texts.of(\"a good film\") is one");
    int[] shape = shapeOf(texts.width());
    List<int[]> indices =
        IntStream.range(0, texts.rows())
            .mapToObj(row -> texts.row(row).stream().mapToInt(this::index).toArray())
            .toList();
    return new TokenRows(indices, mode(), shape, depth(), factors());
  }

  @Override
  public StringLookup behindTexts() {
    return with(copy -> copy.isBehindTexts = true);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return BehindTexts.output(kind(), isBehindTexts, inputShape);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return x;
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(config("StringLookup").with("encoding", "utf-8"));
  }

  /** The same without its vocabulary, to be measured again. */
  StringLookup forgetful() {
    return with(copy -> copy.setKnown(Optional.empty()));
  }

  /** The lookup within a text vectorization of a file. */
  static StringLookup within(Settings settings) {
    return from(settings, Optional.of(""));
  }

  static StringLookup from(Settings settings) {
    return from(settings, Optional.empty());
  }

  private static StringLookup from(Settings settings, Optional<String> mask) {
    settings.requireOneOf("encoding", "utf-8").requireOneOf("oov_method", "floormod", "farmhash");
    return new StringLookup()
        .read(
            settings,
            (name, value) ->
                value instanceof String text ? text : settings.wrong(name, "texts", value),
            mask);
  }
}
