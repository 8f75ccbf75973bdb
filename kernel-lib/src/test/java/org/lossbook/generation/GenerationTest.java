package org.lossbook.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.bidirectional;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.embedding;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.generate;
import static org.lossbook.Lossbook.groupedQueryAttention;
import static org.lossbook.Lossbook.gru;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.layerNormalization;
import static org.lossbook.Lossbook.lstm;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.multiHeadAttention;
import static org.lossbook.Lossbook.positionEmbedding;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.textVectorization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.Node;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.training.SteppedInference;

/** Going on from a prompt. */
class GenerationTest {
  private static final double[] LOGITS = {
    Math.log(0.5), Math.log(0.3), Math.log(0.15), Math.log(0.05)
  };

  @Test
  void theNextTokenIsDrawnByTemperatureAmongTheLikeliest() {
    close(Sampling.PLAIN.probabilities(LOGITS), 0.5, 0.3, 0.15, 0.05);
    close(Sampling.PLAIN.temperature(0).probabilities(LOGITS), 1, 0, 0, 0);
    // 0.25, 0.09, 0.0225 and 0.0025 of 0.365
    close(
        Sampling.PLAIN.temperature(0.5).probabilities(LOGITS),
        0.25 / 0.365,
        0.09 / 0.365,
        0.0225 / 0.365,
        0.0025 / 0.365);
    close(Sampling.PLAIN.topK(2).probabilities(LOGITS), 0.625, 0.375, 0, 0);
    close(Sampling.PLAIN.topK(9).probabilities(LOGITS), 0.5, 0.3, 0.15, 0.05);
    close(Sampling.PLAIN.topP(0.7).probabilities(LOGITS), 0.625, 0.375, 0, 0);
    close(Sampling.PLAIN.topP(0.01).probabilities(LOGITS), 1, 0, 0, 0);
    close(Sampling.PLAIN.probabilities(1e4, -1e4, Double.NEGATIVE_INFINITY), 1, 0, 0);
  }

  @Test
  void drawsAreAsOftenAsTheirProbabilities() {
    var random = new SplittableRandom(1);
    int[] counts = new int[4];
    for (int i = 0; i < 20_000; i++) {
      counts[Sampling.PLAIN.topK(3).draw(random, LOGITS)]++;
    }
    assertThat(counts[0] / 20_000.0).isCloseTo(0.5 / 0.95, within(0.015));
    assertThat(counts[1] / 20_000.0).isCloseTo(0.3 / 0.95, within(0.015));
    assertThat(counts[3]).isZero();
  }

