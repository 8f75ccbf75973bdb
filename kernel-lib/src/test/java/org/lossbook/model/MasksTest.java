package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dice;
import static org.lossbook.Lossbook.embedding;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.globalAveragePooling1d;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.masking;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.precision;
import static org.lossbook.Lossbook.report;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.data.Values;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.Notepad;

/** Networks of padded sequences: what is masked does not count. */
class MasksTest {
  private static final int WORDS = 9;
  private static final int CLASSES = 3;
  private static final Offset<Double> CLOSE = Offset.offset(1e-5);

  private static Model tagger(int steps) {
    return sequential(
            input(steps), embedding(WORDS, 4).maskZero(), dense(5).tanh(), dense(CLASSES).softmax())
        .seed(3)
        .compile(sgd(), sparseCategoricalCrossentropy(), accuracy());
  }

  /** Words from 1 on, 0 behind the end of each sequence. */
  private static double[][] padded(int steps, int... lengths) {
    var random = new Random(5);
    double[][] x = new double[lengths.length][steps];
    for (int i = 0; i < x.length; i++) {
      for (int t = 0; t < lengths[i]; t++) {
        x[i][t] = 1 + random.nextInt(WORDS - 1);
      }
    }
    return x;
  }

  private static double[][] labels(double[][] x, double ofPadding) {
    double[][] y = new double[x.length][x[0].length];
    for (int i = 0; i < y.length; i++) {
      for (int t = 0; t < y[i].length; t++) {
        y[i][t] = x[i][t] == 0 ? ofPadding : x[i][t] % CLASSES;
      }
    }
    return y;
  }

