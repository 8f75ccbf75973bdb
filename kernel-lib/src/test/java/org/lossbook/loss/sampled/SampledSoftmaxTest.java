package org.lossbook.loss.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.embedding;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sampledSoftmax;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.vector;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.testing.Golden;

/** Sampled softmax beside TensorFlow's, its sampler, and a model that trains with it. */
class SampledSoftmaxTest {
  static Stream<Golden.Case> cases() {
    return Golden.cases("sampled_softmax");
  }

  private static SampledSoftmax loss(JsonObject settings) {
    SampledSoftmax loss = sampledSoftmax().fromLogits();
    loss = loss.fixed(Golden.ints(settings.get("fixed")));
    loss = settings.get("uniform").getAsBoolean() ? loss.uniform() : loss;
    boolean keeps = settings.get("keep_accidental_hits").getAsBoolean();
    return keeps ? loss.keepAccidentalHits() : loss;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withFixedCandidatesItIsTensorFlows(Golden.Case golden) {
    SampledSoftmax loss = loss(golden.object("settings"));
    double[] y = golden.tensor("yTrue").data();
    Golden.Values z = golden.tensor("yPred");
    Values logits = Values.of(z.data(), z.shape());

    assertThat(loss.perSample(y, logits))
        .containsExactly(golden.tensor("perSample").data(), within(1e-7));
    double[] expected = golden.tensor("gradient").data();
    double[] slopes =
        Arrays.stream(loss.gradient(y, logits)).flatMapToDouble(Arrays::stream).toArray();
    assertThat(slopes).containsExactly(expected, within(1e-8));

    float[] gradient = new float[z.data().length];
    double value =
        new TrainingLoss(loss)
            .bind(z.shape()[1])
            .run(golden.tensor("yTrue").floats(), z.floats(), null, y.length, gradient);
    double mean = Arrays.stream(golden.tensor("perSample").data()).average().orElseThrow();
    assertThat(value).isCloseTo(mean, within(1e-6));
    for (int i = 0; i < gradient.length; i++) {
      assertThat((double) gradient[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void probabilitiesAndFewClassesGiveTheWholeCrossEntropy() {
    double[][] p = {{0.05, 0.9, 0.05}, {0.2, 0.3, 0.5}};
    double[][] z = {{1, -2, 0.5}, {0.3, 0.1, -4}};
    assertThat(sampledSoftmax().of(vector(1), matrix(row(0.05, 0.9, 0.05))))
        .isCloseTo(0.105, within(5e-4));
    assertThat(sampledSoftmax().candidates(1).of(vector(1, 2), p))
        .isEqualTo(sparseCategoricalCrossentropy().of(vector(1, 2), p));
    assertThat(sampledSoftmax().fromLogits().of(vector(1, 2), z))
        .isCloseTo(sparseCategoricalCrossentropy().fromLogits().of(vector(1, 2), z), within(1e-12));
  }

  /** How often classes are drawn, beside how often the sampler says that they are expected. */
  @Test
  void classesAreDrawnAsOftenAsTheyAreExpected() {
    for (boolean isUniform : new boolean[] {false, true}) {
      var sampler = new CandidateSampler(100, isUniform);
      int[] drawn = new int[10];
      double[] counts = new double[100];
      double[] expected = new double[100];
      int batches = 20_000;
      double all = 0;
      for (int i = 0; i < batches; i++) {
        sampler.draw(drawn);
        assertThat(Arrays.stream(drawn).distinct().count()).isEqualTo(10);
        for (int each : drawn) {
          counts[each]++;
        }
        for (int c = 0; c < 100; c++) {
          expected[c] += sampler.expected(c);
        }
      }
      for (int c = 0; c < 100; c++) {
        all += sampler.probability(c);
        assertThat(counts[c] / batches)
            .as("class %d", c)
            .isCloseTo(expected[c] / batches, within(0.02 + 0.03 * expected[c] / batches));
      }
      assertThat(all).isCloseTo(1, within(1e-12));
    }
    // log(2)/log(101) and log(101/100)/log(101)
    assertThat(new CandidateSampler(100, false).probability(0)).isCloseTo(0.1502, within(1e-4));
    assertThat(new CandidateSampler(100, false).probability(99)).isCloseTo(0.002156, within(1e-6));
  }

  /** Words that follow each other by a rule; the loss of evaluation is that of all words. */
  @Test
  void aModelOfManyWordsTrainsWithFewOfThem() {
    int words = 400;
    double[][] x = new double[words][1];
    double[] y = new double[words];
    Random random = new Random(1);
    for (int i = 0; i < words; i++) {
      x[i][0] = i;
      y[i] = Math.min(words - 1, (int) (10 * Math.exp(random.nextGaussian())));
    }
    try (var model =
        sequential(input(1), embedding(words, 24), flatten(), dense(words).softmax())
            .seed(1)
            .compile(adam().learningRate(0.03), sampledSoftmax().candidates(32), accuracy())) {
      double before = model.evaluate(x, y).get("loss");
      assertThat(before).isCloseTo(Math.log(words), within(0.1));
      var history = model.fit(x, y, epochs(25).batchSize(32).seed(1).quiet());
      var after = model.evaluate(x, y);
      assertThat(after.get("loss")).isLessThan(0.4);
      assertThat(after.get("accuracy")).isGreaterThan(0.9);
      assertThat(history.last("loss")).isLessThan(after.get("loss"));
      assertThat(after.get("loss"))
          .isCloseTo(sparseCategoricalCrossentropy().of(y, model.predict(x)), within(1e-4));
    }
  }

  @Test
  void itsGradientIsCheckedOnTheClassesThatWereDrawn() {
    try (var model =
        sequential(input(3), dense(90).softmax())
            .seed(1)
            .compile(adam(), sampledSoftmax().candidates(12))) {
      double[][] x = {{1, 0.5, -1}, {0.2, -0.4, 2}};
      assertThat(gradientCheck(model, x, vector(4, 70)).agrees()).isTrue();
    }
  }

  @Test
  void itsStepsAreWrittenOut() {
    double[][] z = {{1, 2, 3, 4}};
    assertThat(sampledSoftmax().fromLogits().fixed(0, 3).explain(vector(3), z).toString())
        .contains("logsumexp(", "of class 0")
        .doesNotContain("of class 3")
        .endsWith("nats");
  }

  @Test
  void whatCannotBeIsSaidWithTheWayOut() {
    assertThatThrownBy(() -> sampledSoftmax().candidates(0))
        .hasMessageStartingWith(
            "sampledSoftmax expects 1 candidate or more but receives 0: candidates(64) draws");
    assertThatThrownBy(() -> sampledSoftmax().fixed(1, 1))
        .hasMessageStartingWith(
            "sampledSoftmax expects different classes from 0 on but receives [1, 1]:");
    assertThatThrownBy(
            () -> sampledSoftmax().fromLogits().fixed(7).of(vector(0), matrix(row(1, 2))))
        .hasMessageStartingWith(
            "sampledSoftmax expects fixed classes from 0 to 1, as there are 2 logits, but receives 7:");
    var sigmoid = sequential(input(2), dense(3).sigmoid());
    assertThatThrownBy(() -> sigmoid.compile(adam(), sampledSoftmax()))
        .hasMessageContaining("sampledSoftmax");
  }
}
