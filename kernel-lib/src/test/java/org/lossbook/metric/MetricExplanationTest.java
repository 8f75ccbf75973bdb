package org.lossbook.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.auc;
import static org.lossbook.Lossbook.averagePrecision;
import static org.lossbook.Lossbook.f1;
import static org.lossbook.Lossbook.fBeta;
import static org.lossbook.Lossbook.falseNegatives;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.pearsonCorrelation;
import static org.lossbook.Lossbook.precision;
import static org.lossbook.Lossbook.r2;
import static org.lossbook.Lossbook.recall;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.specificity;
import static org.lossbook.Lossbook.vector;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.notebook.TextTable;

class MetricExplanationTest {
  private static final double[] Y = {1, 0, 1, 0, 1};
  private static final double[] SCORES = {0.9, 0.8, 0.7, 0.2, 0.7};
  private static final double[][] ROWS = {
    {0.7, 0.2, 0.1}, {0.1, 0.5, 0.4}, {0.3, 0.3, 0.4}, {0.2, 0.7, 0.1}
  };
  private static final double[] LABELS = {0, 1, 2, 2};

  static Stream<Metric> metrics() {
    return Stream.of(
        accuracy(),
        precision(),
        recall(),
        specificity(),
        f1(),
        fBeta(2),
        falseNegatives(),
        auc(),
        auc().precisionRecall(),
        averagePrecision(),
        precision().threshold(0.75),
        recall().named("found"));
  }

  /** The last cell of the table is the figure. */
  private static double result(Object explained) {
    var rows = ((TextTable) explained).rows();
    String text = rows.get(rows.size() - 1).get(4);
    return text.equals("NaN") ? Double.NaN : Double.parseDouble(text.replace('−', '-'));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void theStepsEndInTheFigure(Metric metric) {
    assertThat(result(metric.explain(Y, SCORES))).isCloseTo(metric.of(Y, SCORES), within(1e-6));
    double[] weights = {1, 2, 0.5, 3, 1};
    assertThat(result(metric.explain(Y, SCORES, weights)))
        .isCloseTo(metric.of(Y, SCORES, weights), within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void severalClassesAreWorkedOutOneByOne(Metric metric) {
    Metric each = metric.name().equals("precision") ? precision() : metric;
    assertThat(result(each.explain(LABELS, ROWS))).isCloseTo(each.of(LABELS, ROWS), within(1e-6));
  }

  @Test
  void precisionComesFromTheCounts() {
    assertThat(precision().explain(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2)).toString())
        .contains("precision = TP/(TP + FP)")
        .containsPattern("1 +1 +0\\.9 +TP")
        .contains("TP = 2, FP = 1, FN = 0, TN = 1: 2/(2 + 1)")
        .contains("0.666667");
  }

  @Test
  void theAreaUnderTheCurveComesFromTheRanks() {
    assertThat(auc().explain(vector(0, 0, 1, 1), vector(0.1, 0.4, 0.35, 0.8)).toString())
        .contains("score 0.8: a positive above 2 negatives")
        .contains("score 0.35: a positive above 1 negative")
        .contains("of 2·2 pairs")
        .contains("0.75");
  }

  @Test
  void r2ComesFromTheSquares() {
    assertThat(result(r2().explain(vector(3, -0.5, 2, 7), vector(2.5, 0, 2, 8))))
        .isCloseTo(0.949, within(5e-4));
    assertThat(result(r2().explain(matrix(row(1, 2), row(3, 5)), matrix(row(1, 3), row(2, 5)))))
        .isCloseTo(
            r2().of(matrix(row(1, 2), row(3, 5)), matrix(row(1, 3), row(2, 5))), within(1e-6));
  }

  @Test
  void aLossIsExplainedAsALoss() {
    Metric metric = mse();
    assertThat(metric.explain(vector(3, 5), vector(2.5, 5.5)).toString()).contains("0.25");
  }

  @Test
  void aMetricWithoutSuchStepsSaysSo() {
    assertThatThrownBy(() -> pearsonCorrelation().explain(vector(1, 2), vector(2, 4)))
        .hasMessageContaining(
            "expects a metric that is made of counts, ranks or a mean of samples, which this one is not: of(y, yHat) gives its figure.");
  }

  @Test
  void theFormulaIsWhatIsCounted() {
    assertThat(precision().formula()).hasToString("TP/(TP + FP)");
    assertThat(f1().formula()).hasToString("2·TP/(2·TP + FN + FP)");
    assertThat(specificity().formula()).hasToString("TN/(TN + FP)");
  }
}
