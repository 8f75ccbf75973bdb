package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.optimizer.Optimizer;

/** A table's gradient by rows: what a step moves, beside what a dense gradient would move. */
class SparseGradientTest {
  private static final int LENGTH = 6;
  private static final String NAME = "table/embeddings";

  private static Model withTable(Optimizer optimizer, boolean sparse, int words, int width) {
    return sequential(
            input(LENGTH),
            embedding(words, width).sparseGradient(sparse).named("table"),
            flatten(),
            dense(2))
        .seed(3)
        .compile(optimizer, mse());
  }

  private static float[][] words(int samples, int words, long seed) {
    var random = new Random(seed);
    float[][] all = new float[samples][LENGTH];
    for (float[] sample : all) {
      for (int i = 0; i < LENGTH; i++) {
        sample[i] = random.nextInt(words);
      }
    }
    return all;
  }

  private static float[][] targets(int samples, long seed) {
    var random = new Random(seed);
    float[][] all = new float[samples][2];
    for (float[] sample : all) {
      sample[0] = random.nextFloat();
      sample[1] = 5 * random.nextFloat();
    }
    return all;
  }

  private static void step(Model model, float[][] x, float[][] y) {
    model.zeroGrad();
    model.loss(x, y).backward();
    model.step();
  }

  private static float[] table(Model model) {
    return model.weightValues(NAME).toFloats();
  }

  private static float[] kernel(Model model) {
    return model.weightValues("dense/kernel").toFloats();
  }

  /** Widths that divide a chunk of 4,096 numbers, and one whose rows lie across its border. */
  @ParameterizedTest
  @CsvSource({"50,4", "3000,5", "2000,16", "7,1"})
  void plainDescentMovesTheSameWeightsToTheBitWhicheverTheGradientIs(int words, int width) {
    try (Model sparse = withTable(sgd().learningRate(0.1), true, words, width);
        Model dense = withTable(sgd().learningRate(0.1), false, words, width)) {
      assertThat(table(sparse)).isEqualTo(table(dense));
      for (int step = 0; step < 5; step++) {
        float[][] x = words(4 + step, words, step);
        float[][] y = targets(4 + step, step);
        step(sparse, x, y);
        step(dense, x, y);
        assertThat(table(sparse)).as("step %d", step).isEqualTo(table(dense));
        assertThat(kernel(sparse)).isEqualTo(kernel(dense));
      }
    }
  }

  @Test
  void fitWithALastPartialBatchMovesTheSameWeightsAsADenseGradient() {
    float[][] x = words(21, 900, 1);
    float[][] y = targets(21, 2);
    try (Model sparse = withTable(sgd().learningRate(0.1), true, 900, 16);
        Model dense = withTable(sgd().learningRate(0.1), false, 900, 16)) {
      for (Model each : List.of(sparse, dense)) {
        each.fit(x, y, epochs(3).batchSize(8).seed(5).quiet());
      }
      assertThat(table(sparse)).isEqualTo(table(dense));
      assertThat(kernel(sparse)).isEqualTo(kernel(dense));
    }
  }

  static Stream<Optimizer> ofSingleNumbers() {
    return Stream.of(
        sgd().momentum(0.9).nesterov(),
        adam(),
        adam().amsgrad(),
        adam().globalClipNorm(0.1),
        adam().clipNorm(0.1),
        adam().clipValue(0.01),
        adam().learningRate(cosineDecay(0.01, 10)),
        adamax(),
        nadam(),
        adagrad(),
        adadelta(),
        rmsprop().centered().momentum(0.5),
        ftrl(),
        lion());
  }

  @ParameterizedTest
  @MethodSource("ofSingleNumbers")
  void whereEachStepMeetsTheSameWordsTheyMoveAsWithADenseGradient(Optimizer optimizer) {
    int words = 1500;
    float[][] x = words(5, words, 1);
    float[][] y = targets(5, 2);
    try (Model sparse = withTable(optimizer, true, words, 5);
        Model dense = withTable(optimizer, false, words, 5)) {
      for (int step = 0; step < 4; step++) {
        step(sparse, x, y);
        step(dense, x, y);
        assertThat(kernel(sparse)).containsExactly(kernel(dense), within(1e-6f));
        assertThat(of(x, table(sparse))).containsExactly(of(x, table(dense)), within(1e-6f));
      }
    }
  }

  /** The vectors of these words, whose width is 5. */
  private static float[] of(float[][] words, float[] table) {
    float[] vectors = new float[words.length * LENGTH * 5];
    for (int i = 0; i < vectors.length; i++) {
      int place = i / 5;
      vectors[i] = table[(int) words[place / LENGTH][place % LENGTH] * 5 + i % 5];
    }
    return vectors;
  }

