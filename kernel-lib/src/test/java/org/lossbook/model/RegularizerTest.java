package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.Dataset;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.training.fit.FitTest;

class RegularizerTest {
  private static final Dataset POINTS = FitTest.points(70, 1);

  private static Model classifier(org.lossbook.layer.Layer first) {
    return sequential(input(2), first, dense(3).softmax())
        .seed(4)
        .compile(adam().learningRate(0.02), sparseCategoricalCrossentropy());
  }

  @Test
  void theShortFormsSayWhatTheKernelCosts() {
    var layer = dense(4).relu().l1(0.1).l2(0.2);

    assertThat(layer.penalty("kernel")).isEqualTo(l1l2(0.1, 0.2));
    assertThat(layer.penalty("bias")).isEqualTo(Regularizer.NONE);
    assertThat(layer.l2(0).penalty("kernel")).isEqualTo(l1(0.1));
    assertThat(layer.penalty("kernel")).isEqualTo(l1l2(0.1, 0.2));
    assertThat(conv2d(2, 3).kernelRegularizer(l2(1e-4)).penalty("kernel"))
        .isEqualTo(conv2d(2, 3).l2(1e-4).penalty("kernel"));
    assertThat(dense(4).biasRegularizer(l1(0.3)).penalty("bias")).isEqualTo(l1(0.3));
    assertThat(dense(4).maxNorm(3).constraint("kernel")).contains(maxNorm(3));
    assertThat(dense(4).biasConstraint(nonNegative()).constraint("bias")).contains(nonNegative());
    assertThat(dense(4).constraint("kernel")).isEmpty();
  }

  @Test
  void aLayersPenaltyAndTheLossesAddUp() {
    try (var both =
            sequential(input(2), dense(1).l2(0.1)).seed(1).compile(sgd(), mse().plus(l2(0.2)));
        var one = sequential(input(2), dense(1)).seed(1).compile(sgd(), mse().plus(l2(0.3)))) {
      var x = matrix(row(1, 2), row(3, 4));
      assertThat(both.evaluate(x, vector(1, 2)).get("loss"))
          .isCloseTo(one.evaluate(x, vector(1, 2)).get("loss"), within(1e-6));
    }
  }

  @Test
  void aLayerThatPenalizesActivitiesTrainsAsTheSettingOfTheLayerBeforeItDoes() {
    var layers =
        sequential(input(2), dense(5).relu(), activityRegularization(0.3, 0.2), dense(3).softmax())
            .seed(4);
    try (var setting = classifier(dense(5).relu().activityRegularizer(l1l2(0.3, 0.2)));
        var layer = layers.compile(adam().learningRate(0.02), sparseCategoricalCrossentropy())) {
      for (var model : java.util.List.of(setting, layer)) {
        model.fit(POINTS, epochs(3).shuffle(false).quiet());
      }
      assertThat(layer.evaluate(POINTS).get("loss"))
          .isEqualTo(setting.evaluate(POINTS).get("loss"));
    }
  }

  /** 70 samples do not fill the batches that evaluate takes: what is left in them costs nothing. */
  @Test
  void whatActivitiesCostIsTheMeanOverAllSamplesWhateverTheBatches() {
    try (var plain = classifier(dense(5).relu());
        var sparse = classifier(dense(5).relu().activityRegularizer(l1l2(0.3, 0.2)))) {
      float[] kernel = plain.weightValues("dense/kernel").toFloats();
      float[] x = POINTS.x().toArray();
      double cost = 0;
      for (int i = 0; i < 70; i++) {
        for (int unit = 0; unit < 5; unit++) {
          double h = Math.max(0, x[2 * i] * kernel[unit] + x[2 * i + 1] * kernel[5 + unit]);
          cost += (0.3 * h + 0.2 * h * h) / 70;
        }
      }

      double without = plain.evaluate(POINTS).get("loss");
      assertThat(cost).isGreaterThan(0.1);
      assertThat(sparse.evaluate(POINTS).get("loss")).isCloseTo(without + cost, within(1e-5));
      assertThat(sparse.evaluate(POINTS.rows(0, 1)).get("loss"))
          .isGreaterThan(plain.evaluate(POINTS.rows(0, 1)).get("loss"));
      assertThat(sparse.loss(POINTS.x(), POINTS.y()).value())
          .isCloseTo(without + cost, within(1e-5));
    }
  }

