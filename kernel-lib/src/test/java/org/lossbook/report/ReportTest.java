package org.lossbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitTest;

class ReportTest {
  /** What goes in comes out as logits of as many classes. */
  private static Model passing(int outputs, Loss loss) {
    var end = dense(outputs).named("d");
    Model model =
        sequential(input(outputs), outputs == 1 ? end.sigmoid() : end.softmax())
            .allowMismatch()
            .compile(sgd(), loss, accuracy());
    double[][] identity = new double[outputs][outputs];
    for (int i = 0; i < outputs; i++) {
      identity[i][i] = 4;
    }
    return model.weights("d/kernel", identity);
  }

  private static double[][] oneHot(int classes, int... labels) {
    return Arrays.stream(labels)
        .mapToObj(
            label -> {
              double[] row = new double[classes];
              row[label] = 1;
              return row;
            })
        .toArray(double[][]::new);
  }

  private static final double[] TRUTH = {0, 0, 0, 0, 1, 1, 1, 2, 2, 1};
  private static final double[][] SAID = oneHot(3, 0, 0, 1, 0, 1, 1, 2, 2, 0, 1);

  /** scikit-learn 1.9.1, {@code classification_report(…, digits=4)} on the same ten samples. */
  @Test
  void eachClassHasItsPrecisionRecallF1AndSupport() {
    try (var model = passing(3, sparseCategoricalCrossentropy())) {
      var report = report(model, Dataset.of(SAID, TRUTH));

      assertThat(report)
          .hasToString(
              """
              class         precision  recall      f1  support
              0                0.7500  0.7500  0.7500        4
              1                0.7500  0.7500  0.7500        4
              2                0.5000  0.5000  0.5000        2
              accuracy                         0.7000       10
              macro avg        0.6667  0.6667  0.6667       10
              weighted avg     0.7000  0.7000  0.7000       10
              precision: of what is predicted, how much is right; recall: of what is there, how much is found; f1: their harmonic mean""");
      assertThat(report.get("accuracy")).isEqualTo(0.7);
      assertThat(report.get("precision", "2")).isEqualTo(0.5);
      assertThat(report.get("f1", "macro avg")).isCloseTo(2 / 3.0, within(1e-12));
      assertThat(report.mimeBundle().get("text/html")).contains("<table>", "weighted avg");
      assertThat(report.table().columnNames())
          .containsExactly("class", "precision", "recall", "f1", "support");
      assertThat(report.table().doubleColumn("recall").get(2)).isEqualTo(0.5);
      assertThat(report.table().doubleColumn("precision").isMissing(3)).isTrue();
    }
  }

  @Test
  void oneHotRowsAndASoftmaxTrainedBySquaresAreClassesToo() {
    Dataset rows = Dataset.of(SAID, oneHot(3, 0, 0, 0, 0, 1, 1, 1, 2, 2, 1));
    Dataset labels = Dataset.of(SAID, TRUTH);
    try (var one = passing(3, categoricalCrossentropy());
        var two = passing(3, sparseCategoricalCrossentropy())) {
      assertThat(report(one, rows)).hasToString(report(two, labels).toString());
    }
    try (var three = passing(3, mse())) {
      assertThat(report(three, rows).columnNames()).contains("mse"); // rows need not be classes
    }
  }

  @Test
  void oneOutputTellsTwoClassesApartByASigmoidOrAScore() {
    double[][] x = {{-1}, {-0.5}, {0.5}, {1}, {2}};
    double[] y = {0, 1, 0, 1, 1};
    try (var model = passing(1, binaryCrossentropy())) {
      model.weights("d/bias", vector(0));
      var report = report(model, Dataset.of(x, y));
      assertThat(report.get("accuracy")).isEqualTo(0.6);
      assertThat(report.get("recall", "1")).isCloseTo(2 / 3.0, within(1e-12));
      assertThat(report.get("support", "0")).isEqualTo(2);
    }
    try (var model =
        sequential(input(1), dense(1).named("d"))
            .compile(sgd(), hinge())
            .weights("d/kernel", vector(0.4))) {
      assertThat(report(model, Dataset.of(x, vector(-1, 1, -1, 1, 1))).get("accuracy"))
          .isEqualTo(0.6); // 0.2 and 0.4 are a yes: what counts is the sign
    }
  }

