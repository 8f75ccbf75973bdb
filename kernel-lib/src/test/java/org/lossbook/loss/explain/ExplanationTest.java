package org.lossbook.loss.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.loss;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.rmse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.vector;

import org.junit.jupiter.api.Test;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;

class ExplanationTest {
  private final Loss pinball =
      loss("pinball", (t, q) -> t.minus(q).times(0.9).max(q.minus(t).times(0.1)));

  @Test
  void theStepsEndInTheSumTheDivisorAndTheResult() {
    assertThat(mse().explain(vector(3, 5), vector(2.5, 5.5)))
        .hasToString(
            """
            mse = 1/n Σᵢ (yᵢ − ŷᵢ)²
            i  y  ŷ    (yᵢ − ŷᵢ)²
            1  3  2.5  (3 − 2.5)² = 0.5²         0.25
            2  5  5.5  (5 − 5.5)² = (−0.5)²      0.25
                       sum                       0.5
                       divided by n = 2 samples  0.25""");
  }

  @Test
  void aMatrixIsWorkedOutRowByRow() {
    assertThat(mse().explain(matrix(row(1, 2), row(3, 4)), matrix(row(1, 1), row(3, 2))).toString())
        .contains("(1, 2)  (1, 1)  ((1 − 1)² + (2 − 1)²)/2 = (0² + 1²)/2  0.5")
        .contains("sum                                    2.5")
        .endsWith("divided by n = 2 samples               1.25");
  }

  @Test
  void aProbabilityThatIsClippedBelowOneIsNotWrittenAsOne() {
    assertThat(binaryCrossentropy().explain(vector(1, 0), vector(0, 1)).toString())
        .contains("(1 − 1)·log(1 − 1e-7)", "(1 − 0)·log(1 − 0.9999999)")
        .endsWith("16.1181 nats");
    assertThat(mse().explain(1, 2).toString()).endsWith("divided by n = 1 sample  1");
  }

  @Test
  void crossEntropyShowsItsLogarithmsItsBaseAndItsUnit() {
    double[] label = vector(1, 0);
    double[] p = vector(0.9, 0.1);
    assertThat(categoricalCrossentropy().bits().explain(label, p).toString())
        .contains("−(1·log₂(0.9) + 0·log₂(0.1)) = −(−0.152003 + 0)")
        .endsWith("divided by n = 1 sample                          0.152003 bits");
    assertThat(binaryCrossentropy().explain(label, p).toString())
        .contains("−(1·log(0.9) + (1 − 1)·log(1 − 0.9)) = −(−0.105361 + 0)")
        .endsWith("0.105361 nats");
    assertThat(
            sparseCategoricalCrossentropy()
                .explain(vector(1), matrix(row(0.05, 0.9, 0.05)))
                .toString())
        .contains("1  1  (0.05, 0.9, 0.05)  −log(0.9) ");
    assertThat(categoricalCrossentropy().fromLogits().explain(label, vector(2, 1)).toString())
        .contains("−(1·log(0.731059) + 0·log(0.268941))");
  }

  @Test
  void weightsAndSumsSayWhatTheyDivideBy() {
    Explanation weighted = mse().explain(vector(3, 5), vector(2.5, 5.5), vector(1, 0.5));
    assertThat(weighted.toString())
        .contains("0.5·(5 − 5.5)² = 0.5·0.25")
        .endsWith("n = 2 samples   0.1875");
    assertThat(mae().sum().explain(vector(3, 5), vector(2.5, 5.5)).toString())
        .endsWith("sum                 1")
        .doesNotContain("divided");
  }

  @Test
  void aLongBatchAndALongRowAreCutShort() {
    double[] many = new double[100];
    assertThat(mse().explain(many, many).toString()).contains("88 more samples");
    double[] p = new double[20];
    java.util.Arrays.fill(p, 0.05);
    double[] label = new double[20];
    label[7] = 1;
    assertThat(categoricalCrossentropy().explain(label, p).toString())
        .contains("−(1·log(0.05) + …) = −(−2.99573 + …)");
  }

