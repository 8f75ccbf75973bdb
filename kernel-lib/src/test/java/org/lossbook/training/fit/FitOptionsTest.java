package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.callback.History;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;

/** What fit and evaluate take beside the data, where the golden files do not say it. */
class FitOptionsTest {
  private static final Dataset POINTS = FitTest.points(30, 1);
  private static final double[] WEIGHTS = new double[30];

  static {
    for (int i = 0; i < WEIGHTS.length; i++) {
      WEIGHTS[i] = i % 4 * 0.5;
    }
  }

  @TempDir Path folder;

  private static Model seeded() {
    return FitTest.classifier()
        .seed(3)
        .compile(adam().learningRate(0.01), sparseCategoricalCrossentropy(), accuracy());
  }

  /** y = x, and a line that says 0: the loss of a sample is its y². */
  private static Model zero() {
    return sequential(input(1), dense(1).named("d"))
        .compile(sgd(), mse(), mae(), mae().sampleWeighted())
        .weights("d/kernel", vector(0))
        .weights("d/bias", vector(0));
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void weightsMultiplyTheLossOfValidationAndOfEvaluateAndCountInWeightedMetrics() {
    double[] two = vector(1, 3);
    try (Model model = zero()) {
      var history = model.fit(two, two, epochs(1).validation(two, two, vector(1, 0.5)).silent());
      Evaluation weighted = model.evaluate(two, two, vector(1, 0.5));
      double one = model.predictValues(vector(1)).toFloats()[0];
      double three = model.predictValues(vector(3)).toFloats()[0];

      double loss = (Math.pow(1 - one, 2) + 0.5 * Math.pow(3 - three, 2)) / 2;
      assertThat(weighted.loss()).isCloseTo(loss, within(1e-5));
      assertThat(weighted.get("mae"))
          .isCloseTo((Math.abs(1 - one) + Math.abs(3 - three)) / 2, within(1e-5));
      assertThat(weighted.get("weighted_mae"))
          .isCloseTo((Math.abs(1 - one) + 0.5 * Math.abs(3 - three)) / 1.5, within(1e-5));
      assertThat(history.last("val_loss")).isEqualTo(weighted.loss());
      assertThat(history.last("val_weighted_mae")).isEqualTo(weighted.get("weighted_mae"));
      assertThat(model.evaluate(dataset(two, two), sampleWeight(vector(1, 0.5))).figures())
          .isEqualTo(weighted.figures());
    }
  }

  @Test
  void aLoopByHandWithWeightsComesToTheBitsOfFit() {
    Supplier<Model> compiled =
        () ->
            sequential(input(2), dense(8).relu(), dense(3).softmax())
                .seed(3)
                .compile(adam(), sparseCategoricalCrossentropy());
    try (Model byHand = compiled.get();
        Model fitted = compiled.get()) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int from = 0; from < 30; from += 8) {
          int to = Math.min(30, from + 8);
          byHand.zeroGrad();
          byHand
              .loss(
                  POINTS.x().rows(from, to),
                  POINTS.y().rows(from, to),
                  Arrays.copyOfRange(WEIGHTS, from, to))
              .backward();
          byHand.step();
        }
      }
      fitted.fit(POINTS, epochs(3).batchSize(8).shuffle(false).sampleWeight(WEIGHTS).silent());

