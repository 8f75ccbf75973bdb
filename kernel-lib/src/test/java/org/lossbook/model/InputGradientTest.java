package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.batchNormalization;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dropout;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.maxPooling2d;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.training;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Values;

/** The gradients of a loss and of an output with respect to the samples, and the training mode. */
class InputGradientTest {
  private static final int SAMPLES = 6;

  @Test
  void theGradientOfALinearModelIsWhatIsComputedByHand() {
    try (var model =
        sequential(input(2), dense(1))
            .build()
            .weights("dense/kernel", new double[] {3, -1})
            .weights("dense/bias", new double[] {0.5})
            .compile(sgd(), mse())) {
      // ŷ = 3·2 − 1·4 + 0.5 = 2.5, dL/dx = 2 (ŷ − y) · kernel
      var g = model.inputGradient(new double[][] {{2, 4}}, new double[] {1});
      assertThat(g.shape()).containsExactly(1, 2);
      assertThat(g.getDouble(0)).isEqualTo(9, within(1e-5));
      assertThat(g.getDouble(1)).isEqualTo(-3, within(1e-5));
      // The mean over two samples halves each.
      var two = model.inputGradient(new double[][] {{2, 4}, {2, 4}}, new double[] {1, 1});
      assertThat(two.getDouble(1, 0)).isEqualTo(4.5, within(1e-5));
      assertThat(model.outputGradient(new double[][] {{2, 4}, {7, 7}}, 0).toFloatMatrix())
          .isEqualTo(new float[][] {{3, -1}, {3, -1}});
    }
  }

  @Test
  void theGradientOfAnImageNetworkAgreesWithFiniteDifferences() {
    try (var model = images().compile(adam(), sparseCategoricalCrossentropy())) {
      double[] y = {0, 1, 2, 0, 1, 2};
      model.fit(numbers(1, SAMPLES * 36), y, epochs(3).seed(1).quiet());
      float[] x = numbers(2, SAMPLES * 36).toFloats();
      float[] g = model.inputGradient(shaped(x), y).data().asFloat();
      float step = 1e-2f;
      for (int i = 0; i < x.length; i += 11) {
        float[] up = x.clone();
        float[] down = x.clone();
        up[i] += step;
        down[i] -= step;
        double slope =
            (model.evaluate(shaped(up), y).loss() - model.evaluate(shaped(down), y).loss())
                / (2 * step);
        assertThat((double) g[i]).as("x " + i).isEqualTo(slope, within(2e-3));
      }
    }
  }

  @Test
  void theGradientLeavesWeightsGradientsAndStatisticsAlone() {
    try (var model = images().compile(sgd(), sparseCategoricalCrossentropy())) {
      double[] y = {0, 1, 2, 0, 1, 2};
      var x = numbers(1, SAMPLES * 36);
      model.loss(x, y).backward();
      var gradient = model.gradientValues("dense/kernel");
      var weights = model.weightNames().stream().map(model::weightValues).toList();
      model.inputGradient(x, y);
      model.inputGradient(x, y, training());
      model.predict(x, training());
      model.outputGradient(x, 1);
      assertThat(model.gradientValues("dense/kernel")).isEqualTo(gradient);
      assertThat(model.weightNames().stream().map(model::weightValues).toList()).isEqualTo(weights);
      model.step();
      assertThat(model.inputGradient(x, y)).isNotEqualTo(model.inputGradient(x, y, training()));
    }
  }

  @Test
  void theGradientFollowsTheWeights() {
    try (var model = sequential(input(2), dense(1)).seed(1).compile(sgd(), mse())) {
      var x = new double[][] {{1, 1}};
      var y = new double[] {5};
      var first = model.inputGradient(x, y);
      assertThat(model.inputGradient(x, y)).isEqualTo(first);
      model.fit(x, y, epochs(1).quiet());
      assertThat(model.inputGradient(x, y)).isNotEqualTo(first);
    }
  }