  @Test
  void severalAnswersHaveAllTogetherInPlaceOfAnAccuracy() {
    double[][] x = {{1, -1}, {1, 1}, {-1, 1}};
    double[][] y = {{1, 0}, {1, 0}, {1, 1}};
    try (var model =
        sequential(input(2), dense(2).sigmoid().named("d"))
            .compile(sgd(), binaryCrossentropy())
            .weights("d/kernel", matrix(row(1, 0), row(0, 1)))) {
      var report = report(model, Dataset.of(x, y));
      assertThat(report.rowNames())
          .containsExactly("0", "1", "micro avg", "macro avg", "weighted avg");
      assertThat(report.get("precision", "1")).isEqualTo(0.5);
      assertThat(report.get("recall", "0")).isCloseTo(2 / 3.0, within(1e-12));
      assertThat(report.get("precision", "micro avg")).isEqualTo(0.75);
    }
  }

  @Test
  void measurementsHaveTheirErrors() {
    double[][] x = {{0}, {1}, {2}, {3}};
    try (var model =
        sequential(input(1), dense(1).named("d"))
            .compile(sgd(), mse())
            .weights("d/kernel", vector(2))) {
      var report = report(model, Dataset.of(x, vector(0.5, 2, 3, 10)));
      assertThat(report.get("mse")).isCloseTo((0.25 + 0 + 1 + 16) / 4, within(1e-6));
      assertThat(report.get("rmse")).isCloseTo(Math.sqrt(17.25 / 4), within(1e-6));
      assertThat(report.get("mae")).isCloseTo(5.5 / 4, within(1e-6));
      assertThat(report.get("r2"))
          .isCloseTo(r2().of(vector(0.5, 2, 3, 10), vector(0, 2, 4, 6)), within(1e-6));
      assertThat(report.get("median error")).isCloseTo(0.75, within(1e-6));
      assertThat(report.get("largest error")).isCloseTo(4, within(1e-6));
      assertThat(report.rowNames()).containsExactly("all samples");
    }
  }

  @Test
  void severalMeasurementsHaveARowEach() {
    double[][] x = {{0, 1}, {1, 1}};
    try (var model =
        sequential(input(2), dense(2).named("d"))
            .compile(sgd(), mae())
            .weights("d/kernel", matrix(row(1, 0), row(0, 1)))) {
      var report = report(model, Dataset.of(x, matrix(row(0, 3), row(1, 1))));
      assertThat(report.rowNames()).containsExactly("output 0", "output 1", "all");
      assertThat(report.get("mae", "output 1")).isEqualTo(1);
      assertThat(report.get("mae")).isEqualTo(0.5);
      assertThat(report.get("largest error", "output 0")).isZero();
    }
  }

  @Test
  void whatAReportHasNotItSays() {
    try (var model = passing(3, sparseCategoricalCrossentropy())) {
      var report = report(model, Dataset.of(SAID, TRUTH));
      assertThatThrownBy(() -> report.get("precision"))
          .hasMessage(
              "The report has a precision for each class: ask for one with get(\"precision\", \"0\").");
      assertThatThrownBy(() -> report.get("acc"))
          .hasMessage("The report has no acc: it has accuracy.");
      assertThatThrownBy(() -> report.get("recall", "7"))
          .hasMessage(
              "The report has no recall of 7: it has precision, recall, f1, support of 0, 1, 2, accuracy, macro avg, weighted avg.");
      assertThatThrownBy(
              () -> report(model, Dataset.of(SAID, vector(0, 1, 2, 3, 0, 1, 2, 3, 0, 1))))
          .hasMessageStartingWith(
              "report expects labels 0 to 2, as the model has 3 classes, but target 3 is 3.0");
    }
    try (var model = sequential(input(1), dense(1)).compile(sgd(), mse())) {
      assertThatThrownBy(
              () -> report(model, Dataset.of(vector(1, 2), matrix(row(1, 2), row(3, 4)))))
          .hasMessage(
              "report expects 1 numbers a target, as many as the model has outputs, but receives 2: give the dataset that the model was built for.");
    }
  }

