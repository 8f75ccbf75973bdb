package org.lossbook.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.callback.History;
import org.lossbook.data.Dataset;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.model.Model;
import org.lossbook.training.fit.Evaluation;
import org.lossbook.training.fit.FitTest;

/** What a schedule or the optimizer does to a loss's settings while a model trains. */
class LossParametersTest {
  @TempDir Path folder;

  /** Two measurements of the same thing, the second ten times as coarse. */
  private static Dataset measurements(int n) {
    var random = new Random(5);
    double[][] x = new double[n][1];
    double[][] y = new double[n][2];
    for (int i = 0; i < n; i++) {
      x[i][0] = random.nextGaussian();
      y[i][0] = 2 * x[i][0] + 0.2 * random.nextGaussian();
      y[i][1] = 2 * x[i][0] + 2 * random.nextGaussian();
    }
    return Dataset.of(x, y);
  }

  private static Loss tasks() {
    return uncertaintyWeighted(mse().output(0), mse().output(1));
  }

  private static Model line(Loss loss) {
    return sequential(input(1), dense(2).named("d"))
        .seed(1)
        .compile(adam().learningRate(0.02), loss, mse().output(0), mse().output(1));
  }

  @Test
  void learnedUncertaintiesFindTheTasksOwn() {
    Dataset data = measurements(200);
    try (var model = line(tasks())) {
      History history = model.fit(data, epochs(60).batchSize(20).seed(1).quiet());

      // At the minimum a task's σ² is its own loss: 0.2² and 2², as well as 200 samples tell.
      Evaluation now = model.evaluate(data);
      assertThat(model.setting("sigma_1")).isCloseTo(Math.sqrt(now.get("mse[0]")), within(0.02));
      assertThat(model.setting("sigma_2")).isCloseTo(Math.sqrt(now.get("mse[1]")), within(0.1));
      assertThat(model.setting("sigma_1")).isCloseTo(0.2, within(0.04));
      assertThat(model.setting("sigma_2")).isCloseTo(2, within(0.3));
      assertThat(history.last("sigma_1")).isEqualTo(model.setting("sigma_1"));
      assertThat(history.table().columnNames()).contains("sigma_1", "sigma_2");
      assertThat(history.plot("sigma_1").alt()).contains("sigma_1");
      double expected =
          0.5 * now.get("mse[0]") / Math.pow(model.setting("sigma_1"), 2)
              + Math.log(model.setting("sigma_1"))
              + 0.5 * now.get("mse[1]") / Math.pow(model.setting("sigma_2"), 2)
              + Math.log(model.setting("sigma_2"));
      assertThat(now.loss())
          .as("evaluate takes the values of now")
          .isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void theSameSeedLearnsTheSameBits() {
    Dataset data = measurements(50);
    List<Double> ends = new ArrayList<>();
    for (int[] runs : new int[][] {{4}, {4}, {1, 3}}) {
      try (var model = line(tasks())) {
        for (int epochs : runs) {
          model.fit(data, epochs(epochs).batchSize(16).seed(1).quiet());
        }
        ends.add(model.setting("sigma_1"));
      }
    }
    assertThat(ends).containsOnly(ends.get(0));
    assertThat(ends.get(0)).isNotEqualTo(1);
  }

  @Test
  void aScheduleIsAskedAtTheBeginningOfEachEpochAndGoesOnOverFits() {
    Dataset data = Dataset.of(new double[][] {{1}, {2}}, vector(1, 5));
    List<Integer> asked = new ArrayList<>();
    Loss loss =
        huber()
            .delta(
                scheduled(
                    epoch -> {
                      asked.add(epoch);
                      return 3.0 / (1 + epoch);
                    }));
    asked.clear();
    try (var model =
        sequential(input(1), dense(1).named("d")).compile(sgd().learningRate(1e-12), loss)) {
      model.weights("d/kernel", vector(0)); // errors 1 and 5, whatever the epoch
      var options = epochs(2).validation(data).quiet();
      History first = model.fit(data, options);
      assertThat(asked).containsExactly(0, 1);
      assertThat(first.get("delta")).containsExactly(3.0, 1.5);
      for (int epoch : new int[] {0, 1}) {
        double expected = huber(3.0 / (1 + epoch)).of(vector(1, 5), vector(0, 0));
        assertThat(first.get("loss").get(epoch)).isCloseTo(expected, within(1e-6));
        assertThat(first.get("val_loss").get(epoch)).isCloseTo(expected, within(1e-6));
      }
      assertThat(model.fit(data, options).get("delta")).containsExactly(1.0, 0.75);
      assertThat(model.setting("delta")).isEqualTo(0.75);
      assertThat(first.toString()).contains("delta", "3.0000");
    }
  }

  @Test
  void aScheduleThatLeavesTheBoundsIsNamed() {
    Dataset data = Dataset.of(new double[][] {{1}, {2}}, vector(1, 5));
    try (var model =
        sequential(input(1), dense(1))
            .compile(sgd(), huber().delta(scheduled(epoch -> 1.0 - epoch)))) {
      assertThatThrownBy(() -> model.fit(data, epochs(3).quiet()))
          .hasMessageStartingWith("huber expects delta above 0 but receives 0.0");
      assertThat(model.history().epochs()).hasSize(1);
    }
  }

  @Test
  void aTermComesInByItsSchedule() {
    Dataset data = Dataset.of(new double[][] {{1}, {2}}, vector(1, 5));
    Loss loss = mse().times(0.5).plus(mae().times(scheduled(epoch -> epoch / 4.0)).times(2));
    assertThat(loss.of(vector(1, 5), vector(0, 0))).isEqualTo(6.5);
    try (var model =
        sequential(input(1), dense(1).named("d")).compile(sgd().learningRate(1e-12), loss)) {
      model.weights("d/kernel", vector(0)); // errors 1 and 5, whatever the epoch
      History history = model.fit(data, epochs(3).validation(data).quiet());

      assertThat(history.get("weight")).containsExactly(0.0, 0.25, 0.5);
      assertThat(history.get("loss").get(2)).isCloseTo(6.5 + 0.5 * 2 * 3, within(1e-6));
      assertThat(history.get("val_loss").get(2)).isCloseTo(6.5 + 0.5 * 2 * 3, within(1e-6));
      assertThat(model.fit(data, epochs(1).quiet()).last("weight")).isEqualTo(0.75);
      assertThat(model.setting("weight")).isEqualTo(0.75);
    }
  }

  @Test
  void schedulesOfTermsAreToldApartAndMultiply() {
    Loss loss =
        mse()
            .times(scheduled(epoch -> 1 + epoch))
            .plus(huber().delta(scheduled(epoch -> 2.0)).times(scheduled(epoch -> 3 + epoch)))
            .times(scheduled(epoch -> 10.0));
    Dataset data = Dataset.of(new double[][] {{1}}, vector(1));
    try (var model =
        sequential(input(1), dense(1).named("d")).compile(sgd().learningRate(1e-12), loss)) {
      model.weights("d/kernel", vector(0));
      History history = model.fit(data, epochs(2).quiet());

      assertThat(history.get("weight_1")).containsExactly(10.0, 20.0);
      assertThat(history.get("weight_2")).containsExactly(30.0, 40.0);
      assertThat(history.get("delta")).containsExactly(2.0, 2.0);
      assertThat(history.get("loss").get(1)).isCloseTo(20 + 40 * 0.5, within(1e-5));
      assertThat(model.save(folder.resolve("a.keras").toString()).toString())
          .contains("contains your own code");
    }
  }

  @Test
  void aScheduledTermJoinsTheEndOfTheModelAsAnyOther() {
    Dataset data = Dataset.of(new double[][] {{1}, {-1}}, vector(1, 0));
    try (var plain =
            sequential(input(1), dense(1).sigmoid()).seed(1).compile(sgd(), binaryCrossentropy());
        var scheduled =
            sequential(input(1), dense(1).sigmoid())
                .seed(1)
                .compile(sgd(), binaryCrossentropy().times(scheduled(epoch -> 1)))) {
      plain.fit(data, epochs(3).shuffle(false).quiet());
      scheduled.fit(data, epochs(3).shuffle(false).quiet());

      assertThat(FitTest.weights(scheduled)).isEqualTo(FitTest.weights(plain));
    }
  }

  @Test
  void aWeightThatIsLearnedOrOfAPenaltyIsRefused() {
    assertThatThrownBy(() -> mse().times(learned(1)))
        .hasMessage(
            "times expects a number or a schedule but receives learned from 1.0: a learned weight would shrink any loss to 0; uncertaintyWeighted(…) learns weights that cannot.");
    assertThatThrownBy(() -> mse().plus(l2(0.1)).times(scheduled(epoch -> 1)))
        .hasMessage(
            "times with a schedule expects a loss without a penalty but receives mse with l2(0.1): call plus(l2(0.1)) after times(…).");
    assertThatThrownBy(() -> mse().times((ScheduledOrLearned) null))
        .hasMessageStartingWith("times expects a number or a schedule but receives null");
    assertThatThrownBy(() -> mse().times(scheduled(epoch -> 1.0 / epoch)))
        .hasMessageStartingWith("times expects a finite number for weight but receives Infinity");
  }

  @Test
  void aSettingThatStaysCanBeAskedToo() {
    try (var model = sequential(input(1), dense(1)).compile(sgd(), huber(2))) {
      assertThat(model.setting("delta")).isEqualTo(2);
      assertThatThrownBy(() -> model.setting("gamma"))
          .hasMessage(
              "setting expects the name of a setting of huber but receives \"gamma\": it has"
                  + " [delta].");
    }
  }

  @Test
  void aStepThatLearnsASettingLeavesNoGarbage() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    Dataset data = measurements(32);
    int[] order = IntStream.range(0, 32).toArray();
    try (var model = line(tasks());
        var step = model.trainingStep(32)) {
      Runnable batch =
          () -> {
            step.load(data, order, 0);
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
  void weightDecayLeavesWhatIsLearnedAlone() {
    var settings = new LossParameters(tasks(), sgd().learningRate(0.1).weightDecay(5));
    double before = settings.value("sigma_1");
    settings.clearGradients();
    settings.step();
    assertThat(settings.value("sigma_1")).isCloseTo(before, within(1e-8));
  }

  @Test
  void theLearningRateThatIsSetIsThatOfTheSettingsToo() {
    try (var model = line(tasks())) {
      model.learningRate(1e-12);
      double before = model.setting("sigma_2");
      model.fit(measurements(40), epochs(2).batchSize(20).seed(1).quiet());
      assertThat(model.setting("sigma_2")).isCloseTo(before, within(1e-8));
      assertThat(model.learningRate()).isEqualTo(1e-12);
      model.learningRate(0.02);
      model.fit(measurements(40), epochs(2).batchSize(20).seed(1).quiet());
      assertThat(model.setting("sigma_2")).isNotEqualTo(before);
    }
  }
}
