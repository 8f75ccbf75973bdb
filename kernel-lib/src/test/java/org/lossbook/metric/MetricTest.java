package org.lossbook.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.metric.ranking.Auc;
import org.lossbook.metric.ranking.RankingCurve;

/** Metrics asked by hand, at their corners, and what they answer to what they cannot judge. */
class MetricTest {
  private static final double[][] ROWS = matrix(row(0.9, 0.1), row(0.3, 0.7), row(0.2, 0.8));

  @Test
  void aSingleSigmoidLabelsAndOneHotRowsAreToldByTheirShapes() {
    double[] labels = vector(0, 0, 1);
    double[][] oneHot = matrix(row(1, 0), row(1, 0), row(0, 1));

    assertThat(recall().of(vector(0, 0, 1), vector(0.1, 0.7, 0.8))).isEqualTo(1);
    assertThat(recall().of(labels, ROWS)).isEqualTo(0.75); // the mean over the classes
    assertThat(recall().of(oneHot, ROWS)).isCloseTo(2 / 3.0, within(1e-12)); // all together
    assertThat(recall().topK(1).macro().of(oneHot, ROWS)).isEqualTo(recall().of(labels, ROWS));
    assertThat(f1().of(oneHot, ROWS)).isEqualTo(f1().of(labels, ROWS));
    assertThat(precision().micro().of(labels, ROWS)).isEqualTo(accuracy().of(labels, ROWS));
  }

  @Test
  void aVectorIsOneSampleForThoseThatJudgeRowsAlone() {
    assertThat(categoricalAccuracy().of(vector(0, 1, 0), vector(0.2, 0.5, 0.3))).isEqualTo(1);
    assertThat(sparseCategoricalAccuracy().of(1, vector(0.2, 0.5, 0.3))).isEqualTo(1);
    assertThat(topKCategoricalAccuracy(2).of(vector(1, 0, 0), vector(0.2, 0.5, 0.3))).isZero();
    assertThat(accuracy().of(1, 0.7)).isEqualTo(1);
  }

  @Test
  void ofEqualScoresTheFirstIsTheAnswerAndAllAreAmongTheFirstK() {
    double[][] tied = matrix(row(0.4, 0.4, 0.2));
    assertThat(precision().perClass().of(vector(1), tied)).containsExactly(0, 0, 0);
    assertThat(recall().perClass().of(vector(0), tied)).containsExactly(1, 0, 0);
    assertThat(recall().topK(2).perClass().of(vector(1), tied)).containsExactly(0, 1, 0);
    assertThat(sparseTopKCategoricalAccuracy(1).of(vector(1), tied)).isEqualTo(1);
    assertThat(auc().of(vector(0, 1), vector(0.4, 0.4))).isEqualTo(0.5);
  }

  @Test
  void aThresholdIsComparedInFloatsAsThePredictionIs() {
    assertThat(binaryAccuracy().threshold(0.3).of(vector(0), vector(0.3))).isEqualTo(1);
    assertThat(falsePositives().threshold(0.3).of(vector(0), vector(0.3))).isZero();
  }

  @Test
  void aNoMayBeMinusOne() {
    assertThat(binaryAccuracy().threshold(0).of(vector(-1, 1, -1), vector(-2, 0.3, 0.1)))
        .isCloseTo(2 / 3.0, within(1e-12));
    assertThat(auc().of(vector(-1, 1, -1), vector(-2, 0.3, 0.1))).isEqualTo(1);
  }

  @Test
  void whereThereIsNothingToTellApartAnAreaIsNoNumber() {
    assertThat(auc().of(vector(1, 1), vector(0.2, 0.9))).isNaN();
    assertThat(auc().of(vector(0, 0), vector(0.2, 0.9))).isNaN();
    assertThat(auc().precisionRecall().of(vector(0, 0), vector(0.2, 0.9))).isNaN();
    assertThat(auc().precisionRecall().of(vector(1, 1), vector(0.2, 0.9))).isEqualTo(1);
    // a class that never occurs is left out of the mean
    assertThat(auc().of(vector(0, 1), matrix(row(0.8, 0.1, 0.1), row(0.1, 0.8, 0.1)))).isEqualTo(1);
    assertThat(auc().tally(1, 1).value()).isNaN();
  }