  private static void close(double[] actual, double... expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-12));
    }
  }

  /** The likeliest first token leads nowhere: 0.6·0.5 is less than 0.4·0.9. */
  @Test
  void beamsFindALikelierWholeThanTheGreedyWay() {
    Map<String, double[]> next =
        Map.of(
            "[9]",
            new double[] {0.6, 0.4},
            "[9, 0]",
            new double[] {0.5, 0.5},
            "[9, 1]",
            new double[] {0.1, 0.9});
    var one =
        Beams.search(
            ids -> next.get(Arrays.toString(ids)), new int[] {9}, 1, 2, OptionalInt.empty());
    var two =
        Beams.search(
            ids -> next.get(Arrays.toString(ids)), new int[] {9}, 2, 2, OptionalInt.empty());
    assertThat(one.get(0).ids()).startsWith(9, 0);
    assertThat(two.get(0).ids()).containsExactly(9, 1, 1);
    assertThat(two.get(0).logProbability()).isCloseTo(Math.log(0.36), within(1e-12));
    var ended =
        Beams.search(ids -> new double[] {0.9, 0.1}, new int[] {1}, 2, 9, OptionalInt.of(0));
    assertThat(ended.get(0).ids()).containsExactly(1, 0);
  }

  /** A model that has learnt to count from 0 to 4 and round again. */
  private static Model counting(boolean eachStep) {
    int[][] x = new int[40][6];
    int[][] y = new int[40][6];
    double[] last = new double[40];
    for (int i = 0; i < 40; i++) {
      for (int t = 0; t < 6; t++) {
        x[i][t] = (i + t) % 5;
        y[i][t] = (i + t + 1) % 5;
      }
      last[i] = y[i][5];
    }
    Model model =
        sequential(
                input(6),
                embedding(5, 8),
                eachStep ? lstm(16).returnSequences() : gru(16),
                dense(5).softmax())
            .seed(1)
            .compile(adam().learningRate(0.05), sparseCategoricalCrossentropy());
    model.fit(x, eachStep ? y : last, epochs(40).seed(1).quiet());
    return model;
  }

  @Test
  void aRecurrentModelGoesOnFromThePrompt() {
    for (boolean eachStep : new boolean[] {true, false}) {
      try (Model model = counting(eachStep)) {
        var three = generate(model, 0, 1, 2).temperature(0).length(6);
        assertThat(three.ids()).containsExactly(0, 1, 2, 3, 4, 0, 1, 2, 3);
        assertThat(three.ids()).isEqualTo(three.ids());
        assertThat(three.stopAt(1).ids()).containsExactly(0, 1, 2, 3, 4, 0);
        assertThat(generate(model, 3).beams(3).length(4).ids()).startsWith(3);
        assertThat(
                generate(model, "cd")
                    .with(List.of("a", "b", "c", "d", "e"))
                    .temperature(0)
                    .length(4)
                    .text())
            .isEqualTo("cdeabc");
        var drawn = generate(model, 1).temperature(3).length(30);
        assertThat(drawn.seed(4).ids())
            .isEqualTo(drawn.seed(4).ids())
            .isNotEqualTo(drawn.seed(5).ids());
        assertThat(drawn.topK(1).ids()).isEqualTo(drawn.temperature(0).ids());
      }
    }
  }

  /** What a model says after steps that it reads one by one is what it says of all of them. */
  @Test
  void keptStatesSayWhatTheWholeWindowSays() {
    for (var layer : List.of(lstm(7).returnSequences(), gru(7).returnSequences())) {
      try (Model model =
          sequential(input(4), embedding(6, 3), layer, lstm(5), dense(6))
              .seed(3)
              .compile(adam(), sparseCategoricalCrossentropy().fromLogits())) {
        double[] stepped = {};
        int[] ids = {5, 0, 3, 2};
        stepped =
            org.lossbook.model.ModelState.of("test", model)
                .alone(
                    "test",
                    compiled -> {
                      try (var steps =
                          org.lossbook.training.SteppedInference.of("test", compiled)) {
                        double[] says = {};
                        for (int id : ids) {
                          says = steps.after(new float[] {id});
                        }
                        return says;
                      }
                    });
        double[] whole = model.predictValues(new int[][] {ids}).toDoubles();
        assertThat(stepped).hasSize(6);
        for (int k = 0; k < 6; k++) {
          assertThat(stepped[k]).isCloseTo(whole[k], within(1e-5));
        }
      }
    }
  }

  /**
   * A model of strings knows its characters; one of recurrent layers and one that reads windows.
   */
  @Test
  void aModelOfTextsWritesOn() {
    String text = "abcde".repeat(9);
    List<String> windows = new ArrayList<>();
    var words = textVectorization().split("character").sequenceLength(4).adapt(text);
    int tokens = words.vocabulary().size();
    double[] next = new double[40];
    for (int i = 0; i < 40; i++) {
      windows.add(text.substring(i, i + 4));
      next[i] = words.vocabulary().indexOf(text.substring(i + 4, i + 5));
    }
    for (var last : List.of(lstm(12), bidirectional(lstm(6)))) {
      try (Model model =
          sequential(words, embedding(tokens, 8), last, dense(tokens).softmax())
              .seed(1)
              .compile(adam().learningRate(0.05), sparseCategoricalCrossentropy())) {
        model.fit(dataset(windows, next), epochs(80).seed(1).quiet());
        assertThat(generate(model, "cdea").temperature(0).length(7)).hasToString("cdeabcdeabc");
      }
    }
  }

  /** A decoder of one block, which has a window of that many steps, or of any. */
  private static Model decoder(int window, boolean isGrouped) {
    Node ids = window > 0 ? input(window) : input(Shapes.ANY);
    Node words = embedding(9, 8).of(ids);
    Node x = window > 0 ? positionEmbedding(24).of(words) : words;
    for (int block = 0; block < 2; block++) {
      var attention =
          isGrouped
              ? groupedQueryAttention(4, 4, 2).causal()
              : multiHeadAttention(2, 4).valueDim(3).causal();
      x = layerNormalization().of(add().of(x, attention.of(x, x)));
      x = add().of(x, dense(8).of(dense(16).relu().of(x)));
    }
    return model(ids, dense(9).softmax().of(x))
        .seed(5)
        .compile(adam(), sparseCategoricalCrossentropy());
  }

  /** With the keys and values that are kept, each step says what the whole sequence says. */
  @Test
  void causalAttentionGoesOnFromTheKeysAndValuesThatItHasRead() {
    for (boolean isGrouped : new boolean[] {false, true}) {
      for (int window : new int[] {10, 0}) {
        try (Model model = decoder(window, isGrouped)) {
          int[] ids = {5, 0, 3, 2, 8, 1, 4};
          ModelState.of("test", model)
              .alone(
                  "test",
                  compiled -> {
                    var whole = new NextToken(compiled);
                    try (var steps = SteppedInference.of("test", compiled, ids.length)) {
                      for (int i = 0; i < ids.length; i++) {
                        assertThat(steps.isPossible()).isTrue();
                        double[] said = NextToken.logits(steps.after(new float[] {ids[i]}));
                        double[] expected = whole.after(Arrays.copyOf(ids, i + 1));
                        assertThat(said).containsExactly(expected, within(1e-4));
                      }
                      assertThat(steps.isPossible()).isFalse();
                    }
                    return 0;
                  });
        }
      }
    }
  }

  /** Also where the text is longer than the window, which is read again from there on. */
  @Test
  void aDecoderWritesTheSameTokensWithAndWithoutItsCache() {
    for (int window : new int[] {6, 0}) {
      try (Model model = decoder(window, false)) {
        var drawn = generate(model, 3, 7, 1).temperature(0.9).length(14).seed(2);
        int[] again = {3, 7, 1};
        var random = new SplittableRandom(2);
        int[] expected =
            ModelState.of("test", model)
                .alone(
                    "test",
                    compiled -> {
                      int[] ids = again;
                      while (ids.length < 17) {
                        double[] next = new NextToken(compiled).after(ids);
                        ids = Arrays.copyOf(ids, ids.length + 1);
                        ids[ids.length - 1] = Sampling.PLAIN.temperature(0.9).draw(random, next);
                      }
                      return ids;
                    });
        assertThat(drawn.length(5).ids()).containsExactly(Arrays.copyOf(expected, 8));
        assertThat(drawn.ids()).containsExactly(expected);
        assertThat(drawn.length(3).ids()).containsExactly(Arrays.copyOf(expected, 6));
      }
    }
  }

  @Test
  void anyOtherModelReadsItsWindowAgain() {
    try (Model model =
        sequential(input(3), embedding(4, 3), bidirectional(lstm(4)), dense(4).softmax())
            .seed(1)
            .compile(adam(), sparseCategoricalCrossentropy())) {
      int[] ids = generate(model, 1, 2).temperature(0).length(5).ids();
      assertThat(ids).hasSize(7).startsWith(1, 2);
      double[] said = model.predictValues(new int[][] {{0, 1, 2}}).toDoubles();
      int likeliest = 0;
      for (int k = 1; k < 4; k++) {
        likeliest = said[k] > said[likeliest] ? k : likeliest;
      }
      assertThat(ids[2]).isEqualTo(likeliest);
    }
  }

  @Test
  void whatCannotBeIsSaidWithTheWayOut() {
    try (Model model =
        sequential(input(3), embedding(4, 3), lstm(4), dense(4).softmax())
            .compile(adam(), sparseCategoricalCrossentropy())) {
      assertThatThrownBy(() -> generate(model, "ab").text())
          .hasMessageStartingWith(
              "generate expects to know the tokens of a text: add .with(vectorization)");
      assertThatThrownBy(() -> generate(model, "z").with(List.of("a", "b")).text())
          .hasMessageContaining("\"z\" is none of them");
      assertThatThrownBy(() -> generate(model).ids())
          .hasMessageContaining("a prompt of 1 token or more");
      assertThatThrownBy(() -> generate(model, -1).ids()).hasMessageContaining("ids of 0 or more");
      assertThatThrownBy(() -> generate(model, 1).temperature(-1))
          .hasMessageContaining("temperature of 0 or more");
      assertThatThrownBy(() -> generate(model, 1).topK(0))
          .hasMessageContaining("topK of 1 or more");
      assertThatThrownBy(() -> generate(model, 1).topP(0)).hasMessageContaining("topP above 0");
      assertThatThrownBy(() -> generate(model, 1).beams(0))
          .hasMessageContaining("from 1 to 1,000 beams");
      assertThatThrownBy(() -> generate(model, 1).length(0))
          .hasMessageContaining("length from 1 to 1,000,000");
    }
    try (Model flat =
        sequential(input(2, 2, 1), dense(3).softmax())
            .compile(adam(), sparseCategoricalCrossentropy())) {
      assertThatThrownBy(() -> generate(flat, 1).ids())
          .hasMessageContaining("a model of one sequence");
    }
  }
}
