package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.callback.History;
import org.lossbook.callback.Watched;
import org.lossbook.data.Dataset;
import org.lossbook.data.mnist.TestDigits;
import org.lossbook.model.Model;
import org.lossbook.model.Sequential;

public class FitTest {
  /** Three classes of points in the plane, a little mixed. */
  public static Dataset points(int n, long seed) {
    var random = new Random(seed);
    double[][] x = new double[n][2];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      int label = i % 3;
      x[i][0] = Math.cos(2.1 * label) + 0.4 * random.nextGaussian();
      x[i][1] = Math.sin(2.1 * label) + 0.4 * random.nextGaussian();
      y[i] = label;
    }
    return Dataset.of(x, y);
  }

  public static Sequential classifier() {
    return sequential(input(2), dense(8).relu(), dropout(0.1), dense(3).softmax());
  }

  public static Model compiled() {
    return classifier()
        .compile(adam().learningRate(0.01), sparseCategoricalCrossentropy(), accuracy());
  }

  public static List<Float> weights(Model model) {
    List<Float> all = new ArrayList<>();
    for (String name : model.weightNames()) {
      for (float value : model.weightValues(name).toFloats()) {
        all.add(value);
      }
    }
    return all;
  }

  @Test
  void aNetworkLearnsHandwrittenDigitsInOneShortEpoch() {
    var digits = TestDigits.mnist();
    try (var model =
        sequential(
                input(28, 28, 1),
                conv2d(16, 3).relu(),
                maxPooling2d(2),
                flatten(),
                dense(32).relu(),
                dense(10).softmax())
            .compile(adam().learningRate(2e-3), sparseCategoricalCrossentropy(), accuracy())) {
      var history =
          model.fit(
              digits.train().take(4000),
              epochs(1).validation(digits.test().take(1000)).seed(1).quiet());

      assertThat(history.last("val_accuracy")).isGreaterThan(0.85);
      assertThat(model.evaluate(digits.test().take(1000)).get("accuracy"))
          .isEqualTo(history.last("val_accuracy"));
      assertThat(model.predictValues(digits.test().x().rows(0, 8)).shape()).containsExactly(8, 10);
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsTwice() {
    Dataset data = points(50, 1);
    try (var one = compiled();
        var two = compiled();
        var other = compiled()) {
      one.fit(data, epochs(3).batchSize(16).seed(1).quiet());
      two.fit(data, epochs(3).batchSize(16).seed(1).quiet());
      other.fit(data, epochs(3).batchSize(16).seed(2).quiet());

      assertThat(weights(two)).isEqualTo(weights(one));
      assertThat(weights(other)).isNotEqualTo(weights(one));
    }
  }

  @Test
  void aSeedBeforeCompileFixesTheFirstWeights() {
    try (var one = classifier().seed(7).compile(sgd(), sparseCategoricalCrossentropy());
        var two = classifier().seed(7).compile(sgd(), sparseCategoricalCrossentropy());
        var drawn = classifier().compile(sgd(), sparseCategoricalCrossentropy())) {
      assertThat(weights(two)).isEqualTo(weights(one)).isNotEqualTo(weights(drawn));
      List<Float> before = weights(one);
      one.fit(points(3, 1), epochs(1).seed(1).quiet());
      two.fit(points(3, 1), epochs(1).seed(1).quiet());
      assertThat(weights(two)).isEqualTo(weights(one)).isNotEqualTo(before);
    }
  }

  @Test
  void fitTwiceGoesOnTraining() {
    Dataset data = points(50, 1);
    try (var once = compiled();
        var twice = compiled()) {
      once.fit(data, epochs(2).batchSize(16).seed(1).quiet());
      twice.fit(data, epochs(1).batchSize(16).seed(1).quiet());
      twice.fit(data, epochs(1).batchSize(16).seed(1).quiet());

      assertThat(weights(twice)).isEqualTo(weights(once));
    }
  }

  @Test
  void theHistoryHoldsRunningMeansAndFiguresMeasuredAtTheEnd() {
    Dataset data = points(60, 1);
    Dataset other = points(30, 2);
    try (var model = compiled()) {
      History history = model.fit(data, epochs(4).batchSize(25).validation(other).seed(1).quiet());

      assertThat(history.names()).containsExactly("loss", "accuracy", "val_loss", "val_accuracy");
      assertThat(history.get("loss")).hasSize(4);
      assertThat(history.epochs()).extracting(History.Epoch::batches).containsOnly(3);
      assertThat(history.stopped()).isEmpty();
      assertThat(history).isSameAs(model.history());
      Evaluation evaluation = model.evaluate(other);
      assertThat(history.last("val_loss")).isEqualTo(evaluation.loss());
      assertThat(history.last("val_accuracy")).isEqualTo(evaluation.get("accuracy"));
      assertThat(history.table().columnNames())
          .containsExactly("epoch", "loss", "accuracy", "val_loss", "val_accuracy");
      assertThat(history.table().rowCount()).isEqualTo(4);
      assertThat(history.toString())
          .contains(
              "loss and metrics: of all samples while the epoch ran; val_: measured at its end");
      assertThatThrownBy(() -> history.get("val_f1"))
          .hasMessageStartingWith(
              "The history has no val_f1: it has loss, accuracy, val_loss, val_accuracy.");
      assertThat(history.plot().svg()).isPresent();
      assertThat(history.plot("accuracy").alt()).contains("accuracy");
    }
  }

  @Test
  void theLossIsTheMeanOverSamplesOfBatchesOfDifferentSizes() {
    // With a learning rate of next to nothing the running mean is the loss of the whole.
    Dataset data = points(50, 1);
    try (var model =
        sequential(input(2), dense(3).softmax())
            .compile(sgd().learningRate(1e-12), sparseCategoricalCrossentropy(), accuracy())) {
      History history = model.fit(data, epochs(1).batchSize(16).quiet());
      Evaluation evaluation = model.evaluate(data);

      assertThat(history.last("loss")).isCloseTo(evaluation.loss(), within(1e-5));
      assertThat(history.last("accuracy")).isEqualTo(evaluation.get("accuracy"));
    }
  }

  @Test
  void aPaddedBatchPredictsWhatEachSampleAlonePredicts() {
    Dataset data = points(21, 1); // 16 and 5 of 16
    try (var model = compiled()) {
      float[] together = model.predictValues(data).toFloats();

      for (int i = 0; i < data.size(); i++) {
        float[] alone = model.predictValues(data.x().rows(i, i + 1)).toFloats();
        for (int j = 0; j < 3; j++) {
          assertThat(together[3 * i + j]).isCloseTo(alone[j], within(1e-6f));
        }
      }
    }
  }

  @Test
  void oneSampleMayComeWithoutABatch() {
    try (var model = compiled()) {
      assertThat(model.predictValues(vector(1, 2)).shape()).containsExactly(1, 3);
      assertThat(model.predict(new float[][] {{1, 2}, {3, 4}}).shape()).containsExactly(2, 3);
      assertThat(model.predict(vector(1, 2)).sumNumber().doubleValue()).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void aPictureAloneNeedsNoChannel() {
    try (var model =
        sequential(input(4, 4, 1), conv2d(2, 3).relu(), flatten(), dense(3).softmax())
            .compile(sgd(), sparseCategoricalCrossentropy())) {
      double[][] picture = new double[4][4];
      picture[1][2] = 1;
      double[][][] withChannel = new double[4][4][1];
      withChannel[1][2][0] = 1;
      float[] answer = model.predictValues(new double[][][] {picture}).toFloats();

      assertThat(model.predictValues(picture).shape()).containsExactly(1, 3);
      assertThat(model.predictValues(picture).toFloats()).isEqualTo(answer);
      assertThat(model.predictValues(withChannel).toFloats()).isEqualTo(answer);
      assertThatThrownBy(() -> model.predictValues(new double[4][3]))
          .hasMessageStartingWith("predict expects samples [4, 4, 1]");
    }
    try (var model = sequential(input(1), dense(1)).compile(sgd(), mse())) {
      assertThat(model.predictValues(vector(1, 2, 3)).shape()).containsExactly(3, 1);
      assertThat(model.predictValues(vector(1)).shape()).containsExactly(1, 1);
    }
  }

  @Test
  void sampleWeightsMultiplyAndTheDivisorRemainsTheNumberOfSamples() {
    double[][] x = {{1}, {2}, {3}, {4}};
    double[] y = {2, 4, 6, 9};
    var still = epochs(1).shuffle(false).quiet();
    try (var model =
        sequential(input(1), dense(1).named("d")).compile(sgd().learningRate(1e-12), mse())) {
      model.weights("d/kernel", vector(2));

      // Errors 0, 0, 0 and 1.
      assertThat(model.fit(x, y, still).last("loss")).isCloseTo(0.25, within(1e-6));
      assertThat(model.fit(x, y, still.sampleWeight(vector(1, 1, 1, 3))).last("loss"))
          .isCloseTo(0.75, within(1e-6));
      assertThat(model.fit(x, y, still.sampleWeight(vector(5, 5, 5, 0))).last("loss"))
          .isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void aClassWeightIsTheWeightOfEachSampleOfThatClass() {
    Dataset data = points(30, 1);
    double[] each = new double[30];
    for (int i = 0; i < 30; i++) {
      each[i] = i % 3 == 1 ? 5 : i % 3 == 2 ? 0.5 : 1;
    }
    try (var byClass = compiled();
        var bySample = compiled();
        var unweighted = compiled()) {
      var options = epochs(2).batchSize(8).seed(3).quiet();
      byClass.fit(data, options.classWeight(Map.of(1, 5.0, 2, 0.5)));
      bySample.fit(data, options.sampleWeight(each));
      unweighted.fit(data, options);

      assertThat(weights(byClass)).isEqualTo(weights(bySample)).isNotEqualTo(weights(unweighted));
      assertThatThrownBy(() -> byClass.fit(data, options.classWeight(Map.of(3, 1))))
          .hasMessageStartingWith("classWeight expects labels 0 to 2");
      assertThatThrownBy(() -> byClass.fit(data, options.sampleWeight(vector(1, 2))))
          .hasMessage(
              "sampleWeight expects one weight for each of the 30 samples but receives 2: give one per sample.");
    }
  }

  @Test
  void aValidationSplitTakesTheLastPartBeforeShuffling() {
    double[][] x = new double[10][1];
    double[] y = new double[10];
    Arrays.fill(y, 8, 10, 3); // the last fifth alone is wrong by 3
    try (var model = sequential(input(1), dense(1)).compile(sgd().learningRate(1e-12), mse())) {
      History history = model.fit(x, y, epochs(1).validationSplit(0.2).seed(1).quiet());

      assertThat(history.last("loss")).isZero();
      assertThat(history.last("val_loss")).isCloseTo(9, within(1e-6));
      assertThatThrownBy(
              () -> model.fit(x, y, epochs(1).validationSplit(0.2).validation(x, y).quiet()))
          .hasMessageStartingWith("fit expects only one kind of validation");
      assertThatThrownBy(() -> model.fit(x, y, epochs(1).validationSplit(0.95).quiet()))
          .hasMessageStartingWith("validationSplit expects samples for both sides");
    }
  }

  @Test
  void withoutShufflingSamplesComeInTheirOrder() {
    List<Integer> seen = new ArrayList<>();
    Dataset data = new Watched(points(7, 1), seen::add);
    try (var model = compiled()) {
      model.fit(data, epochs(2).batchSize(3).shuffle(false).quiet());
      assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6);

      seen.clear();
      model.fit(data, epochs(2).batchSize(3).quiet());
      assertThat(seen.subList(0, 7)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
      assertThat(seen.subList(7, 14)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void optionsShowAsTheyWereSaid() {
    assertThat(epochs(5).batchSize(16).validationSplit(0.2).seed(1).shuffle(false).quiet())
        .hasToString("epochs(5).batchSize(16).validationSplit(0.2).seed(1).shuffle(false).quiet()");
    assertThat(epochs(2).sampleWeight(vector(1, 2)).classWeight(Map.of(0, 1, 1, 5)))
        .hasToString("epochs(2).batchSize(32).sampleWeight(2 weights).classWeight({0=1.0, 1=5.0})");
    assertThatThrownBy(() -> epochs(0))
        .hasMessage("epochs expects 1 or more but receives 0: try epochs(5).");
    assertThatThrownBy(() -> epochs(1).batchSize(0)).hasMessageStartingWith("batchSize expects");
    assertThatThrownBy(() -> epochs(1).validationSplit(1))
        .hasMessageStartingWith("validationSplit expects");
    assertThatThrownBy(() -> epochs(1).sampleWeight(vector(-1)))
        .hasMessageStartingWith("sampleWeight expects");
  }
}