  @Test
  void aModelMeasuresWhatItsReportAndItsMetricsByHandSay() {
    Dataset data = FitTest.points(343, 1);
    try (var model =
        sequential(input(2), dense(3).softmax())
            .seed(3)
            .compile(
                adam(),
                sparseCategoricalCrossentropy(),
                mseLike(),
                precision(),
                recall().named("r"),
                f1(),
                f1().classId(1).named("f1 of 1"),
                auc(),
                sparseTopKCategoricalAccuracy(2))) {
      var history = model.fit(data, epochs(2).batchSize(50).validation(data).quiet());
      var evaluation = model.evaluate(data);
      var report = report(model, data);
      var said = model.predictValues(data);

      assertThat(evaluation.get("precision"))
          .isCloseTo(report.get("precision", "macro avg"), within(1e-12));
      assertThat(evaluation.get("r")).isCloseTo(report.get("recall", "macro avg"), within(1e-12));
      assertThat(evaluation.get("f1_score"))
          .isCloseTo(report.get("f1", "macro avg"), within(1e-12));
      assertThat(evaluation.get("f1 of 1")).isCloseTo(report.get("f1", "1"), within(1e-12));
      assertThat(evaluation.get("auc")).isCloseTo(auc().of(data.y(), said), within(1e-12));
      assertThat(history.last("val_auc")).isEqualTo(evaluation.get("auc"));
      assertThat(history.names()).containsAll(List.of("auc", "val_r", "f1 of 1"));
    }
  }

  @Test
  void metricsOfOneNameAreToldApartAsInKeras() {
    try (var model =
        sequential(input(2), dense(3).softmax())
            .seed(1)
            .compile(
                adam(),
                sparseCategoricalCrossentropy(),
                precision().classId(0),
                precision().classId(1),
                accuracy().named("loss"),
                precision())) {
      Dataset data = FitTest.points(60, 1);
      var evaluation = model.evaluate(data);
      assertThat(evaluation.figures().keySet())
          .containsExactly("loss", "precision", "precision_1", "loss_1", "precision_2");
      assertThat(evaluation.get("precision_1"))
          .isEqualTo(precision().classId(1).of(data.y(), model.predictValues(data)));
    }
  }

  @Test
  void aLogitIsAYesAboveNothingInEveryFigure() {
    Dataset data = Dataset.of(new double[][] {{-1}, {0.2}, {0.3}, {2}}, vector(0, 1, 0, 1));
    try (var model =
        sequential(input(1), dense(1).named("d"))
            .compile(
                sgd(),
                binaryCrossentropy().fromLogits(),
                accuracy(),
                binaryAccuracy(),
                recall().named("found"),
                recall().threshold(0.5))
            .weights("d/kernel", vector(1))) {
      var evaluation = model.evaluate(data);
      assertThat(evaluation.get("accuracy"))
          .isEqualTo(0.75)
          .isEqualTo(evaluation.get("binary_accuracy"))
          .isEqualTo(report(model, data).get("accuracy"));
      assertThat(evaluation.get("found")).isEqualTo(1);
      assertThat(evaluation.get("recall")).isEqualTo(0.5); // as it was told
      assertThat(confusionMatrix(model, data).alt()).contains("3 of 4 right");
    }
  }

  @Test
  void behindASigmoidAProbabilityRemainsOneWhateverTheLoss() {
    Dataset data = Dataset.of(new double[][] {{-1}, {2}}, vector(0, 1));
    try (var model =
        sequential(input(1), dense(1).sigmoid().named("d"))
            .allowMismatch()
            .compile(sgd(), binaryCrossentropy().fromLogits(), accuracy())
            .weights("d/kernel", vector(1))) {
      assertThat(model.evaluate(data).get("accuracy")).isEqualTo(1);
      assertThat(report(model, data).get("accuracy")).isEqualTo(1);
    }
  }

  /** A loss among the metrics. */
  private static Loss mseLike() {
    return sparseCategoricalCrossentropy().times(2);
  }
}
