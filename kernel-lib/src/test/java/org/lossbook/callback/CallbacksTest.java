package org.lossbook.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.base.Figures;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.metric.Direction;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.JavadocExamples;
import org.lossbook.testing.Notepad;
import org.lossbook.training.fit.FitOptions;
import org.lossbook.training.fit.FitTest;

/** What callbacks see of a run of fit, what they may do, and how they fail. */
class CallbacksTest {
  private static final Dataset DATA = FitTest.points(60, 1);
  private static final Dataset OTHER = FitTest.points(30, 2);
  private final Screen before = Screen.current();
  private final List<String> shown = new ArrayList<>();

  private static FitOptions six(int epochs) {
    return epochs(epochs).batchSize(10).validation(OTHER).seed(1).quiet();
  }

  /** A run whose training tears the weights apart, so that its first epoch stays its best. */
  private static Model wild() {
    return sequential(input(2), dense(3).softmax().named("d"))
        .compile(sgd().learningRate(500), sparseCategoricalCrossentropy(), accuracy());
  }

  @AfterEach
  void restore() {
    Thread.interrupted();
    Screen.use(before);
  }

  @Test
  void aFunctionOfTheReadersOwnIsToldOfEpochsAndBatches() {
    List<String> heard = new ArrayList<>();
    try (var model = FitTest.compiled()) {
      History history =
          model.fit(
              DATA,
              six(2)
                  .callbacks(
                      onEpochBegin(run -> heard.add("begin " + run.epoch() + run.figures())),
                      onBatchEnd(run -> heard.add(run.epoch() + "." + run.batch())),
                      onEpochEnd(run -> heard.add(run.toString()))));

      assertThat(heard).hasSize(2 * (1 + 6 + 1));
      assertThat(heard.subList(0, 3)).containsExactly("begin 1{}", "1.1", "1.2");
      assertThat(heard.get(7))
          .isEqualTo("epoch 1 of 2: " + Figures.text(history.epochs().get(0).figures()));
      assertThat(history.names()).containsExactly("loss", "accuracy", "val_loss", "val_accuracy");
      assertThat(history.stopped()).isEmpty();
      assertThat(history.notes()).isEmpty();
    }
  }

  @Test
  void aRunKnowsBeforehandWhatItWillMeasure() {
    List<List<String>> names = new ArrayList<>();
    List<Map<String, Double>> figures = new ArrayList<>();
    try (var model = FitTest.compiled()) {
      model.fit(
          DATA,
          six(1)
              .callbacks(
                  onEpochBegin(run -> names.add(run.names())),
                  onEpochEnd(run -> figures.add(run.figures()))));

      assertThat(names.get(0))
          .containsExactly("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate");
      assertThat(figures.get(0).keySet()).containsExactlyElementsOf(names.get(0));
      assertThat(figures.get(0).get("learning_rate")).isEqualTo(0.01);
    }
  }

  @Test
  void callbacksChangeNothingOfWhatIsLearned() {
    try (var watched = FitTest.compiled();
        var alone = FitTest.compiled()) {
      watched.fit(
          DATA,
          six(3)
              .callbacks(
                  earlyStopping().patience(9),
                  onEpochEnd(run -> watched.evaluate(OTHER)),
                  onBatchEnd(run -> watched.predictValues(vector(1, 2)))));
      alone.fit(DATA, six(3));

      assertThat(FitTest.weights(watched)).isEqualTo(FitTest.weights(alone));
    }
  }

  @Test
  void aCallbackMayStopTheRunAfterAnEpochOrABatch() {
    try (var model = FitTest.compiled()) {
      History history =
          model.fit(
              DATA,
              six(9)
                  .callbacks(
                      onEpochEnd(
                          run -> {
                            if (run.epoch() == 2) {
                              run.stop("that will do");
                            }
                          })));
      assertThat(history.epochs()).hasSize(2);
      assertThat(history.stopped()).contains("onEpochEnd: that will do");
      assertThat(history.toString()).startsWith("onEpochEnd: that will do\n");

      history =
          model.fit(
              DATA,
              six(9)
                  .callbacks(
                      onBatchEnd(
                          run -> {
                            if (run.batch() == 4) {
                              run.stop("seen enough");
                            }
                          })));
      assertThat(history.epochs()).hasSize(1);
      assertThat(history.epochs().get(0).batches()).isEqualTo(4);
      assertThat(history.names()).containsExactly("loss", "accuracy");
      assertThat(history.stopped()).contains("onBatchEnd: seen enough");
    }
  }