  @Test
  void theTitleSaysTheMeansThatTheRowsTake() {
    double[][] y = matrix(row(1, 2), row(3, 4));
    double[][] yHat = matrix(row(1, 1), row(3, 2));
    assertThat(mse().explain(y, yHat).toString()).startsWith("mse = 1/n Σᵢ 1/m Σₖ (yᵢₖ − ŷᵢₖ)²\n");
    assertThat(binaryCrossentropy().fromLogits().explain(new double[2][2], yHat).toString())
        .startsWith("binaryCrossentropy = −1/n Σᵢ 1/m Σₖ (");
    assertThat(mse().explain(vector(1, 2), vector(1, 1), vector(1, 3)).toString())
        .startsWith("mse = 1/n Σᵢ wᵢ·(yᵢ − ŷᵢ)²\n");
    assertThat(mse().sum().explain(vector(1, 2), vector(1, 1)).toString())
        .startsWith("mse = Σᵢ (yᵢ − ŷᵢ)²\n");
  }

  @Test
  void aRootIsTheLastStepWhateverIsSaidOfTheReduction() {
    double[] y = vector(3, 5, -1);
    double[] yHat = vector(2.5, 5.5, 2);
    assertThat(rmse().sum().explain(y, yHat).toString()).contains("√(9.5)").endsWith(" 3.08221");
    assertThat(rmse().weightedMean().explain(y, yHat, vector(2, 2, 0)).toString())
        .contains("√(0.25)")
        .endsWith(" 0.5");
    assertThat(rmse().times(2).explain(y, yHat).toString())
        .contains("2√(3.16667)")
        .endsWith(" 3.55903");
  }

  @Test
  void aWideRowOfNothingIsNothing() {
    assertThat(mse().explain(new double[1][40], new double[1][40]).toString())
        .contains("(0 + …)/40");
  }

  @Test
  void aNotebookShowsATableAndMathematics() {
    assertThat(mse().explain(3, 2.5).mimeBundle().get("text/html"))
        .containsPattern("<td [^>]*>\\(3 − 2.5\\)² = 0.5²</td><td [^>]*>0.25</td>");
    assertThat(loss("a<b&c", (y, p) -> y.minus(p)).explain(3, 2).mimeBundle().get("text/html"))
        .contains("a&lt;b&amp;c");
    assertThat(mse().formula().mimeBundle().get("text/latex"))
        .isEqualTo("$$L = \\frac{1}{n}\\sum_{i=1}^{n} \\left(y_{i} - \\hat y_{i}\\right)^2$$");
    assertThat(mse().derivative().mimeBundle().get("text/latex"))
        .isEqualTo(
            "$$\\frac{\\partial L}{\\partial \\hat y} = \\frac{2 \\left(\\hat y - y\\right)}{n}$$");
    assertThat(mse().mimeBundle().get("text/latex")).startsWith("$$\\text{mse} = \\frac{1}{n}");
    assertThat(mse().formula()).hasToString("L = 1/n Σᵢ (yᵢ − ŷᵢ)²");
    assertThat(mse().derivative()).hasToString("∂L/∂ŷ = 2(ŷ − y)/n");
  }

  @Test
  void aReadersOwnLossIsTheSameKindOfThing() {
    assertThat(pinball.of(vector(3), vector(2))).isEqualTo(0.9);
    assertThat(pinball.gradient(vector(3, 3), vector(2, 4))).containsExactly(-0.45, 0.05);
    assertThat(pinball.derivative()).hasToString("∂L/∂ŷ = (0.1·1[ŷ > y] − 0.9·1[y > ŷ])/n");
    assertThat(pinball.explain(vector(3), vector(2)).toString())
        .contains("max(0.9(3 − 2), 0.1(2 − 3)) = max(0.9, −0.1)");
    assertThatThrownBy(() -> loss("own", (y, p) -> y.minus(p).square().batchMean()))
        .hasMessageContaining("own expects an expression with a number for each output");
    assertThatThrownBy(() -> loss("own", (y, p) -> y.minus(p).sum().mean()))
        .hasMessageContaining("mean() works along the outputs of a sample");
  }

  @Test
  void lossesAddUp() {
    Loss both = mse().times(0.7).plus(mae().times(0.3));
    assertThat(both.of(vector(3, 5), vector(2.5, 5.5))).isCloseTo(0.325, within(1e-12));
    assertThat(both.name()).isEqualTo("0.7·mse + 0.3·mae");
    assertThat(both.derivative()).hasToString("∂L/∂ŷ = (0.3·sign(ŷ − y) + 1.4(ŷ − y))/n");
    Loss joined =
        new TrainingLoss(binaryCrossentropy().plus(binaryCrossentropy().bits().times(0.5)))
            .fusedWith("sigmoid")
            .get();
    assertThat(joined.of(1, 0)).isCloseTo(Math.log(2) + 0.5, within(1e-12));
    assertThatThrownBy(() -> mse().plus(binaryCrossentropy()))
        .hasMessageContaining("plus expects losses of the same kind");
  }
}
