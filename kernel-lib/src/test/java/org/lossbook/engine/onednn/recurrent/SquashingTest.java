package org.lossbook.engine.onednn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SquashingTest {
  private static final float[] ENDS = {
    0,
    -0f,
    Float.MIN_VALUE,
    1e-30f,
    9,
    -9,
    20,
    -80,
    1e30f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  /** From −30 to 30, among them multiples of ln 2 and numbers halfway between them. */
  private static float[] numbers() {
    float[] numbers = new float[20_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          i % 4 == 0 ? (float) ((i / 4 % 80 - 40) * Math.log(2) / 2) : (i - 10_000) * 0.003f;
    }
    System.arraycopy(ENDS, 0, numbers, 1, ENDS.length);
    return numbers;
  }

  @Test
  void sigmoidIsExactToAMillionthOfItself() {
    float[] x = numbers();
    float[] y = x.clone();

    Squashing.sigmoid(y, new float[y.length]);

    for (int i = 0; i < x.length; i++) {
      double wanted = 1 / (1 + Math.exp(-x[i]));
      assertThat((double) y[i]).as("σ(%s)", x[i]).isCloseTo(wanted, within(1e-6 * wanted + 2e-38));
    }
  }

  @Test
  void tanhIsExactToAMillionthOfItselfAndNeverAboveOne() {
    float[] x = numbers();
    float[] y = x.clone();

    Squashing.tanh(y);

    for (int i = 0; i < x.length; i++) {
      double wanted = Math.tanh(x[i]);
      assertThat((double) y[i])
          .as("tanh(%s)", x[i])
          .isCloseTo(wanted, within(1e-6 * Math.abs(wanted)))
          .isBetween(-1.0, 1.0);
    }
  }

  @Test
  void notANumberStaysOne() {
    float[] one = {Float.NaN};
    Squashing.tanh(one);
    assertThat(one[0]).isNaN();
    Squashing.sigmoid(one, new float[1]);
    assertThat(one[0]).isNaN();
  }
}
