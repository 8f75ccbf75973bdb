package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.bidirectional;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.embedding;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.generate;
import static org.lossbook.Lossbook.globalAveragePooling1d;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.layerNormalization;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.lstm;
import static org.lossbook.Lossbook.makeReviews;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.multiHeadAttention;
import static org.lossbook.Lossbook.positionEmbedding;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.textVectorization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.layer.Node;

/** Models of sequences as a user of Keras writes them: each is trained, and learns. */
class SequencesAsInKerasTest {
  @TempDir Path folder;

  @Test
  void sentimentOfTextsByABidirectionalLstm() {
    var reviews = makeReviews(600, 42).split(0.8, 1);
    var words = textVectorization(200).sequenceLength(24).adapt(reviews.train().x().texts());
    try (var sentiment =
        sequential(
                words, embedding(200, 16).maskZero(), bidirectional(lstm(12)), dense(1).sigmoid())
            .seed(1)
            .compile(adam().learningRate(0.01), binaryCrossentropy(), accuracy())) {
      sentiment.fit(reviews.train(), epochs(6).batchSize(32).seed(1).quiet());
      assertThat(sentiment.evaluate(reviews.test()).get("accuracy")).isGreaterThan(0.9);

      var file = folder.resolve("sentiment.keras");
      sentiment.save(file);
      try (var loaded = loadModel(file)) {
        assertThat(loaded.predictValues("a good film"))
            .isEqualTo(sentiment.predictValues("a good film"));
      }
    }
  }

  /** Whether the first word comes again: position by position nothing tells. */
  @Test
  void aClassifierWithATransformerBlock() {
    int steps = 8;
    int words = 6;
    var ids = input(steps);
    Node x = positionEmbedding(steps).of(embedding(words, 16).of(ids));
    Node attended = layerNormalization().of(add().of(x, multiHeadAttention(2, 8).of(x, x)));
    Node inner = dense(16).of(dense(32).relu().of(attended));
    Node block = layerNormalization().of(add().of(attended, inner));
    Node end = dense(2).softmax().of(globalAveragePooling1d().of(block));

    float[][] train = sentences(1_500, steps, words, 1);
    float[][] test = sentences(200, steps, words, 2);
    try (var classifier =
        model(ids, end)
            .seed(1)
            .compile(adam().learningRate(0.005), sparseCategoricalCrossentropy(), accuracy())) {
      classifier.fit(train, comesAgain(train), epochs(30).batchSize(32).seed(1).quiet());
      assertThat(classifier.evaluate(test, comesAgain(test)).get("accuracy")).isGreaterThan(0.9);
    }
  }

  /** A character model after Keras's example, which goes on with the rhyme that it has read. */
  @Test
  void charactersThatWriteOn() {
    String rhyme = "one two buckle my shoe three four knock at the door ".repeat(4);
    int window = 16;
    var characters = textVectorization().split("character").sequenceLength(window).adapt(rhyme);
    int tokens = characters.vocabulary().size();
    List<String> windows = new ArrayList<>();
    int[][] next = new int[rhyme.length() - window][window];
    for (int i = 0; i < next.length; i++) {
      windows.add(rhyme.substring(i, i + window));
      for (int t = 0; t < window; t++) {
        int at = i + t + 1;
        next[i][t] = characters.vocabulary().indexOf(rhyme.substring(at, at + 1));
      }
    }
    try (var writer =
        sequential(
                characters,
                embedding(tokens, 12),
                lstm(48).returnSequences(),
                dense(tokens).softmax())
            .seed(1)
            .compile(adam().learningRate(0.02), sparseCategoricalCrossentropy(), accuracy())) {
      writer.fit(dataset(windows, next), epochs(25).batchSize(32).seed(1).quiet());
      assertThat(writer.evaluate(dataset(windows, next)).get("accuracy")).isGreaterThan(0.9);
      assertThat(generate(writer, "one two ").temperature(0).length(43))
          .hasToString("one two buckle my shoe three four knock at the door");
    }
  }

  private static float[][] sentences(int count, int steps, int words, long seed) {
    var random = new Random(seed);
    float[][] all = new float[count][steps];
    for (float[] sentence : all) {
      for (int step = 0; step < steps; step++) {
        sentence[step] = random.nextInt(words);
      }
      boolean again = random.nextBoolean();
      for (int step = 1; step < steps; step++) { // as often as not
        if (!again && sentence[step] == sentence[0]) {
          sentence[step] = (sentence[step] + 1) % words;
        }
      }
    }
    return all;
  }

  private static int[] comesAgain(float[][] sentences) {
    int[] labels = new int[sentences.length];
    for (int i = 0; i < labels.length; i++) {
      for (int step = 1; step < sentences[i].length; step++) {
        labels[i] |= sentences[i][step] == sentences[i][0] ? 1 : 0;
      }
    }
    return labels;
  }
}
