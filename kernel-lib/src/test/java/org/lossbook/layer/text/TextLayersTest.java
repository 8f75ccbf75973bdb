package org.lossbook.layer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.hashing;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.integerLookup;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.stringLookup;
import static org.lossbook.Lossbook.textVectorization;
import static org.lossbook.Lossbook.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.layer.Layer;
import tech.tablesaw.api.StringColumn;

/** Layers of texts and categories: examples, what they take, what they refuse. */
class TextLayersTest {
  private static final TextVectorization WORDS =
      textVectorization().sequenceLength(4).adapt("a good film", "a bad film");

  @Test
  void theExamplesGiveTheirNumbers() {
    assertThat(WORDS.vocabulary()).containsExactly("", "[UNK]", "film", "a", "good", "bad");
    assertThat(WORDS.apply("A good, good book!").toDoubles()).containsExactly(3, 4, 4, 1);
    assertThat(stringLookup().vocabulary("red", "green").apply("green", "blue").toDoubles())
        .containsExactly(2, 0);
    assertThat(stringLookup().adapt("b", "a", "b").vocabulary()).containsExactly("[UNK]", "b", "a");
    assertThat(stringLookup().vocabulary("red", "green").tokens(2, 1))
        .containsExactly("green", "red");
    assertThat(integerLookup().vocabulary(12, 36, 1138).apply(vector(1138, 7)).toDoubles())
        .containsExactly(3, 0);
    assertThat(integerLookup().adapt(vector(5, 9, 9)).vocabulary()).containsExactly(-1L, 9L, 5L);
    assertThat(hashing(3).apply("A", "B", "C", "D", "E").toDoubles())
        .containsExactly(1, 0, 1, 1, 2);
    assertThat(hashing(3).salt(133, 137).apply("A", "B", "C").toDoubles()).containsExactly(1, 2, 1);
    assertThat(hashing(3).maskValue("").apply("A", "").toDoubles()).containsExactly(1, 0);
  }

  @Test
  void aTextMayBeAloneInAListInAnArrayOrInAColumn() {
    double[] numbers = WORDS.apply(List.of("a film", "bad")).toDoubles();

    assertThat(WORDS.apply("a film", "bad").toDoubles()).containsExactly(numbers);
    assertThat(WORDS.apply(StringColumn.create("text", "a film", "bad")).toDoubles())
        .containsExactly(numbers);
    assertThat(WORDS.apply("a film", "bad").shape()).containsExactly(2, 4);
    assertThat(WORDS.apply("bad").shape()).containsExactly(4);
    assertThat(textVectorization().adapt(StringColumn.create("text", "b", "b a")).vocabulary())
        .containsExactly("", "[UNK]", "b", "a");
  }

  @Test
  void withoutALengthTextsAreAsLongAsTheLongest() {
    assertThat(textVectorization().adapt("a b").apply("a", "b a b", "").shape())
        .containsExactly(3, 3);
  }

  @Test
  void whatItGivesAndHowManyTokensItKeepsMayBeSaidAfterItIsAdapted() {
    TextVectorization adapted = textVectorization().adapt("b a b", "c b");

    assertThat(adapted.outputMode("count").apply("b b x").toDoubles()).containsExactly(1, 2, 0, 0);
    assertThat(adapted.outputMode("tf_idf").apply("b").toDoubles()[1])
        .isEqualTo((float) Math.log(1 + 2 / 3.0));
  }

  @Test
  void aFunctionOfOnesOwnStandardizesAndSplits() {
    TextVectorization turkish =
        textVectorization()
            .standardize(text -> text.toLowerCase(Locale.forLanguageTag("tr")))
            .split(text -> List.of(text.split(",")))
            .adapt("I,ISI");

    assertThat(turkish.vocabulary()).containsExactly("", "[UNK]", "ısı", "ı");
    assertThat(turkish.config()).isEmpty();
  }

  @Test
  void explainShowsTheWayAsATable() {
    assertThat(WORDS.ngrams(2).adapt("a good film").explain("A good, <b> film!").toString())
        .isEqualTo(
            """
            step                                       result
            text                                       A good, <b> film!
            standardized: lower_and_strip_punctuation  a good b film
            split: whitespace                          a · good · b · film
            n-grams                                    a · good · b · film · a good · good b · b film
            indices                                    a → 6 · good → 3 · b → 1* · film → 4 · a good → 5 · good b → 1* · b film → 1*
            numbers, 4                                 [6, 3, 1, 4]
            * not in the vocabulary""");
    assertThat(WORDS.explain("<b>").html()).contains("&lt;b&gt;").doesNotContain("<b>");
    assertThat(WORDS.explain("!").toString()).contains("no tokens").contains("[0, 0, 0, 0]");
    assertThat(textVectorization().adapt("a").explain("").toString()).contains("none");
    assertThat(textVectorization().adapt("a").outputMode("count").explain("a a").toString())
        .contains("[0, 2]");
  }