  @Test
  void earlyStoppingEndsTheRunAndPutsTheBestWeightsBack() {
    Screen.use(new Notepad(shown));
    List<List<Float>> weights = new ArrayList<>();
    try (var model = wild()) {
      var options = epochs(20).batchSize(10).validation(OTHER).seed(1);
      History history =
          model.fit(
              DATA,
              options.callbacks(
                  onEpochEnd(run -> weights.add(FitTest.weights(model))),
                  earlyStopping().patience(2).restoreBestWeights()));

      int best = bestEpoch(history.get("val_loss"));
      assertThat(history.epochs()).hasSize(best + 2);
      assertThat(history.stopped())
          .contains("earlyStopping: val_loss has not improved since epoch " + best);
      assertThat(history.notes())
          .containsExactly(
              "earlyStopping: the weights are those of epoch " + best + ", the best by val_loss");
      assertThat(FitTest.weights(model)).isEqualTo(weights.get(best - 1));
      assertThat(model.evaluate(OTHER).loss()).isEqualTo(history.get("val_loss").get(best - 1));
      assertThat(shown.get(shown.size() - 2))
          .isEqualTo(history.stopped().get() + "; " + history.notes().get(0));
      assertThat(history.toString()).contains(history.notes().get(0));
    }
  }

  private static int bestEpoch(List<Double> values) {
    int best = 0;
    for (int i = 0; i < values.size(); i++) {
      best = values.get(i) < values.get(best) ? i : best;
    }
    return best + 1;
  }

  @Test
  void aRunThatComesToItsEndPutsTheBestWeightsBackToo() {
    try (var model = wild()) {
      History history =
          model.fit(DATA, six(4).callbacks(earlyStopping().patience(9).restoreBestWeights()));

      assertThat(history.stopped()).isEmpty();
      int best = bestEpoch(history.get("val_loss"));
      assertThat(history.notes().get(0)).contains("those of epoch " + best);
      assertThat(model.evaluate(OTHER).loss()).isEqualTo(history.get("val_loss").get(best - 1));
    }
  }

  @Test
  void whatALossLearnsIsPutBackWithTheWeights() {
    List<Double> deltas = new ArrayList<>();
    try (var model =
        sequential(input(2), dense(1))
            .compile(adam().learningRate(0.1), barron().alpha(learned(1)))) {
      Run.Snapshot[] first = new Run.Snapshot[1];
      model.fit(
          DATA,
          six(3)
              .callbacks(
                  onEpochEnd(
                      run -> {
                        deltas.add(model.setting("alpha"));
                        if (run.epoch() == 1) {
                          first[0] = run.snapshot();
                        } else {
                          run.restore(first[0]);
                          deltas.add(model.setting("alpha"));
                        }
                      })));
      assertThat(deltas).hasSize(5);
      assertThat(deltas.get(1)).isNotEqualTo(deltas.get(0));
      assertThat(deltas.get(2)).isEqualTo(deltas.get(0));
      assertThat(deltas.get(4)).isEqualTo(deltas.get(0));
    }
  }

