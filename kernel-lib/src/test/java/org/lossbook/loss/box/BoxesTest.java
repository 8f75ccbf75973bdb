package org.lossbook.loss.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.giou;
import static org.lossbook.Lossbook.iou;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.row;

import org.junit.jupiter.api.Test;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.evaluate.BatchLoss;

class BoxesTest {
  private final double[][] truth = matrix(row(0, 0, 2, 2));

  @Test
  void howLittleTwoBoxesShare() {
    assertThat(iou().of(truth, matrix(row(1, 0, 3, 2)))).isCloseTo(0.6667, within(5e-5));
    assertThat(giou().of(truth, matrix(row(1, 1, 3, 3)))).isCloseTo(1.0794, within(5e-5));
    assertThat(iou().of(truth, truth)).isCloseTo(0, within(1e-7));
    assertThat(giou().of(truth, truth)).isCloseTo(0, within(1e-7));
    assertThat(iou().of(truth[0], row(1, 0, 3, 2))).isCloseTo(0.6667, within(5e-5));
  }

  @Test
  void boxesApartHaveASlopeInTheGeneralizedFormAlone() {
    double[][] apart = matrix(row(5, 0, 6, 1));
    assertThat(iou().of(truth, apart)).isEqualTo(1);
    assertThat(iou().gradient(truth, apart)[0]).containsOnly(0);
    assertThat(giou().gradient(truth, apart)[0][0]).isPositive();
  }

  @Test
  void theStepsShowTheAreas() {
    assertThat(iou().explain(truth, matrix(row(1, 0, 3, 2))).toString())
        .contains(
            "1 − max(1, 0)·max(2, 0)/((2 − 0)·(2 − 0) + (3 − 1)·(2 − 0) − 2 + 1e-7) = 1 − 2/(6 + 1e-7)")
        .endsWith("0.666667");
    assertThat(giou().explain(truth, matrix(row(1, 1, 3, 3))).toString())
        .contains(" = 1 − 1/(7 + 1e-7) + (9 − 7)/(9 + 1e-7) ")
        .endsWith("1.07937");
    assertThat(iou())
        .hasToString(
            "iou: 1/n Σᵢ (1 − Iᵢ/(Uᵢ + ε)), a = min(y₂, ŷ₂) − max(y₀, ŷ₀), b = min(y₃, ŷ₃) − max(y₁,"
                + " ŷ₁), I = max(a, 0)·max(b, 0), U = (y₂ − y₀)·(y₃ − y₁) + (ŷ₂ − ŷ₀)·(ŷ₃ − ŷ₁) − I,"
                + " ε = 1e-7");
    assertThat(iou().derivative().text())
        .contains(
            "(I·(ŷ₀ − ŷ₂)/(U + ε)² + (I/(U + ε)² + 1/(U + ε))·max(a, 0)·1[b > 0]·1[ŷ₁ > y₁])·1[k = 1]");
    assertThat(giou().formula().text())
        .startsWith("L = 1/n Σᵢ (1 − Iᵢ/(Uᵢ + ε) + (Cᵢ − Uᵢ)/(Cᵢ + ε)), ")
        .endsWith("c = max(y₂, ŷ₂) − min(y₀, ŷ₀), d = max(y₃, ŷ₃) − min(y₁, ŷ₁), C = c·d");
  }

  @Test
  void trainingMeetsBoxesWithoutAnAreaAndTurnedInsideOut() {
    double[][] odd = {
      {1, 1, 1, 1},
      {2, 2, 0, 0},
      {1, 0, 0, 1},
      {0, 1, 1, 0},
      {0, 0, 2, 2},
      {2, 0, 4, 2},
      {0, 0, 0, 0},
      {-1e4, -1e4, 1e4, 1e4},
      {1e4, 1e4, -1e4, -1e4}
    };
    double[][] truths = {{0, 0, 2, 2}, {1, 1, 1, 1}, {0, 0, 1, 1}};
    double[] gradient = new double[4];
    for (Loss loss : new Loss[] {iou(), giou()}) {
      BatchLoss bound = new TrainingLoss(loss).bind(4);
      for (double[] y : truths) {
        for (double[] box : odd) {
          assertThat(bound.run(y, box, null, 1, gradient)).isFinite();
          for (double slope : gradient) {
            assertThat(slope).isFinite();
          }
        }
      }
    }
  }

  @Test
  void whatIsNoBoxIsRefused() {
    assertThatThrownBy(() -> iou().of(matrix(row(0, 0, 2)), matrix(row(0, 0, 2))))
        .hasMessageContaining("iou expects");
    assertThatThrownBy(() -> giou().of(matrix(row(2, 0, 0, 2)), truth))
        .hasMessageContaining("with x₁ ≤ x₂ and y₁ ≤ y₂ but y[0] has 2 before 0");
  }
}
