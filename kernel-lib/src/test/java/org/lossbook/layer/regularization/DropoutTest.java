package org.lossbook.layer.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lossbook.testing.OneLayer;

class DropoutTest {
  private static final int SIZE = 7 * 29 * 31;

  private static float[] ones() {
    float[] x = new float[SIZE];
    Arrays.fill(x, 1);
    return x;
  }

  @Test
  void inPredictionsChangesNothing() {
    try (var layer = new OneLayer(new Dropout(0.5), false, 7, 29, 31, 1)) {
      assertThat(layer.forward(ones())).isEqualTo(ones());
    }
  }

  @Test
  void inTrainingKeepsOrDropsAndScalesAndTheShareIsTheRate() {
    try (var layer = new OneLayer(new Dropout(0.2), true, 7, 29, 31, 1)) {
      float[] y = layer.forward(ones());
      int dropped = 0;
      for (float value : y) {
        assertThat(value).isIn(0f, 1.25f);
        dropped += value == 0 ? 1 : 0;
      }
      assertThat(dropped / (double) SIZE).isCloseTo(0.2, within(0.02));
      assertThat(layer.backward(ones())).as("the gradient meets the same mask").isEqualTo(y);
    }
  }

  @Test
  void equalSeedsDropTheSameAndEachRunDropsAnew() {
    try (var layer = new OneLayer(new Dropout(0.5), true, 7, 29, 31, 1)) {
      layer.plan().seed(3);
      float[] first = layer.forward(ones());
      float[] second = layer.forward(ones());
      layer.plan().seed(3);
      assertThat(layer.forward(ones())).isEqualTo(first);
      assertThat(second).isNotEqualTo(first);
    }
  }

  @Test
  void aRateOfOneIsRefused() {
    assertThatThrownBy(() -> new Dropout(1))
        .hasMessage("dropout expects a rate from 0 to below 1 but receives 1.0.");
  }
}
