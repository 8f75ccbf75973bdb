package org.lossbook.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalTest {
  private static double distribution(double x) {
    double[] numbers = {x};
    double[] bell = new double[1];
    double[] out = new double[1];
    Normal.bell(numbers, new double[1], bell, 1);
    Normal.distribution(numbers, bell, new double[1], out, 1);
    return out[0];
  }

  /** Beside mpmath's {@code ncdf}. */
  @Test
  void bothTailsKeepTheirDigits() {
    double[][] expected = {
      {-14, 7.7935368191928e-45},
      {-12.5, 3.732564298877713e-36},
      {-10, 7.619853024160525e-24},
      {-8.25, 7.919726314642477e-17},
      {-6, 9.86587645037698e-10},
      {-5, 2.866515718791939e-7},
      {-4.4, 5.412543907703851e-6},
      {-3, 0.0013498980316300946},
      {-2.1, 0.017864420562816553},
      {-1, 0.15865525393145705},
      {-0.75, 0.2266273523768682},
      {-0.3, 0.3820885778110474},
      {-0.001, 0.49960105778608893},
      {0.5, 0.6914624612740131},
      {1.7, 0.955434537241457},
      {3, 0.9986501019683699},
      {6, 0.9999999990134123},
    };
    for (double[] pair : expected) {
      double found = distribution(pair[0]);
      assertThat(Math.abs(found - pair[1])).as("Φ(%s)", pair[0]).isLessThan(1e-13 * pair[1]);
    }
  }

  @Test
  void thereIsNoJumpAnywhere() {
    for (double x = -16; x < 10; x += 0.0137) {
      double density = Math.exp(-(x + 5e-6) * (x + 5e-6) / 2) / Math.sqrt(2 * Math.PI);
      double rise = distribution(x + 1e-5) - distribution(x);
      assertThat(rise).as("near %s", x).isCloseTo(1e-5 * density, within(1e-15 + 1e-8 * density));
    }
  }

  @Test
  void farOutItIsZeroOrOne() {
    for (double far : new double[] {40, 1e10, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
      assertThat(distribution(-far)).isZero();
      assertThat(distribution(far)).isOne();
    }
    assertThat(distribution(0)).isEqualTo(0.5);
    assertThat(distribution(Double.NaN)).isNaN();
  }
}