  @Test
  void aPaddedBatchHasTheLossMetricsAndGradientsOfItsSequencesOneByOne() {
    int[] lengths = {2, 5, 1, 4};
    double[][] x = padded(5, lengths);
    double[][] y = labels(x, 0);
    double loss = 0;
    double hits = 0;
    List<String> names = List.of("embedding/embeddings", "dense/kernel", "dense_1/bias");
    double[][] gradients = new double[names.size()][WORDS * 4];
    for (int i = 0; i < lengths.length; i++) {
      int length = lengths[i];
      Values words = Values.of(Arrays.copyOf(x[i], length), 1, length);
      Values truth = Values.of(Arrays.copyOf(y[i], length), 1, length);
      try (Model one = tagger(length)) {
        double share = length / 12.0;
        var seen = one.evaluate(words, truth);
        loss += share * seen.loss();
        hits += share * seen.get("accuracy");
        one.loss(words, truth).backward();
        for (int g = 0; g < gradients.length; g++) {
          double[] own = one.gradientValues(names.get(g)).toDoubles();
          for (int k = 0; k < own.length; k++) {
            gradients[g][k] += share * own[k];
          }
        }
      }
    }
    try (Model whole = tagger(5)) {
      var seen = whole.evaluate(x, y);
      assertThat(seen.loss()).isCloseTo(loss, CLOSE);
      assertThat(seen.get("accuracy")).isCloseTo(hits, CLOSE);
      whole.loss(x, y).backward();
      for (int g = 0; g < gradients.length; g++) {
        double[] own = whole.gradientValues(names.get(g)).toDoubles();
        assertThat(own)
            .as(names.get(g))
            .containsExactly(Arrays.copyOf(gradients[g], own.length), CLOSE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 255})
  void anyLabelMayStandInThePadding(double label) {
    double[][] x = padded(5, 3, 5, 2);
    try (Model as = tagger(5);
        Model is = tagger(5)) {
      double[][] y = labels(x, label);

      assertThat(is.evaluate(x, y)).isEqualTo(as.evaluate(x, labels(x, 0)));
      assertThat(is.loss(x, y).value()).isEqualTo(as.loss(x, labels(x, 0)).value());
      assertThat(is.fit(x, y, epochs(2).quiet().validation(dataset(x, y)).seed(1)).last("val_loss"))
          .isEqualTo(
              as.fit(
                      x,
                      labels(x, 0),
                      epochs(2).quiet().validation(dataset(x, labels(x, 0))).seed(1))
                  .last("val_loss"));
    }
  }

  @Test
  void aLabelOutOfRangeWhereAStepCountsIsRefused() {
    double[][] x = padded(5, 3, 5);
    double[][] y = labels(x, -1);
    y[0][1] = 7;
    try (Model model = tagger(5)) {
      assertThatThrownBy(() -> model.fit(x, y, epochs(1).quiet()))
          .hasMessageContaining("expects labels 0 to 2")
          .hasMessageContaining("y[1] is 7");
    }
  }

  @Test
  void metricsOfAllKindsLeaveThePaddingOut() {
    var model =
        sequential(input(4, 1), masking(0), dense(1).sigmoid())
            .compile(sgd(), binaryCrossentropy(), precision());
    try (model) {
      model.weights("dense/kernel", new double[] {1});
      double[][][] x = {{{2}, {-2}, {0}, {0}}, {{1}, {0}, {3}, {-1}}};
      double[][][] y = {{{1}, {0}, {0}, {0}}, {{0}, {0}, {1}, {0}}};

      assertThat(model.evaluate(values(x), values(y)).get("precision")).isCloseTo(2 / 3.0, CLOSE);
    }
  }

  @Test
  void reportsLeaveThePaddingOut() {
    double[][] x = padded(5, 3, 5, 2);
    try (Model model = tagger(5)) {
      var whole = report(model, dataset(x, labels(x, -1)));

      assertThat(whole.get("accuracy"))
          .isCloseTo(model.evaluate(x, labels(x, -1)).get("accuracy"), CLOSE);
    }
  }

  @Test
  void ofTwoOutputsOnlyTheOneWithAMaskLeavesStepsOut() {
    var x = input(4, 2);
    var masked = dense(1).named("masked").of(masking(0).of(x));
    var free = dense(1).named("free").of(x);
    try (Model model =
        model(x, List.of(masked, free)).seed(1).compile(sgd(), List.of(mse(), mse()))) {
      double[][][] steps = {{{1, 2}, {0, 0}, {0, 0}, {3, 1}}};
      model.weights("masked/kernel", model.weightValues("free/kernel"));
      model.weights("free/bias", new double[] {1});
      model.weights("masked/bias", new double[] {1});
      double[][][] zero = {{{0}, {0}, {0}, {0}}};
      var seen = model.evaluate(values(steps), List.of(values(zero), values(zero)));

      // Where both features are 0 an output is the bias, 1.
      assertThat(seen.get("free_loss")).isCloseTo((2 * seen.get("masked_loss") + 2) / 4, CLOSE);
    }
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    double[][] x = padded(5, 3, 5, 0);
    try (Model model = tagger(5)) {
      var check = gradientCheck(model, x, labels(x, 9));

      assertThat(check.agrees()).as("%s", check).isTrue();
    }
  }

  @Test
  void aModelWithMasksIsSavedAndReadAgain(@TempDir Path folder) {
    double[][] x = padded(5, 3, 5);
    try (Model model = tagger(5)) {
      String file = folder.resolve("tagger.keras").toString();
      model.save(file);
      try (Model read = loadModel(file)) {
        assertThat(read.evaluate(x, labels(x, -1)).loss())
            .isEqualTo(model.evaluate(x, labels(x, -1)).loss());
      }
    }
  }

  @Test
  void aLayerThatDropsAMaskIsNamedWithTheOneThatMadeIt() {
    assertThat(
            shown(
                () ->
                    sequential(
                            input(5), embedding(WORDS, 4).maskZero(), dense(3), flatten(), dense(1))
                        .compile(sgd(), mse())))
        .contains("flatten drops the mask of embedding")
        .contains("globalAveragePooling1d()");
    assertThat(
            shown(
                () ->
                    sequential(
                            input(5),
                            embedding(WORDS, 4).maskZero(),
                            globalAveragePooling1d(),
                            dense(1))
                        .compile(sgd(), mse())))
        .isEmpty();
  }

  @Test
  void theSummarySaysHowFarAMaskReaches() {
    try (Model model = tagger(5)) {
      assertThat(model.summary().toString())
          .contains("Padded steps are masked after: embedding, dense, dense_1");
    }
  }

  @Test
  void aLossOfWholeSamplesRefusesAMask() {
    var network = sequential(input(4, 2), masking(0), dense(2).sigmoid());

    assertThatThrownBy(() -> network.compile(sgd(), dice().axis(1)))
        .hasMessageContaining("dice expects an output whose steps all count")
        .hasMessageContaining("receives dense, whose padded steps are masked");
  }

  @Test
  void maskingRefusesWhatIsNoNumber() {
    assertThatThrownBy(() -> masking(Double.NaN))
        .hasMessage(
            "masking expects the number that fills padded steps but receives NaN: write masking(0), or the number that your data has there.");
    assertThatThrownBy(() -> masking(0).outputShape())
        .hasMessageStartingWith("masking expects steps");
  }

  @Test
  void aWordOutsideTheVocabularyIsNamedWithItsSample() {
    try (Model model = tagger(3)) {
      assertThatThrownBy(() -> model.predict(new double[][] {{1, 2, 3}, {1, WORDS, 2}}))
          .hasMessageContaining("receives 9 at position 1 of sample 1");
    }
  }

  /** What a cell shows while it runs. */
  private static String shown(Supplier<Model> cell) {
    List<String> shown = new ArrayList<>();
    Screen before = Screen.current();
    Screen.use(new Notepad(shown));
    try (Model model = cell.get()) {
      return String.join(" ", shown).replace("closed", "");
    } finally {
      Screen.use(before);
    }
  }

  private static Values values(double[][][] steps) {
    double[] all =
        Arrays.stream(steps).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    return Values.of(all, steps.length, steps[0].length, steps[0][0].length);
  }
}