  @Test
  void momentsAndWeightsOfWordsThatAStepDoesNotMeetStayAsTheyAre() {
    float[][] first = {{0, 1, 2, 3, 4, 4}};
    float[][] second = {{4, 4, 5, 5, 6, 6}};
    float[][] y = {{1, 2}};
    try (Model sparse = withTable(adamw().learningRate(0.1), true, 8, 2);
        Model dense = withTable(adamw().learningRate(0.1), false, 8, 2)) {
      float[] before = table(sparse);
      step(sparse, first, y);
      step(dense, first, y);
      float[] between = table(sparse);
      float[] moments = moments(sparse);
      step(sparse, second, y);
      step(dense, second, y);
      float[] after = table(sparse);
      for (int i = 0; i < 16; i++) {
        int word = i / 2;
        assertThat(between[i] != before[i]).as("word %d, step 1", word).isEqualTo(word <= 4);
        assertThat(after[i] != between[i])
            .as("word %d, step 2", word)
            .isEqualTo(word >= 4 && word <= 6);
        assertThat(moments(sparse)[i] != moments[i]).isEqualTo(word >= 4 && word <= 6);
      }
      assertThat(table(dense)[0]).isNotEqualTo(after[0]);
      assertThat(table(dense)[15]).isNotEqualTo(after[15]); // decay of a word never met
    }
  }

  /** The table comes first in the vector. */
  private static float[] moments(Model model) {
    Map<String, float[]> state = model.state().compiled().update().updater().state();
    return state.get("momentum");
  }

  static Stream<Optimizer> ofAllWeights() {
    return Stream.of(
        lamb(),
        adafactor(),
        muon().excludeEmbeddings(false),
        adam().useEma(),
        adam().gradientAccumulationSteps(2));
  }

  @ParameterizedTest
  @MethodSource("ofAllWeights")
  void rulesThatLookAtAllWeightsTakeTheGradientAsDense(Optimizer optimizer) {
    try (Model sparse = withTable(optimizer, true, 700, 8);
        Model dense = withTable(optimizer, false, 700, 8)) {
      for (int step = 0; step < 4; step++) {
        float[][] x = words(5, 700, step);
        float[][] y = targets(5, step);
        step(sparse, x, y);
        step(dense, x, y);
      }
      assertThat(table(sparse)).isEqualTo(table(dense));
      assertThat(kernel(sparse)).isEqualTo(kernel(dense));
    }
  }

  @Test
  void aGlobalNormIsThatOfAllParametersTogether() {
    var optimizer = sgd().learningRate(1).globalClipNorm(1e-3);
    try (Model sparse = withTable(optimizer, true, 1000, 16);
        Model dense = withTable(optimizer, false, 1000, 16)) {
      float[][] x = words(9, 1000, 4);
      float[][] y = targets(9, 5);
      float[] before = kernel(sparse);
      step(sparse, x, y);
      step(dense, x, y);
      assertThat(kernel(sparse)).isNotEqualTo(before);
      assertThat(kernel(sparse)).containsExactly(kernel(dense), within(1e-9f));
      assertThat(table(sparse)).containsExactly(table(dense), within(1e-9f));
    }
  }

  @Test
  void readingAGradientChangesNoStepAndGivesZerosForWordsNotMet() {
    float[][] x = {{1, 1, 1, 3, 3, 3}};
    float[][] y = {{1, 2}};
    try (Model read = withTable(adam(), true, 5, 2);
        Model unread = withTable(adam(), true, 5, 2)) {
      for (int step = 0; step < 3; step++) {
        float[][] now = {{1, 1, 1, 3, 3, step}};
        for (Model each : List.of(read, unread)) {
          each.zeroGrad();
          assertThat(each == unread || isZero(each.gradientValues(NAME).toFloats())).isTrue();
          each.loss(now, y).backward();
          if (each == read) {
            float[] gradient = each.gradientValues(NAME).toFloats();
            assertThat(gradient[2]).isNotZero();
            assertThat(gradient[6]).isNotZero();
            assertThat(gradient[8]).isZero();
            assertThat(gradient[0] != 0).isEqualTo(step == 0);
            assertThat(gradient[4] != 0).isEqualTo(step == 2);
          }
          each.step();
        }
        assertThat(table(read)).isEqualTo(table(unread));
      }
    }
  }

  private static boolean isZero(float[] numbers) {
    return IntStream.range(0, numbers.length).allMatch(i -> numbers[i] == 0);
  }

  @Test
  void twoBackwardPassesAddUpAndMoveTheWordsOfBoth() {
    float[][] y = {{1, 2}};
    try (Model sparse = withTable(adam(), true, 9, 2);
        Model dense = withTable(adam(), false, 9, 2)) {
      float[] before = table(sparse);
      for (Model each : List.of(sparse, dense)) {
        each.zeroGrad();
        each.loss(new float[][] {{0, 1, 2, 3, 4, 4}}, y).backward();
        each.loss(new float[][] {{3, 4, 5, 6, 6, 6}}, y).backward();
      }
      assertThat(sparse.gradientValues(NAME).toFloats())
          .isEqualTo(dense.gradientValues(NAME).toFloats());
      sparse.step();
      dense.step();
      assertThat(table(sparse)).isEqualTo(table(dense));
      assertThat(kernel(sparse)).isEqualTo(kernel(dense));
      assertThat(table(sparse)[13]).isNotEqualTo(before[13]);
      assertThat(table(sparse)[15]).isEqualTo(before[15]);
    }
  }

