package org.lossbook.metric.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.ctc;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.editDistance;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.masking;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.perplexity;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequenceAccuracy;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.vector;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.metric.SampleShape;

/** Metrics of whole sequences, by hand and in a model. */
class SequenceMetricsTest {
  private static final float[][] Y = {{0, 2, 1}, {1, 1, 2}, {2, 0, 0}, {0, 1, 0}};
  private static final float[][][] X = {
    {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}},
    {{0, 1, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0, 0, 1}, {1, 0, 0}, {1, 0, 0}},
    {{0, 1, 0}, {0, 1, 0}, {1, 0, 0}} // wrong at its first step
  };

  @Test
  void theLevenshteinDistanceOfTextsIsWhatTextbooksSay() {
    assertThat(editDistance().perSample().of("kitten", "sitting")).isEqualTo(3);
    assertThat(editDistance().perSample().of("Saturday", "Sunday")).isEqualTo(3);
    assertThat(editDistance().perSample().of("", "abc")).isEqualTo(3);
    assertThat(editDistance().of("abc", "")).isEqualTo(1);
    assertThat(editDistance().of("über", "uber")).isEqualTo(0.25);
  }

  /** KerasHub's own examples. */
  @Test
  void wordErrorRatesAreKerasHubs() {
    List<String> first = words("the tiny little cat was found under the big funny bed");
    List<String> said = words("the cat was found under the bed");
    assertThat(editDistance().of(first, said)).isCloseTo(0.36363637, within(1e-7));
    List<List<String>> truths = List.of(first, words("it is sunny today"));
    List<List<String>> saids = List.of(said, words("it is sunny but with a hint of cloud cover"));
    assertThat(editDistance().of(truths, saids)).isCloseTo(0.73333335, within(1e-7));
    assertThat(editDistance().perSample().of(truths, saids)).isEqualTo(5.5);
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  @Test
  void whatACtcModelSaysIsCollapsedFirst() {
    double[][] scores = {{0, 1, 0}, {0, 1, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}; // 1 1 _ 1 2
    assertThat(editDistance().ctc().of(vector(1, 1, 2), scores)).isZero();
    assertThat(editDistance().ctc().of(vector(1, 2, 0, 0), scores)).isEqualTo(0.5);
    assertThat(editDistance().ctc().of(vector(1, 2, -1), scores)).isEqualTo(0.5);
  }

  @Test
  void aSequenceIsRightAtEveryPositionOrNotAtAll() {
    assertThat(sequenceAccuracy().of(vector(1, 0, 1), vector(0.9, 0.2, 0.6))).isEqualTo(1);
    assertThat(sequenceAccuracy().of(vector(1, 0, 1), vector(0.9, 0.7, 0.6))).isZero();
    assertThat(sequenceAccuracy().of(Y, X)).isEqualTo(0.75);
    assertThat(sequenceAccuracy().of(X, X)).isEqualTo(1); // one-hot rows
    assertThat(sequenceAccuracy().ignore(0).of(Y, X)).isEqualTo(1);
    assertThat(sequenceAccuracy().named("exact").ignore(0).of(Y, X)).isEqualTo(1);
    assertThat(sequenceAccuracy().of(Y, X, vector(1, 1, 1, 3))).isEqualTo(0.5);
    assertThat(sequenceAccuracy().ignore(0).of(vector(0, 0), vector(0, 1))).isNaN();
  }

  @Test
  void aPositionOfWeightZeroDoesNotCount() {
    var tally = sequenceAccuracy().tally(new SampleShape(2, 1, 2, 2, 2));
    tally.add(
        new float[] {0, 0, 1, 1},
        new float[] {1, 0, 0, 1, 0, 1, 1, 0},
        new float[] {1, 0, 2, 2}, // the second position of the first sample is padding
        4);
    assertThat(tally.value()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void perplexityIsTheNumberOfWordsInDoubt() {
    double[][] nothingKnown = {{0.25, 0.25, 0.25, 0.25}, {0.25, 0.25, 0.25, 0.25}};
    assertThat(perplexity().of(vector(0, 3), nothingKnown)).isCloseTo(4, within(1e-9));
    assertThat(perplexity().of(vector(1), matrix(row(0, 1)))).isCloseTo(1, within(1e-6));
    assertThat(perplexity().fromLogits().of(vector(0), matrix(row(1000, -1000)))).isEqualTo(1);
    assertThat(perplexity().ignore(0).of(vector(0, 0), matrix(row(0.5, 0.5), row(1, 0)))).isZero();
  }

  @Test
  void aModelMeasuresThemOverItsSequences() {
    double[][] says = {{9, 0, 0}, {0, 9, 0}, {0, 0, 9}};
    try (var model =
        sequential(input(3, 3), dense(3).softmax())
            .compile(
                adam(),
                sparseCategoricalCrossentropy(),
                perplexity(),
                sequenceAccuracy(),
                editDistance())) {
      model.weights("dense/kernel", says);
      var figures = model.evaluate(X, Y);
      assertThat(figures.get("sequence_accuracy")).isEqualTo(0.75);
      assertThat(figures.get("edit_distance")).isCloseTo(1.0 / 12, within(1e-9));
      assertThat(figures.get("perplexity")).isCloseTo(Math.exp(figures.get("loss")), within(1e-5));
    }
  }

  @Test
  void stepsThatAMaskLeavesOutCountNeitherInMetricsNorInCtc() {
    double[][] says = {{9, 0, 0}, {0, 9, 0}, {0, 0, 9}};
    double[][][] padded = {
      {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}},
      {{0, 1, 0}, {0, 0, 1}, {0, 0, 0}},
      {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}
    };
    double[][] labels = {{0, 1, 2}, {1, 1, 2}, {2, 2, 2}}; // the last ones are padding
    try (var model =
        sequential(input(3, 3), masking(0), dense(3).softmax())
            .compile(
                adam(),
                sparseCategoricalCrossentropy(),
                sequenceAccuracy(),
                editDistance(),
                accuracy())) {
      model.weights("dense/kernel", says);
      var figures = model.evaluate(padded, labels);
      assertThat(figures.get("sequence_accuracy")).isEqualTo(0.5);
      assertThat(figures.get("edit_distance")).isEqualTo(0.25);
      assertThat(figures.get("accuracy")).isEqualTo(0.75);
    }
    try (var model = sequential(input(3, 3), masking(0), dense(3)).compile(adam(), ctc())) {
      model.weights("dense/kernel", says);
      double[][][] shorter = {{{9, 0, 0}, {0, 9, 0}}, {{0, 9, 0}, {0, 0, 9}}};
      double[][] said = {{1, 0}, {1, 2}};
      assertThat(model.evaluate(Arrays.copyOf(padded, 2), said).loss())
          .isCloseTo(ctc().of(said, shorter), within(1e-5));
      model.fit(Arrays.copyOf(padded, 2), said, epochs(1).quiet());
    }
  }

  @Test
  void whatDoesNotFitIsSaidWithTheWayOut() {
    assertThatThrownBy(() -> sequenceAccuracy().of(vector(1, 2, 3), vector(1, 2)))
        .hasMessage(
            "sequenceAccuracy expects a label for each of the 2 steps of a prediction [2] but receives 3: give as many, or take editDistance() for sequences of another length.");
    assertThatThrownBy(() -> editDistance().of(matrix(row(1), row(2)), vector(1, 2)))
        .hasMessageStartingWith(
            "editDistance expects as many sequences in y as in ŷ, a row for each");
    assertThatThrownBy(() -> perplexity().of(vector(0), matrix(row(3, -1))))
        .hasMessageContaining("sums to 2.0: write perplexity().fromLogits()");
    assertThatThrownBy(() -> perplexity().of(vector(-1), matrix(row(0.5, 0.5))))
        .hasMessageContaining("labels 0 to 1 for 2 words but receives -1")
        .hasMessageContaining(".ignore(-1)");
    assertThatThrownBy(() -> perplexity().of(vector(1), vector(0.5)))
        .hasMessageContaining("a label beside a row of 2 probabilities or more");
  }
}