  @Test
  void theFiguresOfEachOutputCanBeFollowed() {
    var x = input(2);
    var h = dense(4).relu().of(x);
    var kind = dense(3).softmax().named("kind").of(h);
    var size = dense(1).named("size").of(h);
    double[][] facts = {{1, 2}, {2, 1}, {3, 3}, {0, 1}, {1, 1}, {2, 2}, {0, 3}, {3, 0}};
    var targets = List.of(vector(0, 1, 2, 0, 1, 2, 0, 1), vector(3, 3, 6, 1, 2, 4, 3, 3));
    try (var model =
        model(x, List.of(kind, size))
            .compile(
                adam().learningRate(0.05),
                List.of(sparseCategoricalCrossentropy(), barron().alpha(learned(1))),
                accuracy().on("kind"))) {
      var options = epochs(3).batchSize(2).validationSplit(0.25).seed(1).quiet();
      History history =
          model.fit(
              facts,
              targets,
              options.callbacks(
                  earlyStopping().monitor("val_kind_accuracy").patience(9).restoreBestWeights(),
                  reduceLrOnPlateau().monitor("val_size_loss")));
      assertThat(history.epochs()).hasSize(3);
      var direction = new ArrayList<Direction>();
      model.fit(
          facts,
          targets,
          options.callbacks(
              onEpochEnd(run -> run.names().forEach(name -> direction.add(run.direction(name)))),
              earlyStopping().monitor("kind_loss").mode("max")));
      assertThat(direction).containsSubsequence(Direction.DOWN, Direction.UP, Direction.UNKNOWN);
      assertThat(model.history().stopped())
          .contains("earlyStopping: kind_loss has not improved since epoch 1");
    }
  }

  @Test
  void oneCallbackServesSeveralFits() {
    var stopping = earlyStopping().monitor("loss").patience(1).mode("max");
    try (var model = FitTest.compiled()) {
      for (int i = 0; i < 2; i++) {
        assertThat(model.fit(DATA, six(9).callbacks(stopping)).epochs()).hasSize(2);
      }
    }
  }

  @Test
  void theLearningRateIsInTheHistoryWhereItMoves() {
    try (var model = FitTest.compiled()) {
      History history =
          model.fit(DATA, six(3).callbacks(learningRateScheduler(epoch -> 0.1 / (epoch + 1))));
      assertThat(history.names())
          .containsExactly("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate");
      assertThat(history.get("learning_rate")).containsExactly(0.1, 0.05, 0.1 / 3);
      assertThat(history.plot("learning_rate").alt()).contains("learning rate");
      assertThat(model.learningRate()).isEqualTo(0.1 / 3);

      history =
          model.fit(
              DATA,
              six(3)
                  .callbacks(
                      learningRateScheduler((epoch, rate) -> epoch == 0 ? 0.5 : 0.5 * rate),
                      onEpochEnd(run -> assertThat(run.figures()).containsKey("learning_rate"))));
      assertThat(history.get("learning_rate")).containsExactly(0.5, 0.25, 0.125);

      // A function that moves it once gives all epochs theirs.
      history =
          model.fit(
              DATA,
              six(3)
                  .callbacks(
                      onEpochBegin(
                          run -> {
                            if (run.epoch() == 3) {
                              run.learningRate(0.01);
                            }
                          })));
      assertThat(history.get("learning_rate")).containsExactly(0.125, 0.125, 0.01);
    }
  }

  @Test
  void aPlateauTakesTheLearningRateDown() {
    try (var model = FitTest.compiled()) {
      History history =
          model.fit(
              DATA,
              six(5)
                  .callbacks(reduceLrOnPlateau().mode("max").factor(0.5).patience(2).minLr(0.004)));
      assertThat(history.get("learning_rate")).containsExactly(0.01, 0.01, 0.01, 0.005, 0.005);
      assertThat(history.notes())
          .containsExactly(
              "reduceLrOnPlateau: the learning rate went from 0.0100 to 0.00400 in 2 steps");
      assertThat(model.learningRate()).isEqualTo(0.004);
    }
  }

