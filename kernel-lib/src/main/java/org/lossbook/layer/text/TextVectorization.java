package org.lossbook.layer.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.EncodedTexts;
import org.lossbook.data.Texts;
import org.lossbook.data.Values;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.TextLayer;
import org.lossbook.notebook.TextTable;

/**
 * Text vectorization: makes numbers of texts. A text is standardized, split into tokens and, with
 * {@link #ngrams}, joined to sequences of tokens; each token becomes its index in a vocabulary, 0
 * for padding and 1 for what is not in it. The vocabulary is measured, {@link #adapt}, or given.
 *
 * <p>It has no weights. In a network it stands right behind {@code textInput()}, or first.
 *
 * <pre>{@code
 * var words = textVectorization().sequenceLength(4).adapt("a good film", "a bad film");
 * words.vocabulary()                        // [, [UNK], film, a, good, bad]
 * words.apply("A good, good book!")         // [3, 4, 4, 1]
 * words.explain("A good, good book!")       // the way there, as a table
 * }</pre>
 *
 * @question How does a sentence become numbers?
 * @use For texts, before an embedding or a bag of words.
 * @avoid For categories of one word: use {@link StringLookup}.
 */
public final class TextVectorization extends BaseLayer<TextVectorization>
    implements TextLayer<TextVectorization> {
  private static final int MOST_NGRAMS = 1_000;

  private static final List<TokenMode> MODES =
      List.of(TokenMode.INT, TokenMode.MULTI_HOT, TokenMode.COUNT, TokenMode.TF_IDF);

  private StringLookup lookup = new StringLookup().maskToken("");
  private Standardization standardization =
      Standardization.named("text_vectorization", "lower_and_strip_punctuation");
  private Splitting splitting = Splitting.named("text_vectorization", "whitespace");
  private Optional<int[]> ngrams = Optional.empty();
  private boolean areNgramsUpTo = true;
  private OptionalInt length = OptionalInt.empty();
  private boolean isBehindTexts;

  /** A vectorization without a limit of tokens. */
  public TextVectorization() {}

  /**
   * @param maxTokens the most tokens of the vocabulary, with those for padding and for what is not
   *     in it
   */
  public TextVectorization(int maxTokens) {
    lookup = named(() -> lookup.maxTokens(maxTokens));
  }

  /**
   * How a text is standardized, by Keras's names: {@code lower_and_strip_punctuation} (the
   * default), {@code lower}, {@code strip_punctuation} or {@code none}. As in Keras, letters beyond
   * A to Z and punctuation beyond ASCII stay.
   */
  public TextVectorization standardize(String name) {
    return with(Standardization.named(kind(), name));
  }

  /**
   * Standardizes by a function of your own, which a file cannot hold.
   *
   * <pre>{@code standardize(text -> text.toLowerCase(Locale.ROOT))}</pre>
   */
  public TextVectorization standardize(UnaryOperator<String> change) {
    return with(Standardization.own(kind(), change));
  }

  private TextVectorization with(Standardization given) {
    return anew(copy -> copy.standardization = given);
  }

  /**
   * How a text is split into tokens, by Keras's names: {@code whitespace} (the default), {@code
   * character} or {@code none}, where each text is a token.
   */
  public TextVectorization split(String name) {
    Splitting given = Splitting.named(kind(), name);
    return anew(copy -> copy.splitting = given);
  }

  /** Splits by a function of your own, which a file cannot hold. */
  public TextVectorization split(Function<String, List<String>> split) {
    Splitting given = Splitting.own(kind(), split);
    return anew(copy -> copy.splitting = given);
  }

  /** Takes all sequences of up to so many tokens, joined by a space, as tokens. */
  public TextVectorization ngrams(int most) {
    int given = LayerChecks.requirePositive(kind(), "tokens in a sequence", most);
    if (given > MOST_NGRAMS) {
      throw wrong(
          Messages.of("at most %,d tokens in a sequence", MOST_NGRAMS),
          Messages.of("%,d", given),
          "ngrams(2) takes single tokens and pairs");
    }
    return anew(
        copy -> {
          copy.ngrams = Optional.of(IntStream.rangeClosed(1, given).toArray());
          copy.areNgramsUpTo = true;
        });
  }

  /** Takes the sequences of these numbers of tokens alone: {@code ngramsOf(2)} has pairs only. */
  public TextVectorization ngramsOf(int... widths) {
    Require.given(widths, kind(), "lengths of sequences", "ngramsOf(2) takes pairs");
    if (widths.length == 0) {
      throw wrong("lengths of sequences", "none", "ngramsOf(2) takes pairs");
    }
    for (int width : widths) {
      LayerChecks.requirePositive(kind(), "tokens in a sequence", width);
    }
    int[] given = widths.clone();
    return anew(
        copy -> {
          copy.ngrams = Optional.of(given);
          copy.areNgramsUpTo = false;
        });
  }

  /** A copy with a vocabulary to be measured again, as its tokens will be others. */
  private TextVectorization anew(Consumer<TextVectorization> change) {
    return with(
        copy -> {
          change.accept(copy);
          copy.lookup = copy.lookup.forgetful();
        });
  }

  /**
   * What it gives, by Keras's names: {@code int} (the default), the indices of the tokens in order;
   * {@code multi_hot}, {@code count} or {@code tf_idf}, a row with a number for each token of the
   * vocabulary.
   */
  public TextVectorization outputMode(String name) {
    String kerasName = TokenMode.named(kind(), name, MODES).kerasName();
    return with(copy -> copy.lookup = copy.lookup.outputMode(kerasName));
  }

  /** How many indices each text gets: longer ones are cut, shorter ones end in zeros. */
  public TextVectorization sequenceLength(int tokens) {
    int given = LayerChecks.requirePositive(kind(), "a sequence length", tokens);
    return with(copy -> copy.length = OptionalInt.of(given));
  }

  /** Makes rows as long as the most tokens, however many there are. */
  public TextVectorization padToMaxTokens() {
    return with(copy -> copy.lookup = copy.lookup.padToMaxTokens());
  }

  /**
   * Sets the vocabulary: tokens in the order of their indices, with or without the special ones at
   * the front.
   */
  public TextVectorization vocabulary(List<String> tokens) {
    StringLookup given = named(() -> lookup.vocabulary(tokens));
    return with(copy -> copy.lookup = given);
  }

  /** The same with these tokens. */
  public TextVectorization vocabulary(String... tokens) {
    return vocabulary(tokens == null ? null : Arrays.asList(tokens));
  }

  /** How rare each token of the vocabulary is, for {@code tf_idf}. */
  public TextVectorization idfWeights(double... weights) {
    StringLookup given = named(() -> lookup.idfWeights(weights));
    return with(copy -> copy.lookup = given);
  }

  /**
   * The same layer with the vocabulary of these texts: the most frequent token first, of equally
   * frequent ones the last in the order of their characters, as in Keras.
   *
   * @param texts a list, an array or a column of texts, or a dataset of them
   */
  public TextVectorization adapt(Object texts) {
    Texts given = Texts.of("text_vectorization.adapt", texts);
    requireAlone(given.width());
    List<List<String>> samples =
        IntStream.range(0, given.rows()).mapToObj(row -> tokens(given.row(row))).toList();
    StringLookup adapted = named(() -> lookup.adapted(samples));
    return with(copy -> copy.lookup = adapted);
  }

  /** The same with these texts. */
  public TextVectorization adapt(String... texts) {
    return adapt((Object) texts);
  }

  /** The vocabulary in the order of its indices. */
  public List<String> vocabulary() {
    return named(lookup::vocabulary);
  }

  /** The tokens that indices stand for. */
  public List<String> tokens(int... indices) {
    return named(() -> lookup.tokens(indices));
  }

  /** The tokens of a text, before they are looked up. */
  public List<String> tokens(String text) {
    return tokens(Texts.of(kind(), text).all());
  }

  private List<String> tokens(List<String> sample) {
    List<String> tokens = new ArrayList<>();
    sample.forEach(text -> tokens.addAll(splitting.of(standardization.of(text))));
    return joined(tokens);
  }

  private List<String> joined(List<String> tokens) {
    if (ngrams.isEmpty()) {
      return tokens;
    }
    List<String> all = new ArrayList<>();
    for (int width : ngrams.get()) {
      for (int i = 0; i + width <= tokens.size(); i++) {
        all.add(String.join(" ", tokens.subList(i, i + width)));
      }
    }
    return all;
  }

  /**
   * What the layer gives for texts: {@code [length]} for a text, {@code [n, length]} for several.
   * Without a {@link #sequenceLength} they are as long as the longest.
   *
   * @param texts a text, or a list, an array or a column of texts
   */
  public Values apply(Object texts) {
    Texts given = Texts.of(kind(), texts);
    EncodedTexts encoded = encode(kind(), given);
    if (Shapes.size(encoded.shape()) == 0) {
      throw wrong(
          "texts with at least one token", "none in " + given.rows(), "set a sequenceLength(…)");
    }
    Values all = encoded.values(kind());
    return given.shape().length == 0 ? all.reshape(encoded.shape()) : all;
  }

  /** The same for several texts. */
  public Values apply(String... texts) {
    return apply((Object) texts);
  }

  /** The way of a text to its numbers, step by step, as a table. */
  public TextTable explain(String text) {
    String given = Texts.of(kind(), text).all().get(0);
    return Vectorized.explained(this, given);
  }

  Standardization standardization() {
    return standardization;
  }

  Splitting splitting() {
    return splitting;
  }

  StringLookup lookup() {
    return lookup;
  }

  /** The tokens joined to sequences, if they are. */
  Optional<List<String>> sequences(List<String> tokens) {
    return ngrams.isEmpty() ? Optional.empty() : Optional.of(joined(tokens));
  }

  private <T> T named(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage().replaceFirst("^string_lookup", kind()), e);
    }
  }

  private IllegalArgumentException wrong(String expects, String receives, String fix) {
    return Messages.wrong("%s expects %s but receives %s: %s.", kind(), expects, receives, fix);
  }

  @Override
  public String kind() {
    return "text_vectorization";
  }

  private void requireAlone(int texts) {
    if (texts > 1 && !splitting.kerasName().equals(Splitting.NONE)) {
      throw wrong(
          "one text a sample",
          Messages.of("rows of %d", texts),
          "join them, or take split(\"none\") where they are tokens already");
    }
  }

  private void checkLength() {
    if (length.isPresent() && lookup.mode() != TokenMode.INT) {
      throw wrong(
          "sequenceLength(…) for indices alone",
          Messages.of("outputMode(\"%s\") with it", lookup.mode().kerasName()),
          "leave one of the two out");
    }
  }

  @Override
  public int[] shapeOf(int texts) {
    requireAlone(texts);
    checkLength();
    int depth = named(lookup::depth);
    return new int[] {lookup.mode() == TokenMode.INT ? length.orElse(Shapes.ANY) : depth};
  }

  @Override
  public EncodedTexts encode(String who, Texts texts) {
    Require.given(texts, kind(), "texts", "Texts.of(\"a good film\") is one");
    int[] shape = shapeOf(texts.width());
    List<int[]> indices = new ArrayList<>();
    int longest = 0;
    for (int row = 0; row < texts.rows(); row++) {
      int[] own = tokens(texts.row(row)).stream().mapToInt(lookup::index).toArray();
      longest = Math.max(longest, own.length);
      indices.add(own);
    }
    if (lookup.mode() == TokenMode.INT) {
      int wanted = length.orElse(longest);
      indices.replaceAll(own -> own.length == wanted ? own : Arrays.copyOf(own, wanted));
      shape = new int[] {wanted};
    }
    return new TokenRows(indices, lookup.mode(), shape, lookup.depth(), lookup.factors());
  }

  @Override
  public TextVectorization behindTexts() {
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
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return lookup.boundsOf(inputs, inputShapes);
  }

  @Override
  public String toString() {
    return kind() + lookup.toString().replaceFirst("^string_lookup", "");
  }

  @Override
  public Optional<Config> config() {
    if (standardization.isOwn() || splitting.isOwn()) {
      return Optional.empty();
    }
    Config own = lookup.config("TextVectorization");
    Config config = Config.of("keras.layers", "TextVectorization");
    for (String name :
        List.of("max_tokens", "output_mode", "pad_to_max_tokens", "vocabulary", "idf_weights")) {
      config = config.with(name, own.settings().get(name));
    }
    return Optional.of(
        config
            .with("standardize", orNone(standardization.kerasName()))
            .with("split", orNone(splitting.kerasName()))
            .with("ngrams", ngrams.isEmpty() ? Optional.empty() : saved(ngrams.get()))
            .with("output_sequence_length", length)
            .with("encoding", "utf-8"));
  }

  private Object saved(int... widths) {
    return areNgramsUpTo ? (Object) widths.length : Arrays.stream(widths).boxed().toList();
  }

  private static Object orNone(String name) {
    return name.equals("none") ? Optional.empty() : name;
  }

  static TextVectorization from(Settings settings) {
    settings.requireOneOf("encoding", "utf-8").ignore("vocabulary_size", "has_input_vocabulary");
    var layer = new TextVectorization();
    layer =
        layer
            .standardize(name(settings, "standardize", "lower_and_strip_punctuation"))
            .split(name(settings, "split", "whitespace"));
    Object grams = settings.value("ngrams").orElse(Optional.empty());
    if (grams instanceof Number) {
      layer = layer.ngrams(settings.integer("ngrams"));
    } else if (grams instanceof List<?>) {
      layer = layer.ngramsOf(settings.integers("ngrams"));
    } else if (!(grams instanceof Optional<?>)) {
      return settings.wrong("ngrams", "a number or a list of them", grams);
    }
    if (settings.has("output_sequence_length")) {
      layer = layer.sequenceLength(settings.integer("output_sequence_length"));
    }
    StringLookup lookup = layer.named(() -> StringLookup.within(settings));
    return layer.with(copy -> copy.lookup = lookup);
  }

  /** The name of a function, which is one of Keras's own: code in a file is never run. */
  private static String name(Settings settings, String setting, String defaultName) {
    Object value = settings.raw(setting).orElse(defaultName);
    if (value instanceof Optional<?>) {
      return "none";
    }
    return value instanceof String text
        ? text
        : settings.wrong(setting, "the name of one of Keras's functions", value);
  }
}
