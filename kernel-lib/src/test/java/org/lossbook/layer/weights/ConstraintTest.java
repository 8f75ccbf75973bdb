package org.lossbook.layer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.io.IOException;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Values;
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
}