  @Test
  void aLogHasALineForEachEpoch(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/run.csv");
    try (var model = FitTest.compiled()) {
      var log = csvLog(file.toString());
      model.fit(DATA, six(1).callbacks(log));
      History history = model.fit(DATA, six(2).callbacks(log));

      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).isEqualTo("epoch,loss,accuracy,val_loss,val_accuracy,learning_rate");
      assertThat(lines.get(2)).startsWith("1," + history.get("loss").get(1)).endsWith(",0.01");

      model.fit(DATA, six(1).callbacks(log.append()));
      assertThat(Files.readAllLines(file)).hasSize(4);
      model.fit(DATA, six(1).callbacks(log.separator(";")));
      assertThat(Files.readAllLines(file).get(0)).startsWith("epoch;loss;");
      String here = folder.toString();
      assertThatThrownBy(() -> model.fit(DATA, six(1).callbacks(csvLog(here))))
          .isInstanceOf(CallbackException.class)
          .hasMessageStartingWith("csvLog failed before the first epoch with ")
          .hasMessageContaining("choose a writable path");
    }
  }

  @Test
  void aCsvLogHasTheEpochInWhichTheLossBecameNaN(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run.csv");
    try (var model = wild()) {
      var broken = onEpochBegin(run -> run.learningRate(run.epoch() == 3 ? 3e38 : 0.1));
      History history = model.fit(DATA, six(4).callbacks(broken, csvLog(file.toString())));

      assertThat(history.isBroken()).isTrue();
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(4);
      assertThat(lines.get(1)).startsWith("0," + history.get("loss").get(0) + ",");
      assertThat(lines.get(3)).startsWith("2,NaN,");
      assertThat(lines.get(3).split(",", -1)).hasSameSizeAs(lines.get(0).split(","));
    }
  }

  @Test
  void aCsvLogHasAnEpochThatWasStoppedHalfWay(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run.csv");
    try (var model = wild()) {
      Callback impatient =
          new Callback() {
            @Override
            public String name() {
              return "impatient";
            }

            @Override
            public boolean watchesBatches() {
              return true;
            }

            @Override
            public Watcher start(Run run) {
              return new Watcher() {
                @Override
                public void endBatch() {
                  if (run.epoch() == 2 && run.batch() == 2) {
                    run.stop("that is enough");
                  }
                }
              };
            }
          };
      History history = model.fit(DATA, six(4).callbacks(csvLog(file.toString()), impatient));

      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(3);
      assertThat(lines.get(2)).startsWith("1," + history.last("loss") + ",").endsWith(",,,500.0");
    }
  }

  @Test
  void aCheckpointIsWrittenAfterEachEpochOrTheBestOne(@TempDir Path folder) {
    List<List<Float>> kept = new ArrayList<>();
    try (var model = wild()) {
      String each = folder.resolve("new/e{epoch:02d}-{val_loss:.2f}-{accuracy}.keras").toString();
      String best = folder.resolve("best.keras").toString();
      String batches = folder.resolve("{epoch}-{batch}.keras").toString();
      History history =
          model.fit(
              DATA,
              six(3)
                  .callbacks(
                      onEpochEnd(run -> kept.add(FitTest.weights(model))),
                      checkpoint(each),
                      checkpoint(best).saveBestOnly().monitor("val_accuracy"),
                      checkpoint(batches).saveFreq(8)));

      for (int epoch = 1; epoch <= 3; epoch++) {
        String name =
            Messages.of(
                "e%02d-%.2f-%s.keras",
                epoch,
                history.get("val_loss").get(epoch - 1),
                history.get("accuracy").get(epoch - 1));
        try (var loaded = loadModel(folder.resolve("new").resolve(name).toString())) {
          assertThat(FitTest.weights(loaded)).isEqualTo(kept.get(epoch - 1));
        }
      }
      assertThat(folder.resolve("2-2.keras")).exists();
      assertThat(folder.resolve("3-4.keras")).exists();
      assertThat(folder.toFile().list()).hasSize(4);
      double highest = history.get("val_accuracy").stream().mapToDouble(v -> v).max().orElse(0);
      int epoch = history.get("val_accuracy").indexOf(highest);
      try (var loaded = loadModel(best)) {
        assertThat(FitTest.weights(loaded)).isEqualTo(kept.get(epoch));
      }
      assertThat(history.notes())
          .contains(
              "checkpoint: " + best + " holds epoch " + (epoch + 1) + ", the best by val_accuracy");

      assertThatThrownBy(() -> checkpoint("model.h5"))
          .hasMessage(
              "checkpoint expects a file name that ends in .keras or .weights.h5 but receives \"model.h5\": try checkpoint(\"model.keras\").");
      assertThatThrownBy(() -> checkpoint("{epoch:x}.keras")).hasMessageContaining("such as 02d");
      assertThatThrownBy(() -> model.fit(DATA, six(1).callbacks(checkpoint("{f1}.keras"))))
          .hasMessageContaining("{f1} where there is epoch, batch, loss, accuracy");
      assertThatThrownBy(() -> checkpoint("a.keras").saveFreq(0)).hasMessageContaining("saveFreq");
      assertThat(checkpoint("a.keras").saveBestOnly().initialValueThreshold(0.5).saveFreq(9))
          .hasToString(
              "checkpoint(\"a.keras\").saveBestOnly().initialValueThreshold(0.5).saveFreq(9)");
    }
  }

  @Test
  void trainingGoesOnFromACheckpointAsIfItHadNeverBeenStopped(@TempDir Path folder) {
    String file = folder.resolve("epoch-{epoch}.keras").toString();
    String weights = folder.resolve("{epoch}.weights.h5").toString();
    List<List<Float>> kept = new ArrayList<>();
    try (var model = FitTest.compiled();
        var other = FitTest.compiled()) {
      model.fit(
          DATA,
          six(4)
              .callbacks(
                  checkpoint(file),
                  checkpoint(weights),
                  onEpochEnd(run -> kept.add(FitTest.weights(model)))));
      try (var loaded = loadModel(folder.resolve("epoch-2.keras").toString())) {
        assertThat(FitTest.weights(loaded)).isEqualTo(kept.get(1));
        loaded.fit(DATA, six(2));
        assertThat(FitTest.weights(loaded)).isEqualTo(kept.get(3));
      }
      other.loadWeights(folder.resolve("3.weights.h5").toString());
      assertThat(FitTest.weights(other)).isEqualTo(kept.get(2));
    }
  }

  @Test
  void aFigureThatIsNotMeasuredIsAnErrorBeforeTheFirstStep() {
    try (var model = FitTest.compiled()) {
      var unvalidated = epochs(1).quiet();
      History before = model.fit(DATA, unvalidated);
      List<Float> weights = FitTest.weights(model);
      assertThatThrownBy(() -> model.fit(DATA, unvalidated.callbacks(earlyStopping())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "earlyStopping expects to monitor a figure of this run but receives \"val_loss\" where there is loss, accuracy, learning_rate: give fit a validation(…) dataset, or monitor another with monitor(\"loss\").");
      assertThatThrownBy(() -> model.fit(DATA, six(1).callbacks(reduceLrOnPlateau().monitor("f1"))))
          .hasMessageStartingWith("reduceLrOnPlateau expects to monitor a figure of this run")
          .hasMessageEndingWith("call monitor(…) with one of them.");
      assertThatThrownBy(
              () -> model.fit(DATA, six(1).callbacks(earlyStopping().monitor("learning_rate"))))
          .hasMessageContaining("call mode(\"max\") if higher is better");
      assertThat(FitTest.weights(model)).isEqualTo(weights);
      assertThat(model.history()).isSameAs(before);
      assertThatThrownBy(
              () ->
                  model.fit(DATA, unvalidated.callbacks(onEpochEnd(run -> run.figure("val_loss")))))
          .hasMessageContaining("The run has no figure val_loss in epoch 1 of 1")
          .hasMessageContaining("Give fit a validation(…) dataset for it.");
    }
  }

  @Test
  void aRateThatFollowsAScheduleIsNotMovedByACallback() {
    try (var model =
        sequential(input(2), dense(3).softmax())
            .compile(
                sgd().learningRate(exponentialDecay(0.1, 6, 0.5)),
                sparseCategoricalCrossentropy())) {
      assertThatThrownBy(() -> model.fit(DATA, six(1).callbacks(reduceLrOnPlateau())))
          .hasMessage(
              "reduceLrOnPlateau expects a learning rate that is a number but the optimizer's follows a schedule: use one or the other.");
      // The schedule moves it, and so the history has it.
      assertThat(model.fit(DATA, six(2)).names()).contains("learning_rate");
    }
  }

  @Test
  void theJavadocsExamplesComeToWhatTheyPromise() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/callback"), 12);
  }

  @Test
  void aCallbackThatThrowsEndsTheRunAndIsNamed() {
    Screen.use(new Notepad(shown));
    try (var model = FitTest.compiled();
        var steady = FitTest.compiled()) {
      var options = epochs(3).batchSize(10).seed(1);
      assertThatThrownBy(
              () ->
                  model.fit(
                      DATA,
                      options.callbacks(
                          onBatchEnd(
                              run -> {
                                if (run.epoch() == 2 && run.batch() == 3) {
                                  throw new ArithmeticException("/ by zero");
                                }
                              }))))
          .isInstanceOf(CallbackException.class)
          .hasCauseInstanceOf(ArithmeticException.class)
          .hasMessage(
              "onBatchEnd failed in epoch 2 of 3 after 3 of 6 batches with ArithmeticException (/ by zero): fit stopped there, the weights are kept and model.history() holds the run so far; fix the callback and call fit again.");
      History history = model.history();
      assertThat(history.epochs()).hasSize(2);
      assertThat(history.epochs().get(1).batches()).isEqualTo(3);
      assertThat(history.stopped().orElseThrow()).startsWith("onBatchEnd failed");
      assertThat(shown.get(shown.size() - 1)).isEqualTo("closed");
      assertThat(ModelState.of("test", model).compiled().update().updater().step()).isEqualTo(9);

      assertThatThrownBy(
              () -> model.fit(DATA, options.callbacks(onEpochEnd(run -> List.of().get(0)))))
          .hasMessageStartingWith("onEpochEnd failed in epoch 1 of 3 after 6 of 6 batches with");
      assertThat(model.history().get("loss")).hasSize(1);
      // Fit goes on from there.
      model.fit(DATA, options.quiet());
    }
  }

  @Test
  void aKernelsWayToEndACellGoesThrough() {
    class CellEnded extends Error {
      private static final long serialVersionUID = 1L;
    }
    try (var model = FitTest.compiled()) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      DATA,
                      six(3)
                          .callbacks(
                              onEpochEnd(
                                  run -> {
                                    throw new CellEnded();
                                  }))))
          .isInstanceOf(CellEnded.class);
      assertThat(model.history().epochs()).hasSize(1);
    }
  }

  @Test
  void insideACallbackTheModelCanBeReadButNotTrainedNorClosed() {
    List<Double> losses = new ArrayList<>();
    try (var model = FitTest.compiled()) {
      History history =
          model.fit(
              DATA,
              six(2)
                  .callbacks(
                      onEpochEnd(
                          run -> {
                            losses.add(model.evaluate(OTHER).loss());
                            model.weights("dense/kernel", model.weightValues("dense/kernel"));
                          })));
      assertThat(losses).isEqualTo(history.get("val_loss"));

      assertThatThrownBy(
              () -> model.fit(DATA, six(1).callbacks(onEpochEnd(run -> model.fit(DATA, six(1))))))
          .isInstanceOf(CallbackException.class)
          .hasMessageContaining("fit expects the model to be free but fit has been running for")
          .hasMessageContaining("inside a callback, predict, evaluate and weights can be called");
      assertThatThrownBy(() -> model.fit(DATA, six(1).callbacks(onEpochEnd(run -> model.close()))))
          .hasMessageContaining("close expects the model to be free");
      assertThat(model.predictValues(vector(1, 2)).size()).isEqualTo(3);
    }
  }

  @Test
  void anInterruptInsideACallbackIsAnInterruptOfFit() {
    try (var model = FitTest.compiled()) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      DATA,
                      six(2)
                          .callbacks(
                              onEpochEnd(
                                  run -> {
                                    Thread.currentThread().interrupt();
                                    model.evaluate(OTHER);
                                  }))))
          .isInstanceOf(InterruptedTraining.class)
          .hasMessageStartingWith("fit was interrupted in epoch 1 of 2 after 6 of 6 batches");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(model.history().epochs()).hasSize(1);
    }
  }

  @Test
  void aCallbackOfTheReadersOwnHasAStateForEachRun() {
    record Counting(List<Integer> counts) implements Callback {
      @Override
      public String name() {
        return "counting";
      }

      @Override
      public Watcher start(Run run) {
        return new Watcher() {
          private int count;

          @Override
          public void endEpoch() {
            count++;
          }

          @Override
          public void end() {
            counts.add(count);
          }
        };
      }
    }
    var counting = new Counting(new ArrayList<>());
    try (var model = FitTest.compiled()) {
      model.fit(DATA, six(2).callbacks(counting));
      model.fit(DATA, six(3).callbacks(counting));
      assertThat(counting.counts).containsExactly(2, 3);
    }
  }

  @Test
  void aSnapshotBelongsToItsRun() {
    Run.Snapshot[] taken = new Run.Snapshot[1];
    try (var model = FitTest.compiled()) {
      model.fit(DATA, six(1).callbacks(onEpochEnd(run -> taken[0] = run.snapshot())));
      assertThatThrownBy(
              () -> model.fit(DATA, six(1).callbacks(onEpochEnd(run -> run.restore(taken[0])))))
          .hasMessageContaining("restore expects a snapshot of this run");
    }
  }

  @Test
  void callbacksShowAsTheyWereSaid() {
    assertThat(
            epochs(5)
                .callbacks(earlyStopping().monitor("val_accuracy").patience(3).restoreBestWeights())
                .callbacks(
                    reduceLrOnPlateau().factor(0.5),
                    csvLog("run.csv").append(),
                    learningRateScheduler(epoch -> 0.1),
                    onEpochEnd(run -> {})))
        .hasToString(
            "epochs(5).batchSize(32).callbacks(earlyStopping().monitor(\"val_accuracy\").patience(3).restoreBestWeights(), reduceLrOnPlateau().factor(0.5), csvLog(\"run.csv\").append(), learningRateScheduler(…), onEpochEnd(…))");
    assertThat(earlyStopping().mode("min").minDelta(0.1).baseline(0.5).startFromEpoch(2).toString())
        .isEqualTo("earlyStopping().mode(\"min\").minDelta(0.1).baseline(0.5).startFromEpoch(2)");
    assertThat(reduceLrOnPlateau().patience(2).cooldown(1).minLr(0.5).toString())
        .isEqualTo("reduceLrOnPlateau().patience(2).cooldown(1).minLr(0.5)");
  }

  @Test
  void aSettingOutOfItsRangeSaysSo() {
    assertThatThrownBy(() -> earlyStopping().patience(-1))
        .hasMessage("earlyStopping expects a patience of 0 epochs or more but receives -1.");
    assertThatThrownBy(() -> earlyStopping().mode("up"))
        .hasMessage(
            "earlyStopping expects the mode \"auto\", \"min\" or \"max\" but receives \"up\": max where a larger val_loss is better.");
    assertThatThrownBy(() -> earlyStopping().monitor(null))
        .hasMessageStartingWith("earlyStopping expects the name of a figure to monitor");
    assertThatThrownBy(() -> earlyStopping().minDelta(-1)).hasMessageContaining("minDelta");
    assertThatThrownBy(() -> reduceLrOnPlateau().factor(1)).hasMessageContaining("0.5 halves");
    assertThatThrownBy(() -> reduceLrOnPlateau().minLr(-1)).hasMessageContaining("minLr of 0");
    assertThatThrownBy(() -> csvLog(" ")).hasMessageStartingWith("csvLog expects the path");
    assertThatThrownBy(() -> csvLog("a").separator("")).hasMessageContaining("separator(\";\")");
    assertThatThrownBy(() -> onEpochEnd(null))
        .hasMessageStartingWith("onEpochEnd expects a function but receives null");
    assertThatThrownBy(() -> epochs(1).callbacks((Callback) null))
        .hasMessageStartingWith("callbacks expects callbacks but receives [null]");
    try (var model = FitTest.compiled()) {
      assertThatThrownBy(
              () -> model.fit(DATA, six(1).callbacks(learningRateScheduler(epoch -> Double.NaN))))
          .hasMessageStartingWith("learningRateScheduler failed in epoch 1 of 1 after 0 of 6")
          .hasMessageContaining("NaN");
      assertThat(model.learningRate()).isCloseTo(0.01, within(0.0));
    }
  }
}
