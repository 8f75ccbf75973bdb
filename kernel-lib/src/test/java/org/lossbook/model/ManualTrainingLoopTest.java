package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.training.PlanCache;
import org.lossbook.training.fit.FitTest;
import org.nd4j.linalg.factory.Nd4j;

/** The loop that a reader writes: the same numbers as fit, and an answer to each wrong order. */
class ManualTrainingLoopTest {
  private static final Dataset POINTS = FitTest.points(90, 1);

  private static Sequential network() {
    return sequential(input(2), dense(8).relu(), batchNormalization(), dense(3).softmax()).seed(7);
  }

  /** y = 2x − 1 without noise, and a line that starts at w = 1, b = 0. */
  private static Model line() {
    Model model = sequential(input(1), dense(1)).compile(sgd().learningRate(0.1), mse());
    return model.weights("dense/kernel", matrix(row(1))).weights("dense/bias", vector(0));
  }

  private static void loop(Model model, Dataset data, int size) {
    for (var batch : data.batches(size)) {
      model.zeroGrad();
      var loss = model.loss(batch.x(), batch.y());
      loss.backward();
      model.step();
    }
  }

  private static void isFit(Supplier<Model> compiled) {
    try (Model byHand = compiled.get();
        Model fitted = compiled.get()) {
      for (int epoch = 0; epoch < 3; epoch++) {
        loop(byHand, POINTS, 32); // 32, 32, 26
      }
      fitted.fit(POINTS, epochs(3).batchSize(32).shuffle(false).quiet());

      assertThat(FitTest.weights(byHand)).isEqualTo(FitTest.weights(fitted));
    }
  }

  @Test
  void theLoopComesToTheBitsThatFitComesTo() {
    isFit(() -> network().compile(adam(), sparseCategoricalCrossentropy()));
    isFit(() -> network().compile(sgd().momentum(0.9), sparseCategoricalCrossentropy()));
  }

  @Test
  void whatWeightsCostIsInTheLossInTheGradientAndInTheStep() {
    isFit(() -> network().compile(adam(), sparseCategoricalCrossentropy().plus(l1l2(0.01, 0.02))));
    try (Model model =
        sequential(input(1), dense(1)).compile(sgd().learningRate(0.1), mse().plus(l2(0.5)))) {
      model.weights("dense/kernel", matrix(row(2))).weights("dense/bias", vector(0));
      var loss = model.loss(vector(1), vector(2)); // no error at all: 0.5 · 2² is left
      loss.backward();

      assertThat(loss.value()).isEqualTo(2);
      assertThat(model.gradientValues("dense/kernel").get(0)).isEqualTo(2);
      model.step();
      assertThat(model.weightValues("dense/kernel").get(0)).isCloseTo(1.8, within(1e-6));
    }
  }

  @Test
  void whatALossLearnsMovesWithTheStep() {
    isFit(
        () ->
            sequential(input(2), dense(1))
                .seed(3)
                .compile(adam().learningRate(0.1), barron().alpha(learned(1.5))));
    try (Model model =
        sequential(input(2), dense(1)).compile(adam(), barron().alpha(learned(1.5)))) {
      model.loss(POINTS.x(), POINTS.y()).backward();
      assertThat(model.setting("alpha")).isCloseTo(1.5, within(1e-6));
      model.step();
      assertThat(model.setting("alpha")).isNotCloseTo(1.5, within(1e-4));
    }
  }