      assertThat(FitTest.weights(byHand)).isEqualTo(FitTest.weights(fitted));
    }
    try (Model model = zero()) {
      assertThat(model.loss(vector(1, 3), vector(1, 3), vector(1, 0.5)).value())
          .isEqualTo((1 + 0.5 * 9) / 2);
      model.loss(vector(1, 3), vector(1, 3), vector(0, 1)).backward();
      assertThat(model.gradientValues("d/kernel").toFloats()).containsExactly(-9);
    }
  }

  @Test
  void metricsByWeightsAreNamedAsInKerasWhereverTheyStand() {
    try (Model model =
        FitTest.classifier()
            .compile(
                adam(),
                sparseCategoricalCrossentropy(),
                accuracy().sampleWeighted(),
                accuracy(),
                precision().sampleWeighted(),
                accuracy().sampleWeighted(),
                recall().named("found").sampleWeighted(),
                recall().sampleWeighted().named("also"))) {
      assertThat(model.evaluate(POINTS).figures().keySet())
          .containsExactly(
              "loss",
              "accuracy",
              "weighted_accuracy",
              "precision",
              "weighted_accuracy_1",
              "found",
              "also");
      assertThat(accuracy().named("a").sampleWeighted().on("x"))
          .hasToString("accuracy.named(\"a\").sampleWeighted().on(\"x\")");
    }
  }

  @Test
  void metricsByWeightsOfOneOutputAmongSeveralAreMeasuredThere() {
    var x = input(2).named("x");
    var price = dense(1).named("price").of(x);
    var sold = dense(1).sigmoid().named("sold").of(x);
    try (Model model =
        model(x, List.of(price, sold))
            .compile(
                adam(),
                List.of(mse(), binaryCrossentropy()),
                accuracy().on("sold").sampleWeighted(),
                mae().sampleWeighted().on("price"),
                mae().on("price").named("off"))) {
      double[][] samples = matrix(row(1, 2), row(3, 4));
      var figures =
          model.evaluate(samples, List.of(vector(1, 2), vector(0, 1)), vector(1, 0)).figures();

      assertThat(figures.keySet())
          .containsExactly(
              "loss", "price_loss", "price_off", "price_mae", "sold_loss", "sold_accuracy");
    }
  }

  @Test
  void metricsByWeightsStandInFilesWhereKerasHasThem() {
    String file = folder.resolve("weighted.keras").toString();
    try (Model model =
        FitTest.classifier()
            .compile(
                adam(),
                sparseCategoricalCrossentropy(),
                accuracy(),
                accuracy().sampleWeighted(),
                precision().classId(1).sampleWeighted(),
                recall().named("found").sampleWeighted())) {
      model.save(file);
      try (Model loaded = loadModel(file)) {
        assertThat(loaded.evaluate(POINTS, sampleWeight(WEIGHTS)).figures())
            .containsOnlyKeys("loss", "accuracy", "weighted_accuracy", "precision", "found")
            .isEqualTo(model.evaluate(POINTS, sampleWeight(WEIGHTS)).figures());
      }
    }
  }

  @Test
  void theBatchSizeOfEvaluateChangesNothingButForLossesOfAWholeBatch() {
    try (Model model = FitTest.compiled()) {
      var whole = model.evaluate(POINTS).figures();
      for (int size : new int[] {1, 7, 30, 1 << 30}) {
        var figures = model.evaluate(POINTS, batchSize(size)).figures();
        assertThat(figures.get("loss")).isCloseTo(whole.get("loss"), within(1e-6));
        assertThat(figures.get("accuracy")).isEqualTo(whole.get("accuracy"));
      }
    }
  }

  @Test
  void anEpochOfFewerStepsSaysSoAndGoesOnWithTheSamplesThatComeNext() {
    List<Integer> steps = new ArrayList<>();
    try (Model model = FitTest.compiled()) {
      var history =
          model.fit(
              POINTS,
              epochs(4)
                  .batchSize(6)
                  .stepsPerEpoch(2)
                  .seed(1)
                  .silent()
                  .callbacks(onEpochEnd(run -> steps.add(run.batches()))));

      assertThat(steps).containsExactly(2, 2, 1, 2);
      assertThat(history.epochs()).noneMatch(History.Epoch::isPartial);
      assertThat(history.notes())
          .containsExactly(
              "stepsPerEpoch: the data has 5 batches, so epoch 3 of this run has 1 of 2 steps and the next one starts over with the data");
    }
  }

  @Test
  void aRunThatBeginsLaterComesToTheBitsOfTheOneThatWasNotInterrupted() {
    var ten = epochs(5).batchSize(8).seed(4).silent();
    try (Model whole = seeded();
        Model parts = seeded()) {
      whole.fit(POINTS, ten);
      parts.fit(POINTS, ten.withEpochs(2));
      var rest = parts.fit(POINTS, ten.initialEpoch(2));

      assertThat(FitTest.weights(parts)).isEqualTo(FitTest.weights(whole));
      assertThat(rest.epochs()).extracting(History.Epoch::number).containsExactly(3, 4, 5);
      var nothing = parts.fit(POINTS, ten.initialEpoch(5));
      assertThat(nothing.epochs()).isEmpty();
      assertThat(nothing.notes())
          .containsExactly("initialEpoch: 5 epochs are done of the 5 in this run, so none is left");
      assertThat(FitTest.weights(parts)).isEqualTo(FitTest.weights(whole));
    }
  }

  @Test
  void whatFollowsAFigureWaitsForTheNextEpochThatHasIt() {
    try (Model model = FitTest.compiled()) {
      var history =
          model.fit(
              POINTS,
              epochs(9)
                  .validation(POINTS)
                  .validationFrequency(3)
                  .silent()
                  .callbacks(
                      earlyStopping().mode("max"),
                      reduceLrOnPlateau().patience(1),
                      checkpoint(folder.resolve("best.keras").toString()).saveBestOnly(),
                      csvLog(folder.resolve("run.csv").toString())));

      assertThat(history.stopped().orElseThrow())
          .isEqualTo("earlyStopping: val_loss has not improved since epoch 3");
      assertThat(history.epochs()).hasSize(6);
      assertThat(history.get("val_loss")).hasSize(2);
    }
  }

  @Test
  void whatCannotBeMeantIsRefusedWithTheWayOut() {
    try (Model model = FitTest.compiled()) {
      refused(
          () -> model.fit(POINTS, epochs(1).validation(POINTS, vector(1, 2))),
          "validation expects one weight for each of the 30 samples but receives 2: give one per sample.");
      refused(
          () -> model.evaluate(POINTS, sampleWeight(vector(1))),
          "evaluate expects one weight for each of the 30 samples but receives 1: give one per sample.");
      refused(
          () -> model.loss(matrix(row(1, 2)), vector(0), vector(1, 2)),
          "loss expects one weight for each of the 1 samples but receives 2: give one per sample.");
      refused(
          () -> model.loss(matrix(row(1, 2)), vector(0), vector(-1)),
          "loss expects weights of 0 or more but receives -1.0: a weight cannot be negative.");
    }
    refused(
        () -> epochs(1).stepsPerEpoch(0),
        "stepsPerEpoch expects 1 or more but receives 0: leave it out to use all samples.");
    refused(
        () -> epochs(1).initialEpoch(-1),
        "initialEpoch expects 0 or more but receives -1: it counts the epochs that were trained"
            + " before.");
    refused(
        () -> epochs(1).validationFrequency(0),
        "validationFrequency expects 1 epoch or more but receives 0: 2 validates after every other"
            + " one.");
    refused(
        () -> batchSize(0),
        "batchSize expects 1 or more but receives 0: 32 is a good first choice.");
  }

  @Test
  void optionsShowAsTheyWereWritten() {
    assertThat(
            epochs(9)
                .batchSize(8)
                .validation(dataset(vector(1, 2), vector(3, 5)), vector(1, 1))
                .validationFrequency(2)
                .stepsPerEpoch(3)
                .initialEpoch(4)
                .seed(1))
        .hasToString(
            "epochs(9).batchSize(8).validation(2 samples [1], targets [], 2"
                + " weights).validationFrequency(2).stepsPerEpoch(3).initialEpoch(4).seed(1)");
    assertThat(batchSize(8).sampleWeight(vector(1, 2)))
        .hasToString("batchSize(8).sampleWeight(2 weights)");
  }
}