  @Test
  void aCurveRunsFromNothingToEverythingAndItsAreaIsTheMetrics() {
    RankingCurve curve = auc().curves(vector(0, 0, 1, 1), vector(0.1, 0.4, 0.35, 0.8)).get(0);

    assertThat(curve.x()).containsExactly(0, 0, 0.5, 0.5, 1);
    assertThat(curve.y()).containsExactly(0, 0.5, 0.5, 1, 1);
    assertThat(curve.thresholds()[0]).isInfinite();
    assertThat(curve.thresholds()[1]).isCloseTo(0.8, within(1e-7));
    assertThat(curve.area()).isEqualTo(0.75);
    assertThat(curve.share()).isEqualTo(0.5);
    assertThat(auc().curves(vector(0, 1, 1), ROWS)).hasSize(2);
  }

  @Test
  void aCurvesTrapezoidsAreItsArea() {
    var random = new Random(1);
    double[] y = random.doubles(400).map(v -> v < 0.3 ? 1 : 0).toArray();
    double[] scores = random.doubles(400).map(v -> Math.round(v * 50) / 50.0).toArray();
    for (int i = 0; i < y.length; i++) {
      scores[i] += y[i] * 0.3;
    }
    for (Auc auc : new Auc[] {auc(), auc().precisionRecall()}) {
      RankingCurve curve = auc.curves(y, scores).get(0);
      double area = 0;
      for (int i = 1; i < curve.x().length; i++) {
        area += (curve.x()[i] - curve.x()[i - 1]) * (curve.y()[i] + curve.y()[i - 1]) / 2;
      }
      assertThat(curve.area()).isEqualTo(auc.of(y, scores));
      assertThat(area).isCloseTo(curve.area(), within(1e-3));
    }
  }

  @Test
  void aConstantTruthHasNoSpreadToExplain() {
    assertThat(r2().of(vector(2, 2), vector(2, 2))).isEqualTo(1);
    assertThat(r2().of(vector(2, 2), vector(2, 3))).isZero();
    double[][] truth = matrix(row(1, 5), row(3, 6), row(4, 9), row(2, 2));
    double[][] said = matrix(row(1.5, 5), row(3, 7), row(3, 8), row(2, 4));
    double[] plain = r2().perOutput(truth, said);
    double[] adjusted = r2().adjusted(1).perOutput(truth, said);
    for (int i = 0; i < 2; i++) {
      assertThat(adjusted[i]).isCloseTo(1 - (1 - plain[i]) * 3 / 2, within(1e-12));
    }
    assertThat((adjusted[0] + adjusted[1]) / 2)
        .isCloseTo(r2().adjusted(1).of(truth, said), within(1e-12));
    assertThat(r2().perOutput(matrix(row(1, 5), row(3, 5)), matrix(row(1, 5), row(2, 5))))
        .containsExactly(0.5, 1);
  }

  /** Between two looks the scores come in any order; what is sorted is merged with what is not. */
  @Test
  void anAreaIsTheSameHoweverOftenItIsAskedFor() {
    var random = new Random(3);
    Metric.Tally asked = auc().tally(1, 1);
    Metric.Tally once = auc().tally(1, 1);
    for (int batch = 0; batch < 50; batch++) {
      float[] y = new float[1 + random.nextInt(300)];
      float[] yHat = new float[y.length];
      float[] weights = batch < 20 ? null : new float[y.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = random.nextInt(2);
        yHat[i] = (float) (random.nextGaussian() + 0.7 * y[i]);
        if (weights != null) {
          weights[i] = random.nextInt(3);
        }
      }
      asked.add(y, yHat, weights, y.length);
      once.add(y, yHat, weights, y.length);
      assertThat(asked.value()).isBetween(0.4, 0.9);
    }
    assertThat(asked.value()).isEqualTo(once.value());
  }

  @Test
  void aMetricMayGoByAnotherName() {
    Metric threes = recall().classId(1).named("threes");
    assertThat(threes.name()).isEqualTo("threes");
    assertThat(threes.direction()).isEqualTo(Direction.UP);
    assertThat(threes.of(vector(0, 0, 1), ROWS)).isEqualTo(1);
    assertThat(mse().named("error").of(vector(1), vector(3), vector(2))).isEqualTo(8);
    assertThatThrownBy(() -> recall().named(" "))
        .hasMessage(
            "named expects a name but receives an empty one: give the name of the metric in the history.");
  }

