package org.lossbook.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.lossbook.engine.Activation;

/** What is worked out on paper has its digits where a function is all but flat. */
class ActivationDerivativesTest {
  private static double slope(Activation activation, double z) {
    return ActivationDerivatives.derivatives(activation, new double[][] {{z}})[0][0];
  }

  @Test
  void aSlopeIsNotWhatTheRoundedValueIsShortOfOne() {
    for (double z : new double[] {0.5, 3, 20, 37, 40, 200}) {
      double e = Math.exp(-z);
      double sigmoid = e / ((1 + e) * (1 + e));
      double tanh = 4 * e * e / ((1 + e * e) * (1 + e * e));
      for (double side : new double[] {z, -z}) {
        close(slope(Activation.SIGMOID, side), sigmoid);
        close(slope(Activation.TANH, side), tanh);
      }
      close(slope(Activation.SWISH, -z), e / (1 + e) - z * sigmoid);
    }
    assertThat(slope(Activation.SIGMOID, 1000)).isZero();
    assertThat(slope(Activation.TANH, -1000)).isZero();
  }

  private static void close(double found, double expected) {
    assertThat(found).isCloseTo(expected, withinPercentage(1e-9));
  }
}