  @Test
  void ofSeveralInputsEachHasItsGradient() {
    var a = input(2);
    var b = input(3);
    try (var model =
        model(List.of(a, b), dense(1).of(concatenate().of(a, b))).seed(1).compile(sgd(), mse())) {
      var x = List.of(new double[][] {{1, 2}}, new double[][] {{3, 4, 5}});
      var both = model.inputGradients(x, new double[] {1});
      assertThat(both.get(0).shape()).containsExactly(1, 2);
      assertThat(both.get(1).shape()).containsExactly(1, 3);
      var kernel = model.weightValues("dense/kernel").toFloats();
      assertThat(both.get(1).getDouble(2) / both.get(0).getDouble(0))
          .isEqualTo(kernel[4] / kernel[0], within(1e-4));
      assertThatThrownBy(() -> model.inputGradient(x, new double[] {1}))
          .hasMessage(
              "inputGradient expects a model of one input but this one has 2: inputGradients(x, y)"
                  + " gives a list.");
    }
  }

  @Test
  void inTrainingDropoutIsAtWorkAndASeedRepeatsIt() {
    try (var model =
        sequential(input(4), dense(64).relu(), dropout(0.5), dense(1)).seed(1).build()) {
      var x = new double[][] {{1, 2, 3, 4}, {1, 2, 3, 4}};
      var still = model.predictValues(x);
      var drawn = model.predictValues(x, training());
      assertThat(drawn).isNotEqualTo(still).isNotEqualTo(model.predictValues(x, training()));
      assertThat(drawn.toFloats()[0]).isNotEqualTo(drawn.toFloats()[1]);
      assertThat(model.predictValues(x, training().seed(1)))
          .isEqualTo(model.predictValues(x, training().seed(1)))
          .isNotEqualTo(model.predictValues(x, training().seed(2)));
      assertThat(model.predict(x, training()).shape()).containsExactly(2, 1);
      double mean = 0;
      for (int i = 0; i < 400; i++) {
        mean += model.predictValues(x, training().seed(i)).toFloats()[0] / 400;
      }
      assertThat(mean).isEqualTo(still.toFloats()[0], within(0.3));
    }
  }

  @Test
  void inTrainingABatchNormalizationTakesTheBatch() {
    try (var model = sequential(input(1), batchNormalization()).build()) {
      var x = new double[][] {{1}, {2}, {3}, {6}};
      var all = model.predictValues(x, training()).toFloats();
      assertThat(all[0] + all[1] + all[2] + all[3]).isEqualTo(0, within(1e-4f));
      var pairs = model.predictValues(x, training().batchSize(2)).toFloats();
      assertThat(pairs[0] + pairs[1]).isEqualTo(0, within(1e-4f));
      assertThat(model.predictValues(x).toFloats()[0]).isEqualTo(1, within(1e-2f));
      assertThat(model.weightValues("batch_normalization/moving_mean").toFloats()[0]).isZero();
      assertThatThrownBy(() -> training().batchSize(0)).hasMessageContaining("receives 0");
      assertThat(training().seed(1).batchSize(8)).hasToString("training().seed(1).batchSize(8)");
    }
  }

  @Test
  void mistakesGetAnAnswer() {
    try (var model = sequential(input(2), dense(3)).build()) {
      var x = new double[][] {{1, 2}};
      assertThatThrownBy(() -> model.inputGradient(x, new double[] {1}))
          .hasMessageStartingWith("inputGradient expects a compiled model");
      assertThatThrownBy(() -> model.outputGradient(x, 3))
          .hasMessage(
              "outputGradient expects the number of one of the 3 outputs, from 0 to 2, but receives"
                  + " 3.");
      assertThatThrownBy(() -> model.outputGradient(new double[][] {{1, 2, 3}}, 0))
          .hasMessageStartingWith("outputGradient expects samples [2]");
      model.compile(sgd(), mse());
      assertThatThrownBy(() -> model.inputGradient(x, new double[][] {{1, 2, 3}, {1, 2, 3}}))
          .hasMessageStartingWith("inputGradient expects a target for each sample");
    }
  }

  private static Sequential images() {
    return sequential(
            input(6, 6, 1),
            conv2d(4, 3).tanh(),
            batchNormalization(),
            maxPooling2d(2),
            dropout(0.5),
            flatten(),
            dense(3).softmax())
        .seed(1);
  }

  private static Values shaped(float[] x) {
    return Values.of(x, SAMPLES, 6, 6, 1);
  }

  private static Values numbers(int seed, int count) {
    var random = new Random(seed);
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = (float) random.nextGaussian();
    }
    return shaped(all);
  }
}