  @Test
  void theNumbersOfALineAreThoseOnPaper() {
    try (Model model = line()) {
      var loss = model.loss(vector(1, 3), vector(1, 5)); // errors 0 and −2

      assertThat(loss.value()).isEqualTo(2);
      assertThat(loss).hasToString("2.0000");
      assertThat(loss.samples()).isEqualTo(2);
      assertThat(model.gradientValues("dense/kernel").get(0)).isZero();
      loss.backward(); // 2/2 · (0·1 − 2·3) and 2/2 · (0 − 2)
      assertThat(model.gradientValues("dense/kernel").shape()).containsExactly(1, 1);
      assertThat(model.gradientValues("dense/kernel").get(0)).isEqualTo(-6);
      assertThat(model.gradientValues("dense/bias").get(0)).isEqualTo(-2);
      model.step();
      assertThat(model.weightValues("dense/kernel").get(0)).isCloseTo(1.6, within(1e-6));
      assertThat(model.weightValues("dense/bias").get(0)).isCloseTo(0.2, within(1e-6));
    }
  }

  @Test
  void gradientsAddUpUntilTheyAreSetToZero() {
    try (Model model = line()) {
      model.loss(vector(1), vector(0)).backward(); // 2 · 1 · 1
      model.loss(vector(2), vector(1)).backward(); // 2 · 1 · 2
      assertThat(model.gradientValues("dense/kernel").get(0)).isEqualTo(6);
      model.loss(vector(3), vector(3)).backward(); // nothing
      assertThat(model.gradientValues("dense/kernel").get(0)).isEqualTo(6);
      model.step();
      assertThat(model.weightValues("dense/kernel").get(0)).isCloseTo(0.4, within(1e-6));
      model.zeroGrad();
      assertThat(model.gradientValues("dense/kernel").get(0)).isZero();
    }
  }

  @Test
  void viewsAndArraysOfAnyKindAreTheSame() {
    float[] x = POINTS.x().toArray();
    double[][] rows =
        IntStream.range(0, 90)
            .mapToObj(i -> new double[] {x[2 * i], x[2 * i + 1]})
            .toArray(double[][]::new);
    try (Model model = network().compile(adam(), sparseCategoricalCrossentropy())) {
      double value = model.loss(POINTS.x(), POINTS.y()).value();

      assertThat(model.loss(rows, POINTS.y()).value()).isEqualTo(value);
      assertThat(model.loss(Nd4j.create(rows), POINTS.y().toArray()).value()).isEqualTo(value);
    }
  }

  @Test
  void dropoutIsAtWorkAndTheSameForTheSameSeed() {
    Supplier<Model> dropping =
        () ->
            sequential(input(2), dense(64).relu(), dropout(0.5), dense(3).softmax())
                .seed(1)
                .compile(adam(), sparseCategoricalCrossentropy());
    try (Model one = dropping.get();
        Model two = dropping.get()) {
      double first = one.loss(POINTS.x(), POINTS.y()).value();

      assertThat(one.loss(POINTS.x(), POINTS.y()).value()).isNotEqualTo(first);
      assertThat(two.loss(POINTS.x(), POINTS.y()).value()).isEqualTo(first);
      loop(one, POINTS, 30);
      two.loss(POINTS.x(), POINTS.y());
      loop(two, POINTS, 30);
      assertThat(FitTest.weights(one)).isEqualTo(FitTest.weights(two));
    }
  }

  @Test
  void aPlanThatWasGivenToOthersMeanwhileIsRunAgain() {
    Supplier<Model> dropping =
        () -> FitTest.classifier().seed(1).compile(adam(), sparseCategoricalCrossentropy());
    try (Model model = dropping.get();
        Model undisturbed = dropping.get()) {
      var loss = model.loss(POINTS.x(), POINTS.y());
      PlanCache.SHARED.forget(ModelState.of("test", model).compiled().weights().number());
      loss.backward();
      undisturbed.loss(POINTS.x(), POINTS.y()).backward();

      assertThat(model.gradientValues("dense/kernel"))
          .isEqualTo(undisturbed.gradientValues("dense/kernel"));
    }
  }

