package org.lossbook.layer.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.testing.OneLayer;

/** What alpha dropout draws, by Keras's formula. */
class AlphaDropoutTest {
  private static final int SIZE = 50 * 7 * 90;
  private static final double LOWEST = -1.7580993408473766;

  private static float[] normal() {
    Random random = new Random(4);
    float[] x = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  @Test
  void numbersAreKeptOrDroppedByKerassFormulaAndMeanAndVarianceRemain() {
    double rate = 0.3;
    double a = Math.pow((1 - rate) * (1 + rate * LOWEST * LOWEST), -0.5);
    double b = -a * LOWEST * rate;
    try (var layer = new OneLayer(new AlphaDropout(rate), true, 50, 7, 90)) {
      float[] x = normal();
      float[] y = layer.forward(x);
      float[] dx = layer.backward(x);
      int dropped = 0;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < SIZE; i++) {
        boolean isDropped = Math.abs(y[i] - (a * LOWEST + b)) < 1e-6;
        dropped += isDropped ? 1 : 0;
        assertThat((double) y[i])
            .isCloseTo(isDropped ? a * LOWEST + b : a * x[i] + b, within(2e-6));
        assertThat((double) dx[i]).isCloseTo(isDropped ? 0 : a * x[i], within(1e-5));
        sum += y[i];
        squares += (double) y[i] * y[i];
      }
      assertThat(dropped / (double) SIZE).isCloseTo(rate, within(0.02));
      assertThat(sum / SIZE).isCloseTo(0, within(0.02));
      assertThat(squares / SIZE).isCloseTo(1, within(0.03));
    }
  }

  @Test
  void numbersAlongAnAxisOfOneAreDroppedTogether() {
    try (var layer = new OneLayer(new AlphaDropout(0.5).noiseShape(1, -1), true, 50, 7, 90)) {
      float[] y = layer.forward(new float[SIZE]);
      for (int i = 0; i < SIZE; i++) {
        assertThat(y[i]).isEqualTo(y[i / (7 * 90) * 7 * 90 + i % 90]);
      }
    }
  }

  @Test
  void inPredictionsChangesNothing() {
    try (var layer = new OneLayer(new AlphaDropout(0.5), false, 50, 7, 90)) {
      assertThat(layer.forward(normal())).isEqualTo(normal());
    }
  }

  @Test
  void aRateOfOneIsRefused() {
    assertThatThrownBy(() -> new AlphaDropout(1))
        .hasMessage("alphaDropout expects a rate from 0 to below 1 but receives 1.0.");
  }
}
