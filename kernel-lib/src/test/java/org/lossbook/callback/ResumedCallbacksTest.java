package org.lossbook.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitOptions;
import org.lossbook.training.fit.FitTest;

/** What callbacks have counted goes on with the training that they watch. */
class ResumedCallbacksTest {
  private static final Dataset POINTS = FitTest.points(24, 1);
  private static final FitOptions EIGHT = epochs(8).batchSize(6).seed(1).silent();

  @TempDir Path folder;

  private static Model compiled() {
    return FitTest.classifier()
        .seed(3)
        .compile(sgd().learningRate(0.2), sparseCategoricalCrossentropy(), accuracy());
  }

  /** Nothing is ever good enough, so that the counts alone decide. */
  private static ReduceLrOnPlateau plateau() {
    return reduceLrOnPlateau().monitor("loss").minDelta(9).factor(0.5).patience(2).cooldown(1);
  }

  private String file() {
    return folder.resolve("half.keras").toString();
  }

  private static List<Double> rates(Stream<History> runs) {
    return runs.flatMap(run -> run.get("learning_rate").stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aPlateauIsCountedOnFromAFileAndInTheNextFit(int first) {
    var options = EIGHT.callbacks(plateau());
    try (Model whole = compiled();
        Model parts = compiled()) {
      History all = whole.fit(POINTS, options);
      History half = parts.fit(POINTS, options.withEpochs(first));
      parts.save(file());
      try (Model resumed = loadModel(file())) {
        for (Model model : List.of(resumed, parts)) {
          History rest = model.fit(POINTS, options.withEpochs(8 - first));

          assertThat(rates(Stream.of(half, rest))).isEqualTo(rates(Stream.of(all)));
          assertThat(FitTest.weights(model)).isEqualTo(FitTest.weights(whole));
        }
      }
    }
  }

  @Test
  void aFileOfACheckpointHoldsWhatTheCallbacksBehindItHaveComeTo() {
    var options = EIGHT.callbacks(checkpoint(file()), plateau());
    try (Model whole = compiled();
        Model half = compiled()) {
      whole.fit(POINTS, EIGHT.callbacks(plateau()));
      half.fit(
          POINTS,
          options.callbacks(
              onEpochBegin(
                  run -> {
                    if (run.epoch() == 5) {
                      throw new IllegalStateException("the power went");
                    }
                  })));
    } catch (org.lossbook.callback.CallbackException e) {
      assertThat(e).hasMessageContaining("the power went");
    }
    try (Model whole = compiled();
        Model resumed = loadModel(file())) {
      whole.fit(POINTS, EIGHT.callbacks(plateau()));
      resumed.fit(POINTS, EIGHT.callbacks(plateau()).initialEpoch(4));

      assertThat(FitTest.weights(resumed)).isEqualTo(FitTest.weights(whole));
      assertThat(resumed.learningRate()).isEqualTo(whole.learningRate());
    }
  }

  @Test
  void anInterruptedFitGoesOnFromItsFileAsIfItHadNotBeen() {
    var options = EIGHT.callbacks(plateau());
    try (Model whole = compiled();
        Model half = compiled()) {
      whole.fit(POINTS, options);
      Callback interrupt =
          onEpochEnd(
              run -> {
                if (run.epoch() == 3) {
                  Thread.currentThread().interrupt();
                }
              });
      assertThatThrownBy(() -> half.fit(POINTS, options.callbacks(interrupt)))
          .isInstanceOf(InterruptedTraining.class);
      assertThat(Thread.interrupted()).isTrue();
      half.save(file());
      try (Model resumed = loadModel(file())) {
        resumed.fit(POINTS, options.initialEpoch(3));

        assertThat(FitTest.weights(resumed)).isEqualTo(FitTest.weights(whole));
        assertThat(resumed.learningRate()).isEqualTo(whole.learningRate());
      }
    }
  }

  @Test
  void earlyStoppingCountsItsPatienceOn() {
    var options =
        EIGHT.callbacks(earlyStopping().monitor("loss").minDelta(9).patience(4).startFromEpoch(1));
    try (Model whole = compiled();
        Model half = compiled()) {
      assertThat(whole.fit(POINTS, options).epochs()).hasSize(6);
      half.fit(POINTS, options.withEpochs(4));
      half.save(file());
      try (Model resumed = loadModel(file())) {
        History rest = resumed.fit(POINTS, options);
        assertThat(rest.epochs()).hasSize(2);
        assertThat(rest.stopped())
            .hasValue("earlyStopping: loss has not improved since epoch 2 of the run before");
        assertThat(FitTest.weights(resumed)).isEqualTo(FitTest.weights(whole));

        // It ended the run, so the next one begins anew.
        assertThat(resumed.fit(POINTS, options).epochs()).hasSize(6);
      }
      assertThat(half.fit(POINTS, options.initialEpoch(4)).stopped())
          .hasValue("earlyStopping: loss has not improved since epoch 2");
    }
  }

  @Test
  void aBestOfBeforeIsNotBeatenByTheFirstEpochOfTheNextFit() {
    var best = checkpoint(file()).saveBestOnly().monitor("accuracy");
    try (Model model = compiled()) {
      model.fit(POINTS, EIGHT.callbacks(best));
      model.learningRate(1e-12);
      History again = model.fit(POINTS, EIGHT.callbacks(best));

      assertThat(again.notes()).isEmpty();
    }
  }

  @Test
  void otherSettingsAndAModelThatIsCompiledAnewBeginAnew() {
    try (Model model = compiled()) {
      model.fit(POINTS, EIGHT.withEpochs(2).callbacks(plateau()));
      double before = model.learningRate();
      model.fit(POINTS, EIGHT.withEpochs(2).callbacks(plateau().patience(3)));
      assertThat(model.learningRate()).isEqualTo(before);

      model.fit(POINTS, EIGHT.withEpochs(2).callbacks(plateau()));
      model.compile(sgd().learningRate(0.2), sparseCategoricalCrossentropy());
      model.fit(POINTS, EIGHT.withEpochs(1).callbacks(plateau()));
      assertThat(model.learningRate()).isEqualTo(0.2);
    }
  }
}
