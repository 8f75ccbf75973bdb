package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.optimizer.Optimizer;

/** Gradients that accumulate and weights that are averaged: the golden files say the numbers. */
class AccumulationTest {
  private static final Dataset POINTS = FitTest.points(24, 1);

  @TempDir Path folder;

  static List<Optimizer> optimizers() {
    return List.of(
        adam().learningRate(0.01).gradientAccumulationSteps(5),
        nadam().learningRate(0.01).gradientAccumulationSteps(2).useEma().clipNorm(1),
        rmsprop().centered().momentum(0.5).emaMomentum(0.9).gradientAccumulationSteps(3),
        adam().amsgrad().emaOverwriteFrequency(3).weightDecay(0.01),
        sgd().momentum(0.9).useEma().globalClipNorm(0.5));
  }

  private static Model compiled(Optimizer optimizer) {
    return sequential(input(2), dense(8).relu().l2(0.001), dropout(0.2), dense(3).softmax())
        .seed(3)
        .compile(optimizer, sparseCategoricalCrossentropy(), accuracy());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void trainingGoesOnFromAFileToTheBit(Optimizer optimizer) {
    String file = folder.resolve("half.keras").toString();
    var two = epochs(2).batchSize(6).seed(1).silent();
    try (Model whole = compiled(optimizer);
        Model twice = compiled(optimizer)) {
      whole.fit(POINTS, epochs(4).batchSize(6).seed(1).silent());
      twice.fit(POINTS, two.callbacks(checkpoint(file))); // as it is before the end of the fit
      try (Model resumed = loadModel(file)) {
        resumed.fit(POINTS, two);
        assertThat(FitTest.weights(resumed)).isEqualTo(FitTest.weights(whole));
      }
      twice.save(file);
      try (Model resumed = loadModel(file)) {
        twice.fit(POINTS, two);
        resumed.fit(POINTS, two);
        assertThat(FitTest.weights(resumed)).isEqualTo(FitTest.weights(twice));
      }
    }
  }

  @Test
  void halfBatchesThatAccumulateMoveTheWeightsAsWholeOnes() {
    var plain = epochs(3).shuffle(false).silent();
    try (Model whole = withoutDropout(sgd().learningRate(0.1).momentum(0.9));
        Model halves =
            withoutDropout(sgd().learningRate(0.1).momentum(0.9).gradientAccumulationSteps(2))) {
      whole.fit(POINTS, plain.batchSize(12));
      halves.fit(POINTS, plain.batchSize(6));

      List<Float> expected = FitTest.weights(whole);
      List<Float> received = FitTest.weights(halves);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(received.get(i)).isCloseTo(expected.get(i), within(1e-5f));
      }
    }
  }

  private static Model withoutDropout(Optimizer optimizer) {
    return sequential(input(2), dense(8).relu(), dense(3).softmax())
        .seed(3)
        .compile(optimizer, sparseCategoricalCrossentropy());
  }

  @Test
  void aStepByHandGathersToo() {
    try (Model model =
        sequential(input(1), dense(1).named("d"))
            .compile(sgd().learningRate(0.5).gradientAccumulationSteps(2), mse())) {
      model.weights("d/kernel", vector(0)).weights("d/bias", vector(0));
      for (double y : vector(1, 3)) {
        assertThat(model.weightValues("d/bias").toFloats()).containsExactly(0);
        model.zeroGrad();
        model.loss(vector(0), vector(y)).backward();
        model.step();
      }
      // The slopes are −2 and −6, their mean is −4.
      assertThat(model.weightValues("d/bias").toFloats()).containsExactly(2);
    }
  }

  @Test
  void whatALossLearnsIsGatheredAndAveragedWithTheWeights() {
    try (Model model =
        sequential(input(1), dense(1))
            .seed(1)
            .compile(
                sgd().learningRate(0.1).emaMomentum(0.5).gradientAccumulationSteps(2),
                huber().delta(learned(1)))) {
      model.fit(vector(1, 2, 3), vector(9, 8, 7), epochs(1).batchSize(1).shuffle(false).silent());

      assertThat(model.setting("delta")).isNotEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aStepLeavesNoGarbage(Optimizer optimizer) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    int[] order = IntStream.range(0, 24).toArray();
    try (var model = compiled(optimizer);
        var step = model.trainingStep(24)) {
      Runnable batch =
          () -> {
            step.load(POINTS, order, 0);
            step.run();
          };
      for (int i = 0; i < 20_000; i++) {
        batch.run();
      }
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 1000; i++) {
        batch.run();
      }
      assertThat((threads.getThreadAllocatedBytes(thread) - before) / 1000).isZero();
    }
  }

  @Test
  void itReadsAsWrittenAndShowsWhatAStepDoes() {
    assertThat(adam().useEma().emaMomentum(0.999).gradientAccumulationSteps(4))
        .hasToString("adam().useEma().emaMomentum(0.999).gradientAccumulationSteps(4)");
    assertThat(sgd().useEma().gradientAccumulationSteps(4).formula())
        .hasToString(
            """
            g ← (g₁ + … + gₖ)/k
            w ← w − η·g
            w̄ ← a·w̄ + (1 − a)·w
            k = 4, η = 0.01, a = 0.99\
            """);
  }

  @Test
  void whatHasNoMeaningIsRefused() {
    assertThatThrownBy(() -> adam().gradientAccumulationSteps(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "adam expects gradientAccumulationSteps of 2 or more but receives 1: leave it out to"
                + " move the weights in every step.");
    assertThatThrownBy(() -> sgd().emaMomentum(1.5))
        .hasMessage(
            "sgd expects an emaMomentum from 0 to 1 but receives 1.5: 0.99 is the usual one.");
    assertThatThrownBy(() -> sgd().emaMomentum(Double.NaN)).hasMessageContaining("emaMomentum");
    assertThatThrownBy(() -> sgd().emaOverwriteFrequency(0))
        .hasMessage(
            "sgd expects an emaOverwriteFrequency of 1 step or more but receives 0: leave it out to"
                + " take the average at the end of fit alone.");
  }
}