  @Test
  void theVocabularyHasTheMostFrequentTokensInKerasOrderWhateverTheTextsAre() {
    var random = new Random(1);
    for (int trial = 0; trial < 50; trial++) {
      List<String> texts = new ArrayList<>();
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        List<String> words = new ArrayList<>();
        for (int j = 0; j < 1 + random.nextInt(9); j++) {
          String word = Character.toString("aZ9éß€😀".codePointAt(random.nextInt(7)) & ~1);
          words.add(word);
          counts.merge(word, 1, Integer::sum);
        }
        texts.add(String.join(" ", words));
      }
      TextVectorization layer =
          textVectorization().standardize("none").split("whitespace").adapt(texts);

      List<String> found = layer.vocabulary().subList(2, layer.vocabulary().size());
      assertThat(found).containsExactlyInAnyOrderElementsOf(counts.keySet());
      for (int i = 1; i < found.size(); i++) {
        int before = counts.get(found.get(i - 1));
        int here = counts.get(found.get(i));
        assertThat(before).isGreaterThanOrEqualTo(here);
        assertThat(before == here && found.get(i - 1).codePointAt(0) < found.get(i).codePointAt(0))
            .isFalse();
      }
      for (String word : found) {
        int index = (int) layer.apply(word).get(0);
        assertThat(layer.tokens(index)).containsExactly(word);
      }
    }
  }

  @Test
  void aLookupOfNumbersGivesTheSameInANetwork() {
    double[][] numbers = {{3, 7}, {5, 0}, {-1, 3}};
    for (String mode : List.of("int", "one_hot", "multi_hot", "count", "tf_idf")) {
      IntegerLookup lookup = integerLookup().numOovIndices(2).maskToken(0).outputMode(mode);
      requireSame(numbers, lookup.adapt(numbers));
    }
    requireSame(numbers, integerLookup().invert().vocabulary(9, 8, 7));
    requireSame(numbers, hashing(5));
    double[][] long1 = {{0, -9}, {16777216, -16777216}, {10, -100}, {99, 101}, {0x1p40, -0x1p50}};
    requireSame(long1, hashing(1000));
    requireSame(long1, hashing(1000).salt(7, 8).maskValue(10));
    requireSame(long1, hashing(1000).maskValue("10"));
    requireSame(numbers, hashing(5).maskValue(3).salt(1).outputMode("count"));
  }

  private static void requireSame(double[][] numbers, Layer layer) {
    var x = input(2);
    try (var model = model(x, layer.of(x)).build()) {
      double[] expected =
          layer instanceof Hashing hashing
              ? hashing.apply(numbers).toDoubles()
              : ((IntegerLookup) layer).apply(numbers).toDoubles();
      assertThat(model.predictValues(numbers).toDoubles()).containsExactly(expected);
    }
  }

  static Stream<Arguments> refusals() {
    String nowhere = null;
    return Stream.of(
        refusal(
            () -> textVectorization().apply("a"),
            "text_vectorization expects a vocabulary but receives none yet: measure it with adapt(…), or give it with vocabulary(…)."),
        refusal(
            () -> textVectorization().adapt(Arrays.asList("a", null)),
            "text_vectorization.adapt expects texts but receives null at 1: leave it out, or write \"\" for an empty text."),
        refusal(
            () -> textVectorization().adapt(nowhere),
            "text_vectorization.adapt expects a text, or a list, an array or a column of them but receives null: List.of(\"a good film\", \"a bad one\") is a list."),
        refusal(
            () -> textVectorization().adapt(List.of()),
            "text_vectorization.adapt expects texts but receives none: give at least one."),
        refusal(
            () -> textVectorization().adapt(List.of("a", 3)),
            "text_vectorization.adapt expects texts but receives a Integer at 1: give text alone."),
        refusal(
            () -> textVectorization().adapt("!", ""),
            "text_vectorization.adapt expects samples with at least one token but finds none in 2: check what they hold."),
        refusal(
            () -> textVectorization(1),
            "text_vectorization expects 2 tokens or more but receives maxTokens(1): one is for what is not in the vocabulary."),
        refusal(
            () -> textVectorization(2).adapt("a b").vocabulary(),
            "text_vectorization expects maxTokens of 3 or more but receives 2: the special tokens [\"\", \"[UNK]\"] are among them."),
        refusal(
            () -> WORDS.outputMode("count").apply("a"),
            "text_vectorization expects sequenceLength(…) for indices alone but receives outputMode(\"count\") with it: leave one of the two out."),
        refusal(
            () -> WORDS.outputMode("one_hot"),
            "text_vectorization expects an output mode of int, multi_hot, count, tf_idf but receives \"one_hot\": use one of these names."),
        refusal(
            () -> WORDS.standardize("upper"),
            "text_vectorization expects a standardization of lower_and_strip_punctuation, lower, strip_punctuation or none but receives \"upper\": use one of these names, or give a function, standardize(text -> …)."),
        refusal(
            () -> WORDS.split("comma"),
            "text_vectorization expects to split by whitespace, character or none but receives \"comma\": use one of these names, or give a function, split(text -> List.of(text.split(\",\")))."),
        refusal(
            () -> WORDS.ngrams(0),
            "text_vectorization expects tokens in a sequence of 1 or more but receives 0."),
        refusal(
            () -> WORDS.sequenceLength(0),
            "text_vectorization expects a sequence length of 1 or more but receives 0."),
        refusal(
            () -> WORDS.apply(List.of(List.of("a", "b"))),
            "text_vectorization expects one text a sample but receives rows of 2: join them, or take split(\"none\") where they are tokens already."),
        refusal(
            () -> textVectorization().adapt("a").apply("", ""),
            "text_vectorization expects texts with at least one token but receives none in 2: set a sequenceLength(…)."),
        refusal(
            () -> textVectorization().outputMode("tf_idf").vocabulary("a").apply("a"),
            "text_vectorization expects how rare each token is, for tf_idf, but receives a vocabulary alone: add idfWeights(…), or adapt it to texts."),
        refusal(
            () -> textVectorization().outputMode("tf_idf").vocabulary("a").idfWeights(1, 2, 3, 4),
            "text_vectorization expects an idf weight for each of the 1 tokens of its vocabulary but receives 4: give as many, in the order of the vocabulary."),
        refusal(
            () -> textVectorization().vocabulary("a", "b", "a"),
            "text_vectorization expects each token once but receives \"a\" twice in its vocabulary: drop one."),
        refusal(
            () -> textVectorization().vocabulary("a", ""),
            "text_vectorization expects the special tokens [\"\", \"[UNK]\"] at the front of its vocabulary or nowhere but receives \"\" at 1: leave them out."),
        refusal(
            () -> stringLookup().vocabulary("a", nowhere),
            "string_lookup expects a vocabulary of tokens but receives null at 1: leave it out."),
        refusal(
            () -> stringLookup().maxTokens(2).vocabulary("a", "b"),
            "string_lookup expects at most 2 tokens, as maxTokens says, but receives 3 with its special ones: allow more."),
        refusal(
            () -> stringLookup().numOovIndices(0).vocabulary("a").apply("b"),
            "string_lookup expects tokens of its vocabulary, as it has no index for others, but receives \"b\": allow them with numOovIndices(1)."),
        refusal(
            () -> integerLookup().vocabulary(1).apply(vector(0.5)),
            "integer_lookup expects whole numbers but receives 0.5: round them, or sort them into bins with discretization(…)."),
        refusal(() -> hashing(0), "hashing expects bins of 1 or more but receives 0."),
        refusal(
            () -> WORDS.of(input(4)),
            "text_vectorization expects texts but receives numbers [batch, 4]: put it right behind textInput()."),
        refusal(
            () -> dense(1).of(integerLookup().vocabulary(1L << 25).of(input(2))),
            "integer_lookup expects numbers from -16,777,216 to 16,777,216 in a network, which computes in 32 bits, but receives 33,554,432 in its vocabulary: look it up before, with apply(…)."));
  }

  private static Arguments refusal(Runnable call, String message) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatItCannotDoIsSaidAndWhatToDo(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "exactly sixteen!", "seventeen bytes !"})
  void aHashDependsOnEveryByte(String text) {
    List<Integer> bins =
        IntStream.range(0, 50)
            .mapToObj(i -> (int) hashing(Integer.MAX_VALUE).apply(text + (char) ('A' + i)).get(0))
            .toList();

    assertThat(bins).doesNotHaveDuplicates();
    assertThat(Collections.min(bins)).isNotNegative();
  }
}
