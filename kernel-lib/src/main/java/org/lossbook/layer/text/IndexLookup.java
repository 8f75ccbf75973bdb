package org.lossbook.layer.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.BaseLayer;

/**
 * The base class of layers that look tokens up in a vocabulary: the tokens, those that stand for
 * padding and for what is not in it, and what is given for their indices.
 *
 * @param <T> a token
 * @param <L> the layer itself
 */
public abstract sealed class IndexLookup<T, L extends IndexLookup<T, L>> extends BaseLayer<L>
    permits StringLookup, IntegerLookup {
  private final Comparator<T> order;
  private OptionalInt maxTokens = OptionalInt.empty();
  private int oovIndices = 1;
  private Optional<T> mask = Optional.empty();
  private T oov;
  private Optional<Vocabulary<T>> known = Optional.empty();
  private long[] salt = {};
  private boolean inverted;
  private boolean padded;
  private TokenMode mode = TokenMode.INT;

  /** Made when it is first needed; a copy makes its own. */
  private Optional<Table<T>> table = Optional.empty();

  /** The vocabulary as it is used: what each index stands for, and the index of each token. */
  private record Table<T>(
      List<T> tokens, Map<T, Integer> indices, int start, int depth, float[] idfs) {}

  IndexLookup(T oov, Comparator<T> order) {
    this.oov = oov;
    this.order = order;
  }

  @Override
  protected void beginAnew() {
    table = Optional.empty();
  }

  /**
   * The most tokens of the vocabulary, with those for padding and for what is not in it: {@link
   * #adapt} keeps the most frequent. No limit by default.
   */
  public L maxTokens(int maxTokens) {
    if (maxTokens < 2) {
      throw wrong(
          "2 tokens or more",
          Messages.of("maxTokens(%d)", maxTokens),
          "one is for what is not in the vocabulary");
    }
    return with(copy -> copy.setMaxTokens(OptionalInt.of(maxTokens)));
  }

  /**
   * How many indices stand for tokens that are not in the vocabulary, 1 by default: of several a
   * token gets one by its hash; with 0 such a token is an error.
   */
  public L numOovIndices(int count) {
    if (count < 0) {
      throw wrong("0 indices or more", Messages.of("numOovIndices(%d)", count), "1 is the default");
    }
    return with(copy -> copy.setOovIndices(count));
  }

  /** The token for padding: it gets the index 0, and in rows it is left out. None by default. */
  public L maskToken(T token) {
    T given = Require.given(token, kind(), "a token for padding", "leave maskToken out for none");
    return with(copy -> copy.setMask(Optional.of(given)));
  }

  /**
   * The token that stands for those that are not in the vocabulary, where indices become tokens.
   */
  public L oovToken(T token) {
    T given = Require.given(token, kind(), "a token", "\"[UNK]\" or -1 is the default");
    return with(copy -> copy.setOov(given));
  }

  /** Looks up the other way: makes tokens of indices. */
  public L invert() {
    return with(copy -> copy.setInverted(true));
  }

  /**
   * What it gives, by Keras's names: {@code int} (the default), the indices; {@code one_hot}, a row
   * for each token; {@code multi_hot}, {@code count} or {@code tf_idf}, a row for all tokens of a
   * sample, with how often each occurs and, for the last, how rare it is.
   */
  public L outputMode(String name) {
    TokenMode named = TokenMode.named(kind(), name, List.of(TokenMode.values()));
    return with(copy -> copy.setMode(named));
  }

  /** Makes rows as long as {@link #maxTokens}, however many tokens there are. */
  public L padToMaxTokens() {
    return with(copy -> copy.setPadded(true));
  }

  /**
   * SipHash with this key, instead of FarmHash, for several {@linkplain #numOovIndices indices} of
   * tokens that are not in the vocabulary.
   */
  public L salt(long first, long second) {
    return with(copy -> copy.setSalt(first, second));
  }

  /**
   * Sets the vocabulary: tokens in the order of their indices, with or without the special ones at
   * the front.
   */
  public L vocabulary(List<T> tokens) {
    List<T> given = tokens(tokens);
    return with(copy -> copy.setKnown(Optional.of(Vocabulary.of(given))));
  }

  /** How rare each token of the vocabulary is, for {@code tf_idf}. */
  public L idfWeights(double... weights) {
    Require.given(weights, kind(), "weights", "give one for each token of the vocabulary");
    Vocabulary<T> vocabulary = known.orElseThrow(this::notAdapted);
    int tokens = vocabulary.tokens().size();
    if (weights.length != tokens && weights.length != start() + tokens) {
      throw wrong(
          Messages.of("an idf weight for each of the %,d tokens of its vocabulary", tokens),
          Messages.of("%,d", weights.length),
          "give as many, in the order of the vocabulary");
    }
    List<Float> given = Arrays.stream(weights).mapToObj(each -> (float) each).toList();
    return with(copy -> copy.setKnown(Optional.of(vocabulary.withIdfs(given))));
  }

  /** The class of its tokens, which a raw list need not have. */
  abstract Class<T> type();

  private List<T> tokens(List<T> given) {
    Require.given(given, kind(), "a vocabulary", "vocabulary(\"red\", \"green\") has two tokens");
    int nowhere = new ArrayList<>(given).indexOf(null); // List.of(…) refuses to look for it
    if (nowhere >= 0) {
      throw wrong("a vocabulary of tokens", "null at " + nowhere, "leave it out");
    }
    Require.all(given, type(), kind(), "a vocabulary", "give tokens of one kind");
    List<T> special = special();
    boolean isWhole =
        given.size() >= special.size() && given.subList(0, special.size()).equals(special);
    int front = isWhole ? special.size() : 0;
    List<T> own = List.copyOf(given.subList(front, given.size()));
    if (own.isEmpty()) {
      throw wrong("a vocabulary of tokens", "none", "give at least one, or adapt it to texts");
    }
    for (T twice : Vocabulary.repeated(own)) {
      throw wrong(
          "each token once", Messages.of("%s twice in its vocabulary", shown(twice)), "drop one");
    }
    for (T reserved : special()) {
      if (own.contains(reserved) && (inverted || mask.equals(Optional.of(reserved)))) {
        throw wrong(
            Messages.of(
                "the special tokens %s at the front of its vocabulary or nowhere",
                special().stream().map(this::shown).toList()),
            Messages.of("%s at %d", shown(reserved), front + own.indexOf(reserved)),
            "leave them out");
      }
    }
    if (maxTokens.isPresent() && start() + own.size() > maxTokens.getAsInt()) {
      throw wrong(
          Messages.of("at most %,d tokens, as maxTokens says,", maxTokens.getAsInt()),
          Messages.of("%,d with its special ones", start() + own.size()),
          "allow more");
    }
    return own;
  }

  /** The same layer with the vocabulary of these samples' tokens. */
  final L adapted(List<? extends Collection<T>> samples) {
    Set<T> special = new HashSet<>();
    mask.ifPresent(special::add);
    special.add(oov);
    Vocabulary<T> counted = Vocabulary.counted(samples, special, order);
    if (counted.tokens().isEmpty()) {
      throw Messages.wrong(
          "%s.adapt expects samples with at least one token but finds none in %,d: check what they hold.",
          kind(), samples.size());
    }
    return with(copy -> copy.setKnown(Optional.of(counted)));
  }

  /** The vocabulary in the order of its indices, with the special tokens at its front. */
  public List<T> vocabulary() {
    List<T> all = new ArrayList<>(special());
    all.addAll(table().tokens);
    return Collections.unmodifiableList(all);
  }

  /** The tokens that indices stand for. */
  public List<T> tokens(int... indices) {
    Require.given(indices, kind(), "indices", "tokens(2, 3) has two");
    return Arrays.stream(indices).mapToObj(this::token).toList();
  }

  /** The token of an index; one that is none is not in the vocabulary. */
  final T token(int index) {
    Table<T> own = table();
    if (index >= own.start && index - own.start < own.tokens.size()) {
      return own.tokens.get(index - own.start);
    }
    return index == 0 && hasMaskIndex() ? mask.orElseThrow() : oov;
  }

  /** Whether a vocabulary has been measured or given. */
  final boolean isAdapted() {
    return known.isPresent();
  }

  /** The index of a token; below 0 where rows leave it out. */
  final int index(T token) {
    Table<T> own = table();
    if (mask.isPresent() && mask.get().equals(token)) {
      return mode == TokenMode.INT ? 0 : -1;
    }
    Integer index = own.indices.get(token);
    if (index != null) {
      return index;
    }
    if (oovIndices == 0) {
      throw wrong(
          "tokens of its vocabulary, as it has no index for others,",
          shown(token),
          "allow them with numOovIndices(1)");
    }
    return oovStart() + (oovIndices == 1 ? 0 : bucket(token, oovIndices));
  }

  /** The tokens of the vocabulary, without the special ones. */
  final List<T> known() {
    return table().tokens;
  }

  /** Whether a token is in the vocabulary. */
  final boolean knows(T token) {
    return table().indices.containsKey(token);
  }

  /** Which of several indices a token gets that is not in the vocabulary. */
  abstract int bucket(T token, int buckets);

  /** A token in a message. */
  final String shown(T token) {
    return Shown.of(token);
  }

  /** How many indices there are, and so the length of a row. */
  final int depth() {
    return table().depth;
  }

  /** The factors of tf_idf. */
  final float[] factors() {
    return mode == TokenMode.TF_IDF ? table().idfs : new float[0];
  }

  final TokenMode mode() {
    return mode;
  }

  final boolean isInverted() {
    return inverted;
  }

  final long[] salt() {
    return salt.clone();
  }

  final Optional<T> mask() {
    return mask;
  }

  private boolean hasMaskIndex() {
    return mask.isPresent() && mode == TokenMode.INT;
  }

  private int oovStart() {
    return hasMaskIndex() ? 1 : 0;
  }

  private int start() {
    return oovStart() + oovIndices;
  }

  private List<T> special() {
    List<T> special = new ArrayList<>();
    if (hasMaskIndex()) {
      special.add(mask.orElseThrow());
    }
    special.addAll(Collections.nCopies(oovIndices, oov));
    return special;
  }

  private Table<T> table() {
    Optional<Table<T>> made = table;
    if (made.isEmpty()) {
      made = Optional.of(made());
      table = made;
    }
    return made.get();
  }

  private Table<T> made() {
    Vocabulary<T> vocabulary = known.orElseThrow(this::notAdapted);
    int room = maxTokens.orElse(Integer.MAX_VALUE) - start();
    int all = vocabulary.tokens().size();
    if (room < 1 || all > room && !vocabulary.isCounted()) {
      throw wrong(
          Messages.of("maxTokens of %,d or more", start() + (vocabulary.isCounted() ? 1 : all)),
          Messages.of("%,d", maxTokens.getAsInt()),
          Messages.of(
              "the special tokens %s are among them",
              special().stream().map(this::shown).toList()));
    }
    List<T> tokens = vocabulary.tokens().subList(0, Math.min(all, room));
    Map<T, Integer> indices = new HashMap<>();
    IntStream.range(0, tokens.size()).forEach(i -> indices.put(tokens.get(i), start() + i));
    if (padded && maxTokens.isEmpty()) {
      throw wrong("maxTokens(…) beside padToMaxTokens()", "none", "say how many there may be");
    }
    int depth = start() + tokens.size();
    int length = padded ? maxTokens.getAsInt() : depth;
    boolean isWeighted = vocabulary.isCounted() || !vocabulary.idfs().isEmpty();
    if (mode == TokenMode.TF_IDF && !isWeighted) {
      throw wrong(
          "how rare each token is, for tf_idf,",
          "a vocabulary alone",
          "add idfWeights(…), or adapt it to texts");
    }
    if (inverted && mode != TokenMode.INT) {
      throw wrong("outputMode(\"int\") where it is inverted", mode.kerasName(), "leave one out");
    }
    float[] idfs = isWeighted ? vocabulary.idfs(tokens.size(), start(), length) : new float[0];
    return new Table<>(tokens, indices, start(), mode == TokenMode.INT ? depth : length, idfs);
  }

  private IllegalArgumentException notAdapted() {
    return wrong(
        "a vocabulary", "none yet", "measure it with adapt(…), or give it with vocabulary(…)");
  }

  final IllegalArgumentException wrong(String expects, String receives, String fix) {
    return Messages.wrong("%s expects %s but receives %s: %s.", kind(), expects, receives, fix);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inverted
        ? Bounds.NONE
        : mode.bounds(depth(), Shapes.size(Shapes.fixed(1, inputShapes.get(0))));
  }

  /** Its settings, under the class of that name. */
  final Config config(String className) {
    Optional<Vocabulary<T>> vocabulary = known;
    Object tokens = vocabulary.isPresent() ? new ArrayList<Object>(vocabulary()) : Optional.empty();
    boolean hasFactors = mode == TokenMode.TF_IDF && vocabulary.isPresent();
    return Config.of("keras.layers", className)
        .with("invert", inverted)
        .with("max_tokens", maxTokens)
        .with("num_oov_indices", oovIndices)
        .with("oov_token", oov)
        .with("mask_token", mask.<Object>map(token -> token).orElse(Optional.empty()))
        .with("output_mode", mode.kerasName())
        .with("pad_to_max_tokens", padded)
        .with("idf_weights", hasFactors ? saved(factors()) : Optional.empty())
        .with("vocabulary", tokens)
        .with("salt", salt.length == 0 ? Optional.empty() : List.of(salt[0], salt[1]));
  }

  private Object saved(float[] factors) {
    int count = table().start + table().tokens.size();
    return IntStream.range(0, count).<Object>mapToObj(i -> (double) factors[i]).toList();
  }

  /** A copy with the settings of a file. */
  final L read(Settings settings, BiFunction<String, Object, T> token, Optional<T> defaultMask) {
    settings.ignore("vocabulary_size", "vocabulary_dtype", "has_input_vocabulary");
    int indices = settings.integer("num_oov_indices", 1);
    TokenMode named =
        TokenMode.named(kind(), settings.text("output_mode", "int"), List.of(TokenMode.values()));
    L shaped =
        numOovIndices(indices)
            .with(
                copy -> {
                  copy.setMode(named);
                  copy.setMask(
                      settings
                          .value("mask_token")
                          .map(v -> token.apply("mask_token", v))
                          .or(() -> defaultMask));
                  settings
                      .value("oov_token")
                      .ifPresent(v -> copy.setOov(token.apply("oov_token", v)));
                  copy.setInverted(settings.flag("invert", false));
                  copy.setPadded(settings.flag("pad_to_max_tokens", false));
                });
    if (settings.has("max_tokens")) {
      shaped = shaped.maxTokens(settings.integer("max_tokens"));
    }
    if (settings.has("salt")) {
      long[] key = Salt.from(settings);
      shaped = shaped.salt(key[0], key[1]);
    }
    if (!settings.has("vocabulary")) {
      return shaped;
    }
    Object given = settings.value("vocabulary").orElseThrow();
    if (!(given instanceof List<?> list)) {
      return settings.wrong("vocabulary", "a list of tokens", given);
    }
    L full = shaped.vocabulary(list.stream().map(each -> token.apply("vocabulary", each)).toList());
    return named == TokenMode.TF_IDF && settings.has("idf_weights")
        ? full.idfWeights(settings.numbers("idf_weights"))
        : full;
  }

  final void setMaxTokens(OptionalInt given) {
    maxTokens = given;
  }

  final void setOovIndices(int count) {
    oovIndices = count;
  }

  final void setMask(Optional<T> token) {
    mask = token;
  }

  final void setOov(T token) {
    oov = token;
  }

  final void setKnown(Optional<Vocabulary<T>> given) {
    known = given;
  }

  final void setInverted(boolean isInverted) {
    inverted = isInverted;
  }

  final void setPadded(boolean isPadded) {
    padded = isPadded;
  }

  final void setMode(TokenMode given) {
    mode = given;
  }

  final void setSalt(long first, long second) {
    salt = new long[] {first, second};
  }

  @Override
  public String toString() {
    return kind() + (isAdapted() ? Messages.of(" of %,d tokens", vocabulary().size()) : "");
  }
}