  @Test
  void gradientsAndWeightsAreNd4jArraysAndAnyArraySetsThem() {
    try (Model model = line()) {
      model.loss(vector(1, 3), vector(1, 5)).backward();

      assertThat(model.gradient("dense/kernel")).isEqualTo(Nd4j.create(new float[][] {{-6}}));
      var next = model.weights("dense/kernel").sub(model.gradient("dense/kernel").mul(0.5));
      model.weights("dense/kernel", next);
      assertThat(model.weights("dense/kernel").getDouble(0, 0)).isEqualTo(4);
    }
  }

  @Test
  void aWrongOrderOfCallsGetsAnAnswer() {
    try (Model model = line()) {
      assertThatThrownBy(model::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "step expects gradients but there are none: call model.loss(x, y)");
      var first = model.loss(vector(1), vector(2));
      var second = model.loss(vector(2), vector(2));
      assertThatThrownBy(first::backward)
          .hasMessageStartingWith("backward expects the loss of the last model.loss(x, y) but");
      second.backward();
      assertThatThrownBy(second::backward)
          .hasMessageStartingWith(
              "backward expects a loss that has not been backpropagated yet but this");
      var third = model.loss(vector(2), vector(2));
      model.step();
      assertThatThrownBy(third::backward)
          .hasMessageStartingWith(
              "backward expects a loss of the weights as they are but receives one from before model.step(): ");
      var fourth = model.loss(vector(2), vector(2));
      model.fit(vector(1, 2), vector(1, 2), epochs(1).quiet());
      assertThatThrownBy(fourth::backward).hasMessageContaining("from before fit: call");
      assertThatThrownBy(model::step)
          .hasMessageStartingWith("step expects gradients but there are");
      assertThat(model.gradientValues("dense/kernel").get(0)).isZero();
    }
  }

  @Test
  void aBatchThatDoesNotFitAndANameThatIsNoneAreRefused() {
    try (Model model = network().compile(adam(), sparseCategoricalCrossentropy())) {
      assertThatThrownBy(() -> model.loss(matrix(row(1, 2, 3)), vector(1)))
          .hasMessageStartingWith(
              "loss expects samples [2], as the model's input says, but receives [3]");
      assertThatThrownBy(() -> model.loss(matrix(row(1, 2)), vector(1, 2)))
          .hasMessage(
              "loss expects a target for each sample but receives 1 samples [1, 2] and 2 targets [2]: give equally many.");
      assertThatThrownBy(() -> model.loss(matrix(row(1, 2)), vector(3))).hasMessageContaining("3");
      assertThatThrownBy(() -> model.loss(matrix(row(1, Double.NaN)), vector(1)))
          .hasMessageStartingWith("loss expects finite numbers but x has NaN at [0, 1]");
      assertThatThrownBy(() -> model.loss(1, 2))
          .hasMessageStartingWith("loss expects a row for each sample but x is a single number");
      assertThatThrownBy(() -> model.gradient("dense_9/kernel"))
          .hasMessageContaining("no parameter dense_9/kernel");
      assertThatThrownBy(() -> model.gradient("batch_normalization/moving_mean"))
          .hasMessageStartingWith("gradient expects a parameter that is trained but receives");
    }
  }

  @Test
  void aLossThatIsNoNumberSaysWhatWentFirst() {
    try (Model model = line()) {
      model.weights("dense/kernel", matrix(row(3e38)));
      var loss = model.loss(vector(1e3), vector(0));

      assertThatThrownBy(loss::backward)
          .isInstanceOf(ArithmeticException.class)
          .hasMessageStartingWith("backward expects a finite loss but receives infinity: ")
          .hasMessageContaining("the outputs of dense became NaN or infinite first");
      assertThatThrownBy(model::step).hasMessageStartingWith("step expects gradients but");
    }
  }

  @Test
  void aClosedModelSaysSo() {
    Model model = line();
    var loss = model.loss(vector(1), vector(1));
    model.close();

    assertThatThrownBy(loss::backward).hasMessageContaining("was closed");
    assertThatThrownBy(model::zeroGrad).hasMessageContaining("was closed");
  }
}
