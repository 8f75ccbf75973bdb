package org.lossbook.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.bidirectional;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.globalAveragePooling1d;
import static org.lossbook.Lossbook.gru;
import static org.lossbook.Lossbook.gruCell;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.lstm;
import static org.lossbook.Lossbook.lstmCell;
import static org.lossbook.Lossbook.masking;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.rnn;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.simpleRnn;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Mode;
import org.lossbook.layer.Layer;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;

/** What plans with recurrent layers take: memory, which is checked before, and no garbage. */
class RecurrentPlansTest {
  private static final int SAMPLES = 8;
  private static final int STEPS = 6;
  private static final int FEATURES = 3;

  static Stream<List<Layer>> layers() {
    return Stream.of(
        List.of(lstm(8)),
        List.of(gru(8)),
        List.of(gru(8).resetAfter(false)),
        List.of(simpleRnn(8)),
        List.of(masking(0), lstm(8).goBackwards()),
        List.of(bidirectional(gru(8).returnSequences()), globalAveragePooling1d()),
        List.of(lstm(8).dropout(0.2).recurrentDropout(0.2)),
        List.of(rnn(List.of(lstmCell(4), gruCell(3)))));
  }

  private static Model model(List<Layer> layers, int steps) {
    List<Layer> all = new ArrayList<>(List.of(input(steps, FEATURES)));
    all.addAll(layers);
    all.add(dense(1));
    return sequential(all).compile(adam(), mse());
  }

  @Test
  void aStateThatIsReadLateDoesNotKeepTheSequenceThatItCameWith() {
    assertThat(mostAtOnce(true)).isEqualTo(mostAtOnce(false));
  }

  private static long mostAtOnce(boolean readsState) {
    var x = input(40, FEATURES);
    var read = lstm(8).returnSequences().returnState().of(x);
    var wide = dense(8).of(dense(5000).of(globalAveragePooling1d().of(read)));
    var end = readsState ? concatenate().of(wide, read.output(1)) : wide;
    try (Model model = org.lossbook.Lossbook.model(x, end).compile(adam(), mse())) {
      return ModelState.of("test", model).compiled().network().mostAtOnce();
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aStepLeavesNoGarbage(List<Layer> layers) {
    Dataset data =
        dataset(
            Values.of(new float[SAMPLES * STEPS * FEATURES], SAMPLES, STEPS, FEATURES),
            Values.of(new float[SAMPLES], SAMPLES));
    int[] order = IntStream.range(0, SAMPLES).toArray();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    try (Model model = model(layers, STEPS);
        var step = model.trainingStep(SAMPLES)) {
      step.load(data, order, 0);
      for (int i = 0; i < 500; i++) {
        step.run();
      }
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 500; i++) {
        step.run();
      }
      // Less than the smallest object, for the compiler may still be at work.
      assertThat((threads.getThreadAllocatedBytes(thread) - before) / 500).isLessThan(16);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"TRAINING", "INFERENCE"})
  void theMemoryOfAWholeSequenceIsCountedBeforeItIsTaken(Mode use) {
    layers()
        .forEach(
            layers -> {
              try (Model model = model(layers, 200)) {
                ModelState.of("test", model)
                    .alone(
                        "test",
                        compiled -> {
                          long counted =
                              (long) Float.BYTES
                                  * SAMPLES
                                  * MemoryCheck.sample(compiled.network(), use);
                          long taken;
                          try (PlanCache.Prepared plan =
                              use.hasBackward()
                                  ? new TrainingPlan(compiled, SAMPLES)
                                  : new InferencePlan(compiled, SAMPLES, use)) {
                            taken = plan.bytes();
                          }
                          assertThat(counted / (double) taken).as("%s", layers).isBetween(0.8, 1.5);
                          return taken;
                        });
              }
            });
  }

  @Test
  void aSequenceThatDoesNotFitIsRefusedInWords() {
    int steps = 100_000;
    try (Model model = model(List.of(lstm(512)), steps)) {
      Dataset data =
          dataset(
              Values.of(new float[8 * steps * FEATURES], 8, steps, FEATURES),
              Values.of(new float[8], 8));
      assertThatThrownBy(() -> model.fit(data, epochs(1).batchSize(8)))
          .hasMessageStartingWith("A batch of 8 samples needs 18 GB")
          .hasMessageContaining(" GB of it for what lstm keeps on its way to (None, 512)")
          .hasMessageContaining("batchSize(");
    }
  }
}