  @Test
  void activityL1MakesOutputsSparse() {
    try (var plain = classifier(dense(16).relu());
        var sparse = classifier(dense(16).relu().activityRegularizer(l1(0.05)))) {
      plain.fit(POINTS, epochs(60).seed(1).quiet());
      sparse.fit(POINTS, epochs(60).seed(1).quiet());

      assertThat(sizes(sparse)).isLessThan(0.6 * sizes(plain));
    }
  }

  /** The sum of the first layer's outputs over all points. */
  private static double sizes(Model model) {
    float[] kernel = model.weightValues("dense/kernel").toFloats();
    float[] bias = model.weightValues("dense/bias").toFloats();
    float[] x = POINTS.x().toArray();
    double sum = 0;
    for (int i = 0; i < 70; i++) {
      for (int unit = 0; unit < 16; unit++) {
        sum += Math.max(0, x[2 * i] * kernel[unit] + x[2 * i + 1] * kernel[16 + unit] + bias[unit]);
      }
    }
    return sum;
  }

  @Test
  void limitsHoldAfterEveryStepOfFitAndByHand() {
    try (var model = classifier(dense(6).relu().maxNorm(0.5).biasConstraint(nonNegative()))) {
      model.fit(POINTS, epochs(5).seed(1).quiet());
      check(model);

      model.loss(POINTS.x(), POINTS.y()).backward();
      model.step();
      check(model);
    }
  }

  private static void check(Model model) {
    float[] kernel = model.weightValues("dense/kernel").toFloats();
    double longest = 0;
    for (int unit = 0; unit < 6; unit++) {
      longest = Math.max(longest, Math.hypot(kernel[unit], kernel[6 + unit]));
    }
    assertThat(longest).isCloseTo(0.5, within(1e-5)); // the limit is reached and not passed
    for (float bias : model.weightValues("dense/bias").toFloats()) {
      assertThat(bias).isNotNegative();
    }
  }

  @Test
  void aFileKeepsWhatALayerCostsAndIsHeldTo(@TempDir Path folder) {
    var network =
        sequential(
            input(6, 6, 1),
            conv2d(2, 3).l1l2(0.1, 0.2).maxNorm(3),
            flatten(),
            dense(3)
                .l2(0.4)
                .biasRegularizer(l1(0.5))
                .activityRegularizer(l2(0.6))
                .unitNorm()
                .biasConstraint(nonNegative())
                .softmax());
    Path file = folder.resolve("costly.keras");
    try (var model = network.compile(sgd(), sparseCategoricalCrossentropy())) {
      model.save(file.toString());
      try (var again = loadModel(file.toString())) {
        Path second = folder.resolve("again.keras");
        again.save(second.toString());
        try (var third = loadModel(second.toString())) {
          for (int i = 0; i < 2; i++) {
            var kept = ModelState.of("test", third).compiled().network().nodes().get(2 * i).layer();
            var first =
                ModelState.of("test", model).compiled().network().nodes().get(2 * i).layer();
            for (String name : new String[] {"kernel", "bias"}) {
              assertThat(kept.penalty(name)).isEqualTo(first.penalty(name));
              assertThat(kept.constraint(name)).isEqualTo(first.constraint(name));
            }
            assertThat(kept.activityPenalty()).isEqualTo(first.activityPenalty());
          }
        }
      }
    }
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> dense(2).l2(-1))
        .hasMessageStartingWith("l2 expects factors of 0 or more but receives -1.0");
    assertThatThrownBy(() -> dense(2).kernelRegularizer(null))
        .hasMessage(
            "dense expects a penalty for kernelRegularizer but receives none: write kernelRegularizer(l2(1e-4)).");
    assertThatThrownBy(() -> conv2d(2, 3).biasConstraint(null))
        .hasMessage(
            "conv2d expects a constraint for biasConstraint but receives none: write biasConstraint(maxNorm(3)).");
    assertThatThrownBy(() -> dense(2).maxNorm(0))
        .hasMessage("maxNorm expects a length above 0 but receives 0.0: 3 is a good first choice.");
  }
}
