package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.callback.History;
import org.lossbook.callback.Watched;
import org.lossbook.data.Dataset;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.Notepad;
import org.lossbook.training.fit.FitTest;

/** Interrupts, losses that are no numbers, closed models, calls that meet. */
class SurvivalTest {
  private final Screen before = Screen.current();
  private final List<String> shown = new ArrayList<>();

  @AfterEach
  void restore() {
    Thread.interrupted();
    Screen.use(before);
  }

  private static Dataset interruptingAt(int asked, Dataset data) {
    var count = new AtomicInteger();
    return new Watched(
        data,
        sample -> {
          if (count.incrementAndGet() == asked) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void anInterruptStopsFitAfterTheBatchAndKeepsWeightsAndHistory() {
    Screen.use(new Notepad(shown));
    Dataset data = FitTest.points(60, 1);
    // 6 batches an epoch: in the third of the second.
    Dataset interrupting = interruptingAt(60 + 21, data);
    try (var model = FitTest.compiled();
        var steady = FitTest.compiled()) {
      var options = epochs(3).batchSize(10).seed(1);

      assertThatThrownBy(() -> model.fit(interrupting, options))
          .isInstanceOf(InterruptedTraining.class)
          .hasMessage(
              "fit was interrupted in epoch 2 of 3 after 3 of 6 batches: the weights are kept, model.history() holds the run so far, and calling fit again continues from there.");
      assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
      assertThat(shown.get(shown.size() - 1)).as("nothing is drawn any more").isEqualTo("closed");
      assertThat(shown.get(shown.size() - 2))
          .as("what stays promises nothing")
          .contains("epoch 2 of 3 · batch 3 of 6 · stopped after 0 s");

      History history = model.history();
      assertThat(history.epochs()).hasSize(2);
      assertThat(history.epochs().get(1).isPartial()).isTrue();
      assertThat(history.epochs().get(1).batches()).isEqualTo(3);
      assertThat(history.stopped()).hasValueSatisfying(s -> assertThat(s).contains("interrupted"));
      assertThat(history.toString()).contains("2 (3 of 6 batches)");
      assertThat(history.plot().alt()).contains("loss");

      // The weights are those of nine steps: fit goes on.
      steady.fit(data, epochs(1).batchSize(10).seed(1).quiet());
      assertThat(FitTest.weights(model)).isNotEqualTo(FitTest.weights(steady));
      assertThat(ModelState.of("test", model).compiled().update().updater().step()).isEqualTo(9);
      assertThatCode(() -> model.fit(data, options.quiet())).doesNotThrowAnyException();
      assertThat(model.history().epochs()).hasSize(3);
    }
  }

  @Test
  void anInterruptDuringValidationKeepsTheEpoch() {
    Dataset data = FitTest.points(60, 1);
    try (var model = FitTest.compiled()) {
      var options = epochs(2).batchSize(10).validation(interruptingAt(61, data)).quiet();

      assertThatThrownBy(() -> model.fit(data, options)).isInstanceOf(InterruptedTraining.class);
      Thread.interrupted();
      assertThat(model.history().epochs()).hasSize(2);
      assertThat(model.history().get("loss")).hasSize(2);
      assertThat(model.history().get("val_loss")).hasSize(1);
    }
  }

  @Test
  void anInterruptedEvaluateSaysHowFarItCame() {
    Dataset data = FitTest.points(600, 1);
    try (var model = FitTest.compiled()) {
      assertThatThrownBy(() -> model.evaluate(interruptingAt(1, data)))
          .isInstanceOf(InterruptedTraining.class)
          .hasMessage("evaluate was interrupted after 256 of 600 samples.");
    }
  }

  @Test
  void aLossThatTurnsInfiniteStopsFitAndSaysWhatWentFirst() {
    double[][] x = {{100}, {200}, {300}, {400}};
    double[] y = {1, 2, 3, 4};
    Screen.use(new Notepad(shown));
    try (var model =
        sequential(input(1), dense(4).relu(), dense(1)).compile(sgd().learningRate(10), mse())) {
      for (String name : model.weightNames()) {
        model.weights(name, constant(model.weightValues(name).size(), 1));
      }

      History history = model.fit(x, y, epochs(50).batchSize(2).shuffle(false).quiet());

      assertThat(history.stopped()).isPresent();
      String stopped = history.stopped().get();
      assertThat(stopped)
          .startsWith("The loss became ")
          .contains("became NaN or infinite first")
          .contains("try sgd().learningRate(1) instead of 10")
          .contains("scale the inputs, which reach ");
      assertThat(history).isSameAs(model.history());
      assertThat(history.epochs().size()).isLessThan(50);
      assertThat(shown).as("quiet runs say it too").containsExactly(stopped, "closed");
    }
  }

  @Test
  void theFirstLayerWhoseOutputsOverflowIsNamed() {
    Screen.use(new Notepad(shown));
    try (var model =
        sequential(input(1), dense(1).named("small"), dense(1).named("large"), dense(1))
            .compile(sgd(), mse())) {
      model.weights("large/kernel", vector(3e38));
      model.weights("small/kernel", vector(10));

      History history = model.fit(new double[][] {{1}}, vector(1), epochs(1).quiet());

      assertThat(history.stopped().orElseThrow())
          .startsWith("The loss became ")
          .contains("the outputs of large became NaN or infinite first; its weights are finite");
      assertThat(model.weightValues("large/kernel").get(0)).isEqualTo(3e38f);
    }
  }

  @Test
  void aBatchThatBreaksTheLossLeavesTheMovingStatisticsAlone() {
    Screen.use(new Notepad(shown));
    try (var model =
        sequential(input(1), dense(1).named("large"), batchNormalization(), dense(1))
            .compile(sgd(), mse())) {
      model.weights("large/kernel", vector(3e38));

      History history = model.fit(new double[][] {{10}, {-10}}, vector(1, 2), epochs(1).quiet());

      assertThat(history.stopped().orElseThrow())
          .contains("the outputs of large became NaN or infinite first");
      assertThat(model.weightValues("batch_normalization/moving_mean").get(0)).isZero();
      assertThat(model.weightValues("batch_normalization/moving_variance").get(0)).isEqualTo(1);
    }
  }

  @Test
  void aClosedModelSaysSo() {
    var model = FitTest.compiled();
    var step = model.trainingStep(4);
    model.close();
    model.close();

    String message =
        "This model was closed and its weights are freed: compile it again, or do not close it.";
    Dataset data = FitTest.points(6, 1);
    assertThatThrownBy(() -> model.fit(data, epochs(1))).hasMessage(message);
    assertThatThrownBy(() -> model.evaluate(data)).hasMessage(message);
    assertThatThrownBy(() -> model.predictValues(data)).hasMessage(message);
    assertThatThrownBy(() -> model.weightValues("dense/kernel")).hasMessage(message);
    assertThatThrownBy(model::weightNames).hasMessage(message);
    assertThatThrownBy(step::run).hasMessage(message);
    step.close();
    assertThat(model.summary().totalParameters()).isPositive();
  }

  @Test
  void aCallInsideAnotherOfTheSameModelSaysSo() {
    try (var model = FitTest.compiled()) {
      Dataset curious =
          new Watched(FitTest.points(6, 1), sample -> model.weightValues("dense/kernel"));

      assertThatThrownBy(() -> model.fit(curious, epochs(1).quiet()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              "weights expects the model to be free but fit has been running for 0 s")
          .hasMessageContaining("in thread " + Thread.currentThread().getName());
    }
  }

  @Test
  void aSecondCallWaitsAndSaysForWhomAndCanBeInterrupted() throws InterruptedException {
    Screen.use(new Notepad(shown));
    var fitting = new CountDownLatch(1);
    var finish = new CountDownLatch(1);
    Dataset slow =
        new Watched(
            FitTest.points(6, 1),
            sample -> {
              fitting.countDown();
              await(finish);
            });
    try (var model = FitTest.compiled()) {
      var first = new Thread(() -> model.fit(slow, epochs(1).quiet()), "first cell");
      first.start();
      fitting.await();

      var thrown = new AtomicReference<Throwable>();
      var second =
          new Thread(
              () -> {
                try {
                  model.evaluate(FitTest.points(6, 1));
                } catch (RuntimeException e) {
                  thrown.set(e);
                }
              });
      second.start();
      while (shown.isEmpty()) {
        Thread.sleep(10);
      }
      assertThat(shown.get(0))
          .startsWith("evaluate waits: fit has been running for ")
          .endsWith(" s in thread first cell. Interrupt the cell to stop waiting.");
      second.interrupt();
      second.join();
      assertThat(thrown.get())
          .isInstanceOf(InterruptedTraining.class)
          .hasMessageStartingWith("evaluate was interrupted while waiting: fit has been running");

      var patient = new Thread(() -> model.evaluate(FitTest.points(6, 1)));
      patient.start();
      finish.countDown();
      patient.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(patient.isAlive()).isFalse();
      first.join();
    }
  }

  @Test
  void aRunShowsItselfAndEndsWithAStillPicture() {
    Screen.use(new Notepad(shown));
    Dataset data = FitTest.points(30, 1);
    try (var model = FitTest.compiled()) {
      model.fit(data, epochs(40).batchSize(10).validation(data));

      assertThat(shown.get(0)).contains("epoch 1 of 40").contains("starting");
      assertThat(shown.get(shown.size() - 1)).isEqualTo("closed");
      assertThat(shown.get(shown.size() - 2))
          .contains("epoch 40 of 40", "done in", "val_loss", "val_accuracy");
      assertThat(shown.size()).as("at most four pictures a second").isLessThan(40);

      shown.clear();
      model.fit(data, epochs(1).quiet());
      assertThat(shown).isEmpty();
    }
  }

  private static double[] constant(int size, double value) {
    double[] all = new double[size];
    java.util.Arrays.fill(all, value);
    return all;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
