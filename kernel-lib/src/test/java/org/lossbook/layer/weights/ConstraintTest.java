package org.lossbook.layer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.maxNorm;
import static org.lossbook.Lossbook.minMaxNorm;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.unitNorm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.lossbook.config.Config;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.layer.saved.LayerRegistry;
import org.lossbook.testing.JavadocExamples;

class ConstraintTest {
  @Test
  void theJavadocExamplesAreTrue() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/layer"), 2);
  }

  @Test
  void eachColumnOfAKernelHasALengthOfItsOwn() {
    Values kernel = Values.of("test", matrix(row(3, 0.3), row(4, 0.4)));

    assertThat(maxNorm(1).of(kernel).toDoubles())
        .containsExactly(new double[] {0.6, 0.3, 0.8, 0.4}, within(1e-6));
  }

  @Property(tries = 100)
  void weightsWithinTheLimitAreUnchangedAndNoneExceedItAfterwards(
      @ForAll @Size(6) float @FloatRange(min = -5, max = 5) [] weights) {
    var constraint = maxNorm(2);
    Values kernel = Values.of(weights, 3, 2);

    double[] once = constraint.of(kernel).toDoubles();
    double[] twice = constraint.of(constraint.of(kernel)).toDoubles();

    for (int column = 0; column < 2; column++) {
      double squares = 0;
      for (int row = 0; row < 3; row++) {
        squares += once[2 * row + column] * once[2 * row + column];
        assertThat(Math.abs(twice[2 * row + column] - once[2 * row + column])).isLessThan(1e-5);
      }
      assertThat(Math.sqrt(squares)).isLessThanOrEqualTo(2.00001);
    }
  }

  @Test
  void aRankThatNoParameterHasIsRefused() {
    assertThatThrownBy(() -> Constraint.maxNorm(2).config(Integer.MAX_VALUE))
        .hasMessage(
            "config expects a rank from 1 to 8 but receives 2147483647: a dense kernel has 2, a"
                + " bias 1.");
    assertThatThrownBy(() -> Constraint.from(null, "kernel_constraint", 2))
        .hasMessageStartingWith("from expects the settings of a file but receives null");
  }

  @Test
  void normsAlongOtherAxesAndBetweenTwoLengthsAreThoseOfKeras() {
    Values kernel = Values.of("test", matrix(row(3, 0.3), row(4, 0.4)));
    // A norm for each row: 3.0150 and 4.0200.
    assertThat(maxNorm(1).axis(1).of(kernel).toDoubles())
        .containsExactly(new double[] {0.995037, 0.0995037, 0.995037, 0.0995037}, within(1e-5));
    assertThat(maxNorm(1).axis(0, 1).of(kernel).toDoubles())
        .containsExactly(new double[] {0.597022, 0.0597022, 0.796030, 0.0796030}, within(1e-5));
    assertThat(maxNorm(1).axis(-2).of(kernel)).isEqualTo(maxNorm(1).of(kernel));
    assertThat(minMaxNorm(1, 2).of(kernel).toDoubles())
        .containsExactly(new double[] {1.2, 0.6, 1.6, 0.8}, within(1e-5));
    assertThat(minMaxNorm(1, 2).rate(0.5).of(kernel).toDoubles())
        .containsExactly(new double[] {2.1, 0.45, 2.8, 0.6}, within(1e-5));
    Values images = Values.of(new double[] {3, 1, 4, 1, 0, 2, 0, 2}, 2, 2, 2);
    assertThat(unitNorm().axis(1).of(images).toDoubles())
        .containsExactly(
            new double[] {0.6, 0.707107, 0.8, 0.707107, 0, 0.707107, 0, 0.707107}, within(1e-5));
  }

  @Test
  void aFileKeepsAxesAndRates() {
    for (Constraint constraint :
        List.of(
            minMaxNorm(0.5, 2),
            minMaxNorm(0, 1).rate(0.25).axis(1),
            maxNorm(3).axis(1),
            maxNorm(3),
            unitNorm().axis(0, 1))) {
      Layer layer = dense(3).kernelConstraint(constraint);
      Layer read = LayerRegistry.LAYERS.read(layer.config().orElseThrow());
      assertThat(read.constraint("kernel")).contains(constraint);
    }
    Config config = Config.of("keras.constraints", "MaxNorm").with("max_value", 2.0);
    Config conv = conv2d(3, 2).config().orElseThrow();
    Layer read = LayerRegistry.LAYERS.read(conv.with("kernel_constraint", config.with("axis", 0)));
    assertThat(read.constraint("kernel")).contains(maxNorm(2).axis(0));
    assertThatThrownBy(
            () -> LayerRegistry.LAYERS.read(conv.with("kernel_constraint", config.with("axis", 4))))
        .hasMessageContaining("MaxNorm expects axes of a weight with 4 for axis but the file says");
  }

  @Test
  void trainingAppliesThemAlongTheirAxes() {
    var layer = dense(2).kernelConstraint(minMaxNorm(1, 1).axis(1)).useBias(false);
    try (var model = sequential(input(3), layer).compile(sgd(), mse())) {
      model.loss(matrix(row(1, 2, 3)), matrix(row(1, 2))).backward();
      model.step();
      double[] kernel = model.weightValues("dense/kernel").toDoubles();
      for (int i = 0; i < 6; i += 2) {
        assertThat(Math.hypot(kernel[i], kernel[i + 1])).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void wrongNormsRatesAndAxesAreRefusedInWords() {
    assertThatThrownBy(() -> minMaxNorm(2, 1))
        .hasMessageStartingWith(
            "minMaxNorm expects a length of 0 or more and one at least as large");
    assertThatThrownBy(() -> minMaxNorm(0, 1).rate(2))
        .hasMessageStartingWith("minMaxNorm(0.0, 1.0) expects a rate from 0 to 1");
    assertThatThrownBy(() -> maxNorm(1).axis(3).of(new double[][] {{1, 2}}))
        .hasMessageStartingWith("constraint expects axes of the weight [1, 2] but receives 3");
  }
}