  @Test
  void aLossWithAPenaltyOfOtherWeightsLeavesWordsThatAreNotMetAlone() {
    try (Model model =
        sequential(
                input(LENGTH),
                embedding(9, 2).named("table"),
                flatten(),
                dense(2).kernelRegularizer(l2(0.1)))
            .seed(3)
            .compile(adam(), mse())) {
      float[] before = table(model);
      step(model, new float[][] {{0, 1, 2, 3, 4, 4}}, new float[][] {{1, 2}});
      step(model, new float[][] {{5, 5, 5, 5, 5, 5}}, new float[][] {{1, 2}});
      model.fit(new float[][] {{6, 6, 6, 6, 6, 6}}, new float[][] {{1, 2}}, epochs(1).quiet());
      assertThat(table(model)[12]).isNotEqualTo(before[12]);
      assertThat(table(model)[14]).isEqualTo(before[14]);
    }
  }

  static Stream<Model> ofWholeTables() {
    return Stream.of(
        sequential(
                input(LENGTH),
                embedding(9, 2).embeddingsRegularizer(l2(0.1)).named("table"),
                flatten(),
                dense(2))
            .seed(3)
            .compile(adam(), mse()),
        sequential(
                input(LENGTH),
                embedding(9, 2).embeddingsConstraint(unitNorm()).named("table"),
                flatten(),
                dense(2))
            .seed(3)
            .compile(adam(), mse()));
  }

  @ParameterizedTest
  @MethodSource("ofWholeTables")
  void aRegularizerOrAConstraintOfTheVectorsMovesThemAll(Model model) {
    try (model) {
      float[] before = table(model);
      step(model, new float[][] {{0, 1, 2, 3, 4, 4}}, new float[][] {{1, 2}});
      assertThat(table(model)[17]).isNotEqualTo(before[17]);
    }
  }

  /** The gradient of words that one lookup meets, and of those that the other meets. */
  @Test
  void twoInputsThatShareAnEmbeddingMoveTheWordsOfBoth() {
    var words = embedding(9, 2).named("table");
    var a = input(LENGTH);
    var b = input(LENGTH);
    var sum = add().of(words.of(a), words.of(b));
    try (Model model =
        model(List.of(a, b), dense(2).of(flatten().of(sum))).seed(3).compile(adam(), mse())) {
      float[] before = table(model);
      float[][] left = {{0, 1, 1, 1, 1, 1}};
      float[][] right = {{1, 2, 2, 2, 2, 2}};
      model.loss(List.of(left, right), new float[][] {{1, 2}}).backward();
      model.step();
      for (int word = 0; word < 9; word++) {
        assertThat(table(model)[2 * word] != before[2 * word])
            .as("word %d", word)
            .isEqualTo(word < 3);
      }
    }
  }

  /** Moments are in the file for all words, as Keras has them; the table is large by itself. */
  @Test
  void aSavedModelGoesOnWithTheMomentsOfAllWords(@TempDir Path folder) {
    Path file = folder.resolve("words.keras");
    float[][] y = {{1, 2}};
    try (Model model = withTable(adam().learningRate(0.1), true, 70_000, 4)) {
      step(model, new float[][] {{0, 1, 2, 3, 4, 4}}, y);
      step(model, new float[][] {{3, 4, 5, 6, 6, 6}}, y);
      model.save(file);
      try (Model loaded = loadModel(file)) {
        assertThat(moments(loaded)).isEqualTo(moments(model));
        for (Model each : List.of(model, loaded)) {
          step(each, new float[][] {{0, 1, 6, 7, 7, 7}}, y);
        }
        assertThat(table(loaded)).isEqualTo(table(model));
      }
    }
  }

  /** Whichever batch it is in, and however the samples are shuffled. */
  @Test
  void aWordOutsideTheVocabularyIsRefusedWithItsSample() {
    float[][] x = new float[50][LENGTH];
    float[][] y = new float[50][2];
    x[41][1] = 9;
    try (Model model = withTable(adam(), true, 9, 2)) {
      List<ThrowingCallable> calls =
          List.of(
              () -> model.fit(x, y, epochs(1).batchSize(8).quiet()),
              () -> model.evaluate(x, y),
              () -> model.predict(x),
              () -> model.loss(x, y));
      for (ThrowingCallable call : calls) {
        assertThatThrownBy(call)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "embedding(9, 2) expects words as whole numbers from 0 to 8 but receives 9 at position 1 of sample 41: take a vocabulary of 10 words or more.");
      }
    }
  }
}
