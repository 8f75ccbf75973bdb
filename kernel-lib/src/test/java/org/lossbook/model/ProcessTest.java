package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.lossbook.callback.Probe;
import org.lossbook.data.Dataset;
import org.lossbook.training.PlanCache;
import org.lossbook.training.fit.FitTest;

/** What a model costs its process, and whether two processes agree. */
class ProcessTest {
  @Test
  void theSameSeedGivesTheSameBitsInTwoProcesses() {
    String here = Probe.trainedWeights();

    assertThat(Probe.trainedWeights()).isEqualTo(here);
    assertThat(Probe.ask("256m", "weights")).isEqualTo(here);
  }

  /** Left alone they would hold several megabytes of weights and plans each. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
  void aHundredForgottenModelsLeaveTheMemoryLevel() {
    assertThat(Long.parseLong(Probe.ask("128m", "forgotten"))).isLessThan(100);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
  void aHundredFitsOfAsManyBatchSizesLeaveTheMemoryLevel() {
    assertThat(Long.parseLong(Probe.ask("128m", "fits"))).isLessThan(100);
  }

  @Test
  void modelsThatAreNeverForgottenKeepTheirWeightsAlone() {
    List<Model> kept = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Model model = FitTest.compiled();
      model.fit(FitTest.points(20, 1), epochs(1).batchSize(16).quiet());
      kept.add(model);
    }
    assertThat(PlanCache.SHARED.size()).isLessThanOrEqualTo(PlanCache.MOST_PLANS);
    // The first has lost its plans and goes on all the same.
    kept.get(0).fit(FitTest.points(20, 1), epochs(1).batchSize(16).quiet());
    kept.forEach(Model::close);
    assertThat(PlanCache.SHARED.size()).isLessThan(PlanCache.MOST_PLANS);
  }

  @Test
  void aTrainingStepLeavesNoGarbage() {
    assertThat(garbage(FitTest.compiled(), FitTest.points(64, 1))).as("bytes a step").isZero();
  }

  /** Whatever a step can be made of: each is a loop of its own that might box or copy. */
  @Test
  void aStepOfSeveralOutputsWithAllThatIsSaidAgainstOverfittingLeavesNone() {
    var a = input(1).named("a");
    var b = input(1).named("b");
    var h =
        dense(16)
            .relu()
            .l2(1e-3)
            .maxNorm(2)
            .activityRegularizer(l1(1e-3))
            .of(concatenate().of(a, b));
    var noisy = gaussianNoise(0.1).of(batchNormalization().of(dropout(0.3).of(h)));
    var heads =
        List.of(
            dense(3).softmax().named("kind").of(noisy), dense(1).named("size").of(add().of(h, h)));
    var model =
        model(List.of(a, b), heads)
            .seed(1)
            .compile(
                adam().learningRate(cosineDecay(0.01, 100_000)).globalClipNorm(1),
                List.of(sparseCategoricalCrossentropy(), huber().delta(learned(1))),
                accuracy().on("kind"),
                mae().on("size"));
    double[][] xs = new double[64][1];
    double[][] ys = new double[64][1];
    double[] kinds = new double[64];
    for (int i = 0; i < 64; i++) {
      xs[i][0] = Math.sin(i);
      ys[i][0] = Math.cos(i);
      kinds[i] = i % 3;
    }
    var data = Dataset.of(List.of(xs, ys), List.of(kinds, ys));
    assertThat(garbage(model, data)).as("bytes a step").isZero();
  }

  /** So many rows that two threads share them. */
  @Test
  void aStepThatMovesRowsOfATableLeavesNone() {
    var model =
        sequential(input(8), embedding(300, 64).sparseGradient(true), flatten(), dense(2))
            .seed(1)
            .compile(adam(), mse());
    double[][] xs = new double[64][8];
    for (int i = 0; i < 64 * 8; i++) {
      xs[i / 8][i % 8] = i * 7 % 300;
    }
    assertThat(garbage(model, dataset(xs, new double[64][2]))).as("bytes a step").isZero();
  }

  /** The bytes that a step allocates once the compiler has seen many. */
  private static long garbage(Model model, Dataset data) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int[] order = IntStream.range(0, 64).toArray();
    try (model;
        var step = model.trainingStep(32)) {
      var running = ModelState.of("test", model).compiled().runningMetrics();
      Runnable batch =
          () -> {
            step.load(data, order, 32);
            step.run();
            step.plan().addTo(running);
          };
      for (int i = 0; i < 20_000; i++) {
        batch.run();
      }
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < 1000; i++) {
        batch.run();
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      return (after - before) / 1000;
    }
  }
}
