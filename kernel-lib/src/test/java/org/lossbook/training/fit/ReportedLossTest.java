package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.loss.Loss;

/** The loss that training and evaluation report is what the loss says of all samples at once. */
class ReportedLossTest {
  static Stream<Loss> losses() {
    var sparse = sparseCategoricalCrossentropy().classWeight(Map.of(0, 0.5, 2, 3));
    return Stream.of(
        sparseCategoricalCrossentropy(),
        sparseCategoricalCrossentropy().sum(),
        sparse,
        sparse.sum(),
        sparse.weightedMean(),
        sparse.times(0.3));
  }

  private static double[] labels(Dataset data) {
    int[] order = IntStream.range(0, data.size()).toArray();
    float[] y = new float[data.size()];
    data.gatherY(order, 0, data.size(), y);
    return IntStream.range(0, y.length).mapToDouble(i -> y[i]).toArray();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void whateverTheBatchSizes(Loss loss) {
    Dataset data = FitTest.points(343, 1); // 256, 64, 16 and 7 in inference
    try (var model =
        sequential(input(2), dense(3).softmax()).compile(sgd().learningRate(1e-12), loss, loss)) {
      double expected = loss.of(labels(data), model.predictValues(data));

      assertThat(model.evaluate(data).loss()).isCloseTo(expected, within(1e-6 * expected));
      for (int size : new int[] {50, 343}) {
        var history = model.fit(data, epochs(1).batchSize(size).validation(data).quiet());
        assertThat(history.last("loss")).isCloseTo(expected, within(1e-5 * expected));
        assertThat(history.last("val_loss")).isCloseTo(expected, within(1e-5 * expected));
        assertThat(history.last(loss.name())).isCloseTo(expected, within(1e-5 * expected));
      }
    }
  }

  @Test
  void sampleWeightsDivideAsTheLossSays() {
    double[][] x = {{1}, {2}, {3}, {4}, {5}};
    double[] y = {2, 4, 6, 9, 12}; // errors 0, 0, 0, 1 and 2
    double[] weights = {1, 1, 2, 3, 0.5};
    for (Loss loss :
        new Loss[] {mse(), mse().sum(), mse().weightedMean(), rmse(), rmse().plus(mae())}) {
      try (var model =
          sequential(input(1), dense(1).named("d")).compile(sgd().learningRate(1e-12), loss)) {
        model.weights("d/kernel", vector(2));
        for (int size : new int[] {1, 2, 5}) {
          var options = epochs(1).batchSize(size).sampleWeight(weights).seed(1).quiet();
          double expected =
              loss.of(y, Arrays.stream(x).mapToDouble(r -> 2 * r[0]).toArray(), weights);
          assertThat(model.fit(x, y, options).last("loss")).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  @Test
  void aLossWithClassWeightsTrainsAsFitWithClassWeightsDoes() {
    Dataset data = FitTest.points(60, 1);
    var weights = Map.of(0, 2, 1, 0.5);
    var network = sequential(input(2), dense(3).softmax()).seed(new Random(1).nextLong());
    try (var one = network.compile(adam(), sparseCategoricalCrossentropy().classWeight(weights));
        var two = network.compile(adam(), sparseCategoricalCrossentropy())) {
      var history = one.fit(data, epochs(2).batchSize(16).seed(1).quiet());
      var other = two.fit(data, epochs(2).batchSize(16).seed(1).classWeight(weights).quiet());

      assertThat(FitTest.weights(one)).isEqualTo(FitTest.weights(two));
      assertThat(history.get("loss")).isEqualTo(other.get("loss"));
    }
  }
}
