package org.lossbook.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Activation;

class ProbabilitiesTest {
  @Property
  void theExponentialIsThatOfMath(@ForAll @FloatRange(min = -87, max = 88) float x) {
    double exact = Math.exp(x);
    assertThat((double) Probabilities.exp(x)).isCloseTo(exact, within(5e-7 * exact));
  }

  @Test
  void theExponentialOfZeroIsOneAndFarOutItIsFinite() {
    assertThat(Probabilities.exp(0)).isEqualTo(1);
    assertThat(Probabilities.exp(-1e30f)).isBetween(0f, 1e-37f);
    assertThat(Probabilities.exp(1e30f)).isFinite();
  }

  @Test
  void rowsOfLogitsBecomeProbabilities() {
    float[] rows = {1, 2, 3, 1000, 0, -1000};
    float[] p = Probabilities.through(Activation.SOFTMAX, 2, 3).of(rows);

    assertThat(p[2]).isCloseTo(0.66524096f, within(1e-6f));
    assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-6f));
    assertThat(p[3]).isEqualTo(1);
    assertThat(Probabilities.through(Activation.SIGMOID, 6, 1).of(rows)[0])
        .isCloseTo(0.7310586f, within(1e-6f));
    assertThat(Probabilities.asTheyAre().of(rows)).isSameAs(rows);
  }
}
