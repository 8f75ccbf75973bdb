package org.lossbook.layer.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.positionEmbedding;
import static org.lossbook.Lossbook.sinePositions;

import org.junit.jupiter.api.Test;
import org.lossbook.testing.OneLayer;

/** Positions are added to each step. */
class PositionsTest {
  @Test
  void sinesAndCosinesOfThePlaceAreAdded() {
    try (OneLayer layer = new OneLayer(sinePositions(), true, 2, 3, 4)) {
      float[] y = layer.forward(new float[24]);

      double[][] expected = {
        {0, 1, 0, 1},
        {Math.sin(1), Math.cos(1), Math.sin(0.01), Math.cos(0.01)},
        {Math.sin(2), Math.cos(2), Math.sin(0.02), Math.cos(0.02)},
      };
      for (int i = 0; i < y.length; i++) {
        assertThat((double) y[i]).isCloseTo(expected[i / 4 % 3][i % 4], within(1e-6));
      }
      float[] dy = new float[24];
      dy[5] = 3;
      assertThat(layer.backward(dy)).isEqualTo(dy);
    }
  }

  @Test
  void aTrainedVectorIsAddedToEachStepOfAShorterSequenceToo() {
    try (OneLayer layer = new OneLayer(positionEmbedding(3), true, 2, 2, 2)) {
      layer.set("embeddings", new float[] {1, 2, 3, 4, 5, 6});

      assertThat(layer.forward(new float[] {10, 20, 30, 40, 50, 60, 70, 80}))
          .containsExactly(11, 22, 33, 44, 51, 62, 73, 84);
      float[] dy = {1, 2, 3, 4, 5, 6, 7, 8};
      assertThat(layer.backward(dy)).isEqualTo(dy);
      assertThat(layer.gradient("embeddings")).containsExactly(6, 8, 10, 12, 0, 0);
    }
  }

  @Test
  void whatIsNoSequenceOrALongerOneIsRefused() {
    assertThatThrownBy(() -> positionEmbedding(3).outputShape(4, 8))
        .hasMessage(
            "position_embedding expects sequences of at most 3 steps but receives [batch, 4, 8]: write positionEmbedding(4).");
    assertThatThrownBy(() -> sinePositions().outputShape(40))
        .hasMessageStartingWith(
            "sine_positions expects sequences [batch, steps, features] but receives [batch, 40]: put embedding(words, width)");
    assertThatThrownBy(() -> sinePositions().maxWavelength(0))
        .hasMessageStartingWith("sine_positions expects a wavelength above 0 but receives 0.0");
  }
}
