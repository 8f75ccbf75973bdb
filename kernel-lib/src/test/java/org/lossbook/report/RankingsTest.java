package org.lossbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitTest;

class RankingsTest {
  private static final double[][] X = {{-2}, {-1}, {1}, {2}, {3}};

  private static Model sigmoid() {
    return sequential(input(1), dense(1).sigmoid().named("d"))
        .compile(sgd(), binaryCrossentropy())
        .weights("d/kernel", vector(1));
  }

  @Test
  void scoresByHandAndAModelsAreDrawnAlike() {
    double[] y = {0, 1, 0, 1, 1};
    try (var model = sigmoid()) {
      Dataset data = Dataset.of(X, y);
      var said = model.predictValues(data);
      assertThat(rocCurve(model, data).alt())
          .isEqualTo(rocCurve(y, said).alt())
          .isEqualTo(
              "ROC curve: AUC 0.833; guessing: 0.5; at threshold 0.5: false positive rate 0.500, true positive rate 0.667.");
      assertThat(precisionRecallCurve(model, data).alt())
          .isEqualTo(precisionRecallCurve(y, said).alt())
          .startsWith("Precision over recall: AUC 0.")
          .endsWith("guessing: 0.600; at threshold 0.5: recall 0.667, precision 0.667.");
    }
  }

  @Test
  void aModelOfScoresHasItsThresholdAtNothing() {
    try (var model =
        sequential(input(1), dense(1).named("d"))
            .compile(sgd(), hinge())
            .weights("d/kernel", vector(1))) {
      assertThat(rocCurve(model, Dataset.of(X, vector(-1, -1, 1, -1, 1))).alt())
          .contains("at threshold 0: false positive rate 0.333, true positive rate 1.000");
    }
  }

  @Test
  void severalClassesAreEachToldFromAllOthers() {
    Dataset data = FitTest.points(90, 1);
    try (var model =
        sequential(input(2), dense(3).softmax())
            .seed(1)
            .compile(adam(), sparseCategoricalCrossentropy())) {
      assertThat(rocCurve(model, data).alt())
          .startsWith("ROC curve, each class against all others, with its area: 0: ")
          .contains(", 1: ", ", 2: ");
      assertThat(normalizedConfusionMatrix(model, data).toString()).contains("true");
    }
  }

  @Test
  void severalAnswersHaveALineEach() {
    try (var model =
        sequential(input(2), dense(2).sigmoid().named("d"))
            .compile(sgd(), binaryCrossentropy())
            .weights("d/kernel", matrix(row(1, 0), row(0, 1)))) {
      Dataset data =
          Dataset.of(
              matrix(row(1, -1), row(-1, 1), row(2, 2)), matrix(row(1, 1), row(0, 0), row(1, 1)));
      assertThat(rocCurve(model, data).alt()).contains("0: 1.000, 1: 0.500");
    }
  }

  @Test
  void oneKindAloneAndMeasurementsAreAnswered() {
    assertThatThrownBy(() -> rocCurve(vector(1, 1), vector(0.2, 0.3)))
        .hasMessageStartingWith("rocCurve expects positive and negative samples");
    assertThatThrownBy(() -> precisionRecallCurve(vector(0, 0), vector(0.2, 0.3)))
        .hasMessageStartingWith("precisionRecallCurve expects positive and negative samples");
    try (var model = sequential(input(1), dense(1)).compile(sgd(), mse())) {
      assertThatThrownBy(() -> rocCurve(model, Dataset.of(X, vector(1, 2, 3, 4, 5.5))))
          .hasMessageContaining("expects 1 for yes and 0 for no in y but y[1] is 2");
    }
  }

  @Test
  void aConfusionMatrixByHandTakesLabelsOrRowsOfScores() {
    double[] y = {0, 1, 2, 1};
    assertThat(confusionMatrix(y, vector(0, 1, 1, 1)).alt())
        .isEqualTo(
            confusionMatrix(y, matrix(row(1, 0, 0), row(0, 1, 0), row(0.2, 0.7, 0.1), row(0, 2, 1)))
                .alt())
        .startsWith("Confusion matrix of 3 classes: 3 of 4 right");
    assertThatThrownBy(() -> confusionMatrix(y, vector(0, 1)))
        .hasMessage(
            "confusionMatrix expects as many samples in y as in ŷ but receives 4 and 2: give each truth its prediction.");
    assertThatThrownBy(() -> confusionMatrix(vector(0, 1), vector(0.5, 1)))
        .hasMessage(
            "confusionMatrix expects labels, counted from 0, but ŷ[0] is 0.5: give whole numbers, or a row of scores for each sample as ŷ.");
  }
}
