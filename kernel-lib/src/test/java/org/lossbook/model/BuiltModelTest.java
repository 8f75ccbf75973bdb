package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import org.junit.jupiter.api.Test;

/** A network whose weights the reader sets, to see what its layers compute. */
class BuiltModelTest {
  private static final double[][] IMAGE =
      matrix(row(0, 0, 9, 9), row(0, 0, 9, 9), row(0, 9, 9, 0), row(9, 9, 0, 0));

  @Test
  void aDenseLayerIsTheSumOnPaper() {
    try (Model model = sequential(input(2), dense(1)).build()) {
      model.weights("dense/kernel", matrix(row(3), row(-1))).weights("dense/bias", vector(0.5));

      assertThat(model.predictValues(matrix(row(2, 4))).get(0)).isEqualTo(2.5);
    }
  }

  @Test
  void aConvolutionIsTheSlidingSumAndTakesItsKernelAsAMatrix() {
    try (Model model = sequential(input(4, 4, 1), conv2d(1, 2)).build()) {
      model.weights("conv2d/kernel", matrix(row(-1, 1), row(-1, 1)));

      var sums = model.predictValues(IMAGE);
      assertThat(sums.shape()).containsExactly(1, 3, 3, 1);
      assertThat(sums.toDoubles()).containsExactly(0, 18, 0, 9, 9, -9, 9, -9, -9);
      assertThat(pixels("sums", sums).toString())
          .isEqualTo("sums 3×3\n  0 18  0\n  9  9 -9\n  9 -9 -9");
    }
  }

  @Test
  void theSameSeedGivesTheSameFirstWeights() {
    try (Model one = sequential(input(4), dense(3)).seed(7).build();
        Model other = sequential(input(4), dense(3)).seed(7).compile(sgd(), mse())) {
      assertThat(one.weightValues("dense/kernel")).isEqualTo(other.weightValues("dense/kernel"));
    }
  }

  @Test
  void whatNeedsALossSaysThatItIsToBeCompiledAndThenGoesOn() {
    try (Model model = sequential(input(1), dense(1)).build()) {
      model.weights("dense/kernel", matrix(row(2)));
      assertThat(model).hasToString("model of 1 layer, 2 parameters, not compiled");
      assertThatThrownBy(() -> model.evaluate(vector(1), vector(2)))
          .hasMessage(
              "evaluate expects a compiled model but this one is not, for build() leaves optimizer and loss out: call compile(adam(), …) with its loss first.");
      assertThat(model.compile(sgd(), mse()).evaluate(vector(1), vector(3)).get("loss"))
          .isEqualTo(1);
    }
  }

  @Test
  void aMatrixTheOtherWayAroundIsRefused() {
    try (Model model = sequential(input(3), dense(2)).build()) {
      assertThatThrownBy(() -> model.weights("dense/kernel", matrix(row(1, 2, 3), row(4, 5, 6))))
          .hasMessage(
              "dense/kernel expects [3, 2] but receives [2, 3]: transpose it, or give the numbers in one row, in that order.");
      model.weights("dense/kernel", vector(1, 2, 3, 4, 5, 6));
      assertThat(model.weightValues("dense/kernel").get(1)).isEqualTo(2);
    }
  }
}
