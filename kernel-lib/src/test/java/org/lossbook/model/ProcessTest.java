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
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var data = FitTest.points(64, 1);
    int[] order = IntStream.range(0, 64).toArray();
    try (var model = FitTest.compiled();
        var step = model.trainingStep(32)) {
      var tallies = model.core().tallies();
      Runnable batch =
          () -> {
            step.load(data, order, 32);
            step.run();
            step.addTo(tallies);
          };
      for (int i = 0; i < 20_000; i++) {
        batch.run();
      }
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < 1000; i++) {
        batch.run();
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertThat((after - before) / 1000).as("bytes a step").isZero();
    }
  }
}
