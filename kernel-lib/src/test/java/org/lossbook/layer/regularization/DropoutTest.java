package org.lossbook.layer.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lossbook.config.Config;
import org.lossbook.layer.saved.LayerRegistry;
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

  @Test
  void numbersAlongAnAxisOfOneAreDroppedTogether() {
    try (var layer = new OneLayer(new Dropout(0.5).noiseShape(1, -1, 1), true, 7, 29, 31, 1)) {
      float[] y = layer.forward(ones());
      int dropped = 0;
      for (int i = 0; i < SIZE; i++) {
        assertThat(y[i]).isEqualTo(y[i / (29 * 31) * 29 * 31 + i % 31]);
        dropped += y[i] == 0 ? 1 : 0;
      }
      assertThat(dropped / (double) SIZE).isCloseTo(0.5, within(0.15));
      assertThat(layer.backward(ones())).as("the gradient meets the same mask").isEqualTo(y);
    }
  }

  @Test
  void aNoiseShapeOfTheInputDrawsTheSameAsNone() {
    try (var whole = new OneLayer(new Dropout(0.5).noiseShape(29, -1, 1), true, 7, 29, 31, 1);
        var none = new OneLayer(new Dropout(0.5), true, 7, 29, 31, 1)) {
      assertThat(whole.forward(ones())).isEqualTo(none.forward(ones()));
    }
  }

  @Test
  void aNoiseShapeThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new Dropout(0.5).noiseShape(1, 5).outputShape(4, 6))
        .hasMessage(
            "dropout expects a noise shape with the extents of [batch, 4, 6] or 1 but receives [1, 5]: write -1 for each extent that the input decides.");
    assertThat(new Dropout(0.5).noiseShape(1, -1).outputShape(4, 6)).containsExactly(4, 6);
    assertThatThrownBy(() -> new Dropout(0.5).noiseShape(0))
        .hasMessage(
            "dropout expects extents of a noise shape of 1 or more, or -1 for the input's, but receives 0: 1 drops what lies along that axis together.");
  }

  @Test
  void filesNameTheNoiseShapeBatchFirst() {
    Config config =
        Config.of("keras.layers", "Dropout")
            .with("rate", 0.5)
            .with("noise_shape", Config.list(Optional.empty(), 1, Optional.empty()));
    assertThat(LayerRegistry.LAYERS.read(config).config()).contains(config);
    assertThat(
            LayerRegistry.LAYERS
                .read(config.with("noise_shape", List.of(32, 1, 64)))
                .outputShape(9, 64))
        .containsExactly(9, 64);
    assertThatThrownBy(
            () -> LayerRegistry.LAYERS.read(config.with("noise_shape", List.of(1, 1, 64))))
        .hasMessageContaining("Dropout expects None for the batch for noise_shape");
  }
}