  @Test
  void whatAMetricSaysOfItself() {
    assertThat(Stream.of(precision(), recall(), f1(), fBeta(2), auc(), r2()).map(Metric::name))
        .containsExactly("precision", "recall", "f1_score", "fbeta_score", "auc", "r2_score");
    assertThat(f1().perClass()).hasToString("f1_score of each class");
    assertThat(mse().direction()).isEqualTo(Direction.DOWN);
    assertThat(auc().direction()).isEqualTo(Direction.UP);
    assertThat(falsePositives().direction()).isEqualTo(Direction.DOWN);
    assertThat(truePositives().direction()).isEqualTo(Direction.UP);
    assertThat(r2().named("explained").direction()).isEqualTo(Direction.UP);
  }

  static Stream<Metric> countingMetrics() {
    return Stream.of(
        accuracy(),
        precision(),
        recall().topK(2),
        f1(),
        fBeta(2).threshold(0.3),
        specificity(),
        sparseTopKCategoricalAccuracy(2));
  }

  @ParameterizedTest
  @MethodSource("countingMetrics")
  void aBatchIsCountedWithoutMemory(Metric metric) {
    float[] y = {0, 1, 2, 1};
    float[] yHat = {0.5f, 0.2f, 0.3f, 0.1f, 0.7f, 0.2f, 0.4f, 0.5f, 0.1f, 0.2f, 0.3f, 0.5f};
    Metric.Tally tally = metric.tally(1, 3);
    assertThat(bytesOf(() -> tally.add(y, yHat, null, 4))).isLessThan(8);
  }

  @Test
  void scoresOfTheNextEpochAreKeptWhereThoseOfTheLastWere() {
    float[] y = new float[1000];
    float[] yHat = new float[1000];
    Metric.Tally tally = auc().tally(1, 1);
    for (int i = 0; i < 20; i++) {
      tally.add(y, yHat, null, y.length);
    }
    tally.reset();
    assertThat(
            bytesOf(
                () -> {
                  tally.add(y, yHat, null, y.length);
                  tally.reset();
                }))
        .isLessThan(8);
  }

