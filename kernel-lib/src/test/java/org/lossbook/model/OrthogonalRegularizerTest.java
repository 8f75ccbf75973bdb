package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrthogonalRegularizerTest {
  @Test
  void itIsTheMeanCosineOfTwoRowsOrColumns() {
    Object matrix = matrix(new double[][] {{3, 4}, {1, 0}});
    assertThat(orthogonalRegularizer(0.1).of(matrix)).isCloseTo(0.06, within(1e-9));
    double cos = 3 / Math.sqrt(10);
    assertThat(orthogonalRegularizer(0.1).ofColumns().of(matrix))
        .isCloseTo(0.1 * cos, within(1e-9));
    assertThat(orthogonalRegularizer(0.1).plus(l2(0.01)).of(matrix)).isCloseTo(0.32, within(1e-9));
  }

  @Test
  void gradientsAreThoseOfFiniteDifferencesAndAFileHoldsIt(@TempDir Path folder) {
    var penalty = orthogonalRegularizer(0.5).plus(orthogonalRegularizer(0.25).ofColumns());
    var model =
        sequential(
                input(40),
                dense(130).tanh().kernelRegularizer(orthogonalRegularizer(0.5)), // several chunks
                dense(3).kernelRegularizer(penalty.plus(l2(0.01))))
            .seed(3)
            .compile(sgd(), mse());
    var random = new Random(2);
    double[][] x = new double[8][40];
    double[][] y = new double[8][3];
    for (double[] row : x) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    var check = gradientCheck(model, x, y);
    assertThat(check.agrees()).as("%s", check).isTrue();
    String file = folder.resolve("model.keras").toString();
    model.save(file);
    var read = loadModel(file);
    assertThat(read.evaluate(x, y)).isEqualTo(model.evaluate(x, y));
  }

  @Test
  void whatHasNoRowsIsRefused() {
    var convolution = conv2d(4, 3).kernelRegularizer(orthogonalRegularizer(0.1));
    assertThatThrownBy(() -> sequential(input(8, 8, 1), convolution).compile(sgd(), mse()))
        .hasMessageContaining("orthogonalRegularizer(0.1) expects a matrix with two rows or more")
        .hasMessageContaining("kernel of shape [3, 3, 1, 4]");
    assertThatThrownBy(() -> dense(4).activityRegularizer(orthogonalRegularizer(0.1)))
        .hasMessageContaining("dense.activityRegularizer expects l1(…) or l2(…)");
    assertThatThrownBy(() -> mse().plus(orthogonalRegularizer(0.1).ofColumns()))
        .hasMessageContaining(
            "write dense(64).kernelRegularizer(orthogonalRegularizer(0.1).ofColumns())");
  }
}