  /** What a call takes of the heap, after many. */
  private static double bytesOf(Runnable call) {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    for (int i = 0; i < 20_000; i++) {
      call.run();
    }
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 1000; i++) {
      call.run();
    }
    return (threads.getThreadAllocatedBytes(thread) - before) / 1000.0;
  }

  record Mistake(ThrowingCallable call, String answer) {
    @Override
    public String toString() {
      return answer;
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake(
            () -> precision().of(vector(1, 0), vector(1, 0, 1)),
            "precision expects as many samples in y as in ŷ but receives [2] and [3]: give each truth its prediction."),
        new Mistake(
            () -> categoricalAccuracy().of(vector(1, 0), vector(0.1, 0.8, 0.1)),
            "categoricalAccuracy expects as many samples in y as in ŷ but receives [2] and [3]: a vector ŷ is one sample here, so make it a matrix, a row for each."),
        new Mistake(
            () -> recall().of(vector(0, 0, 2), ROWS),
            "recall expects labels 0 to 1 for 2 classes but receives 2: count the classes from 0, or give the prediction more columns."),
        new Mistake(
            () -> f1().of(vector(0, 0.5, 1), vector(0.1, 0.2, 0.3)),
            "fBeta expects 1 for yes and 0 for no in y but y[1] is 0.5: encode no as 0 and yes as 1, or give a prediction for each class."),
        new Mistake(
            () -> auc().of(matrix(row(1, 0), row(0, 3)), matrix(row(1, 0), row(0, 1))),
            "auc expects 1 for yes and 0 for no in y but y[1][1] is 3: encode no as 0 and yes as 1."),
        new Mistake(
            () -> precision().of(vector(1, 0), vector(0.5, Double.NaN)),
            "precision expects finite numbers but ŷ has NaN at [1]: remove that row or fill it in."),
        new Mistake(
            () -> precision().of(null, vector(0.5)),
            "precision expects numbers, arrays of numbers, an INDArray or numeric Tablesaw columns but receives null: make a double[] or double[][] of it."),
        new Mistake(
            () -> recall().of(vector(1, 0), vector(1, 0), vector(1)),
            "recall expects one weight for each of the 2 samples but receives [1]: give a vector of 2."),
        new Mistake(
            () -> recall().of(vector(1, 0), vector(1, 0), vector(1, -2)),
            "recall expects weights of 0 or more but weights[1] is -2.0: a weight cannot be negative."),
        new Mistake(
            () -> recall().of(vector(1, 0), vector(1, 0), vector(0, 0)),
            "recall expects weights that do not sum to 0 but receives [0.0, 0.0]: let at least one sample count."),
        new Mistake(
            () -> precision().threshold(Double.NaN),
            "precision expects a finite threshold but receives NaN: 0.5 is one for probabilities, 0 for logits."),
        new Mistake(
            () -> precision().topK(0),
            "precision expects k of 1 or more but receives 0: it counts the classes that may be right."),
        new Mistake(
            () -> precision().topK(3).of(vector(0, 1, 0), ROWS),
            "precision expects k of at most 2, the number of classes, but receives 3: choose a smaller one."),
        new Mistake(
            () -> precision().classId(-1),
            "precision expects classId of 0 or more but receives -1: count the classes from 0."),
        new Mistake(
            () -> precision().classId(2).tally(1, 2),
            "precision expects classId of at most 1, as there are 2 outputs, but receives 2: count the classes from 0."),
        new Mistake(
            () -> fBeta(0),
            "fBeta expects beta above 0 but receives 0.0: it is how many times recall counts as much as precision, 1 for f1()."),
        new Mistake(
            () -> r2().tally(1, 10),
            "r2 expects 10 numbers a target, as many as the prediction has, but receives 1: it is for measurements; accuracy() is for labels."),
        new Mistake(
            () -> r2().adjusted(-1),
            "r2 expects regressors of 0 or more but receives -1: count the features that the model computes from."),
        new Mistake(
            () -> topKCategoricalAccuracy().tally(1, 10),
            "topKCategoricalAccuracy expects a row of 10 numbers for each sample but receives a label: take sparseTopKCategoricalAccuracy() for integer labels."),
        new Mistake(
            () -> sparseTopKCategoricalAccuracy().tally(10, 10),
            "sparseTopKCategoricalAccuracy expects an integer label for each sample but receives rows of 10 numbers: take topKCategoricalAccuracy() for one-hot rows."),
        new Mistake(
            () -> sparseTopKCategoricalAccuracy().tally(1, 3),
            "sparseTopKCategoricalAccuracy expects k of at most 3, the number of classes, but receives 5: choose a smaller one."),
        new Mistake(
            () -> precision().tally(3, 2),
            "precision expects 2 numbers a target, as many as the prediction has, but receives 3: give the last layer 3 units."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeGetsAnAnswer(Mistake mistake) {
    assertThatThrownBy(mistake.call())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(mistake.answer());
  }

  /** As Keras says of y_pred: among the top k, and above the threshold. */
  @Test
  void aThresholdAndTheTopKMustBothHoldInEitherOrder() {
    double[][] truth = matrix(row(1, 0, 1), row(1, 1, 0), row(0, 0, 1));
    double[][] said = matrix(row(0.9, 0.8, 0.75), row(0.6, 0.5, 0.4), row(0.75, 0.1, 0.2));

    assertThat(recall().threshold(0.7).topK(2).of(truth, said)).isEqualTo(1 / 5.0);
    assertThat(recall().topK(2).threshold(0.7).of(truth, said)).isEqualTo(1 / 5.0);
    assertThat(precision().threshold(0.7).topK(2).of(truth, said)).isEqualTo(1 / 3.0);
    assertThat(specificity().topK(2).threshold(0.7).micro().of(truth, said)).isEqualTo(2 / 4.0);
    assertThat(falsePositives().threshold(0.7).topK(2).of(truth, said)).isEqualTo(2);
    assertThat(f1().topK(2).threshold(0.7).micro().of(truth, said)).isEqualTo(2 / 8.0);
  }

  @Test
  void aMetricUnderAnotherNameByWeightsOrOfOneOutputAnswersByHandAsTheMetricItself() {
    double[] three = vector(1, 2, 3);
    double[] two = vector(1, 2);
    String answer = messageOf(() -> r2().of(three, two));

    for (Metric metric : List.of(r2().named("fit"), r2().sampleWeighted(), r2().on("price"))) {
      assertThat(metric.of(three, three)).isEqualTo(1);
      assertThat(metric.of(three, three, three)).isEqualTo(1);
      assertThat(messageOf(() -> metric.of(three, two))).isEqualTo(answer);
    }
  }

  private static String messageOf(ThrowingCallable call) {
    return catchThrowable(call).getMessage();
  }
}
