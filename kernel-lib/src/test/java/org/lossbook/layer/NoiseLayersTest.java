package org.lossbook.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.gaussianDropout;
import static org.lossbook.Lossbook.gaussianNoise;
import static org.lossbook.Lossbook.spatialDropout1d;
import static org.lossbook.Lossbook.spatialDropout2d;
import static org.lossbook.Lossbook.spatialDropout3d;
import static org.lossbook.Lossbook.stochasticDepth;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.testing.OneLayer;

/** Layers that draw in training: what they draw, what passes back, and that seeds repeat it. */
class NoiseLayersTest {
  private static final int[] SHAPE = {7, 29, 31, 3};
  private static final int[] VOLUMES = {7, 29, 1, 31, 3};
  private static final int SIZE = 7 * 29 * 31 * 3;

  static Stream<Layer> layers() {
    return Stream.of(gaussianNoise(0.5), gaussianDropout(0.2), spatialDropout2d(0.5));
  }

  private static float[] all(float value) {
    float[] x = new float[SIZE];
    Arrays.fill(x, value);
    return x;
  }

  private static double mean(float[] y) {
    return IntStream.range(0, y.length).mapToDouble(i -> y[i]).average().orElseThrow();
  }

  /** The mean of the powers of the distance to {@code middle}. */
  private static double moment(float[] y, double middle, int power) {
    return IntStream.range(0, y.length)
        .mapToDouble(i -> Math.pow(y[i] - middle, power))
        .average()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void predictionsAreUnchanged(Layer layer) {
    try (var run = new OneLayer(layer, false, SHAPE)) {
      assertThat(run.forward(all(1.5f))).isEqualTo(all(1.5f));
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void equalSeedsDrawTheSameAndEachRunDrawsAnew(Layer layer) {
    try (var run = new OneLayer(layer, true, SHAPE)) {
      run.plan().seed(3);
      float[] first = run.forward(all(1));
      float[] second = run.forward(all(1));
      run.plan().seed(3);
      assertThat(run.forward(all(1))).isEqualTo(first);
      assertThat(second).isNotEqualTo(first);
      run.plan().seed(4);
      assertThat(run.forward(all(1))).isNotEqualTo(first);
    }
  }

  @Test
  void noiseIsNormalWithTheSpreadAskedForAndTheGradientPassesAsItIs() {
    try (var run = new OneLayer(gaussianNoise(0.5), true, SHAPE)) {
      float[] y = run.forward(all(2));

      assertThat(mean(y)).isCloseTo(2, within(0.02));
      assertThat(moment(y, 2, 2)).isCloseTo(0.25, within(0.01));
      assertThat(moment(y, 2, 3)).isCloseTo(0, within(0.02));
      assertThat(moment(y, 2, 4)).isCloseTo(3 * 0.25 * 0.25, within(0.02));
      float[] dy = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        dy[i] = i % 7 - 3.25f;
      }
      assertThat(run.backward(dy)).isEqualTo(dy);
    }
  }

  @Test
  void gaussianDropoutHasDropoutsSpreadAndScalesTheGradientByTheSameFactors() {
    try (var run = new OneLayer(gaussianDropout(0.2), true, SHAPE)) {
      float[] y = run.forward(all(1));

      assertThat(mean(y)).isCloseTo(1, within(0.02));
      assertThat(moment(y, 1, 2)).isCloseTo(0.2 / 0.8, within(0.01));
      assertThat(run.backward(all(1))).isEqualTo(y);
    }
  }

  @Test
  void spatialDropoutDropsWholeChannels() {
    int channels = 100;
    int pixels = 4 * 5;
    int[] shape = {8, 4, 5, channels};
    float[] ones = new float[8 * pixels * channels];
    Arrays.fill(ones, 1);
    try (var run = new OneLayer(spatialDropout2d(0.25), true, shape)) {
      float[] y = run.forward(ones);

      int dropped = 0;
      for (int sample = 0; sample < 8; sample++) {
        for (int channel = 0; channel < channels; channel++) {
          float first = y[sample * pixels * channels + channel];
          assertThat(first).isIn(0f, 4 / 3f);
          dropped += first == 0 ? 1 : 0;
          for (int pixel = 0; pixel < pixels; pixel++) {
            assertThat(y[(sample * pixels + pixel) * channels + channel]).isEqualTo(first);
          }
        }
      }
      assertThat(dropped / 800.0).isCloseTo(0.25, within(0.06));
      assertThat(run.backward(ones)).isEqualTo(y);
    }
  }

  @Test
  void stochasticDepthDropsWholeSamples() {
    int samples = 1000;
    float[] ones = new float[samples * 12];
    Arrays.fill(ones, 1);
    try (var run = new OneLayer(stochasticDepth(0.25), true, samples, 2, 3, 2)) {
      float[] y = run.forward(ones);

      int dropped = 0;
      for (int sample = 0; sample < samples; sample++) {
        float first = y[sample * 12];
        assertThat(first).isIn(0f, 4 / 3f);
        dropped += first == 0 ? 1 : 0;
        for (int i = 1; i < 12; i++) {
          assertThat(y[sample * 12 + i]).isEqualTo(first);
        }
      }
      assertThat(dropped / (double) samples).isCloseTo(0.25, within(0.06));
      assertThat(run.backward(ones)).isEqualTo(y);
    }
  }

  @Test
  void settingsOutOfRangeAreRejected() {
    assertThatThrownBy(() -> stochasticDepth(1))
        .hasMessage("stochasticDepth expects a rate from 0 to below 1 but receives 1.0.");
    assertThatThrownBy(() -> gaussianNoise(-1))
        .hasMessage(
            "gaussianNoise expects a standard deviation of 0 or more but receives -1.0: pixels lie from 0 to 1, so try 0.1.");
    assertThatThrownBy(() -> gaussianDropout(1))
        .hasMessage("gaussianDropout expects a rate from 0 to below 1 but receives 1.0.");
    assertThatThrownBy(() -> spatialDropout2d(Double.NaN))
        .hasMessage("spatialDropout2d expects a rate from 0 to below 1 but receives NaN.");
    assertThatThrownBy(() -> spatialDropout2d(0.5).outputShape(10))
        .hasMessageStartingWith("spatialDropout2d expects images [batch, height, width, channels]");
  }

  @Test
  void spatialDropoutOfSequencesAndVolumesDropsWholeChannels() {
    for (var layer : List.of(spatialDropout1d(0.5), spatialDropout3d(0.5))) {
      int[] shape = layer.kind().contains("1d") ? new int[] {7, 29 * 31, 3} : VOLUMES;
      try (var run = new OneLayer(layer, true, shape)) {
        float[] y = run.forward(all(1));
        int dropped = 0;
        for (int i = 0; i < SIZE; i++) {
          assertThat(y[i]).isIn(0f, 2f).isEqualTo(y[i / (29 * 31 * 3) * 29 * 31 * 3 + i % 3]);
          dropped += y[i] == 0 ? 1 : 0;
        }
        assertThat(dropped).isBetween(1, SIZE - 1);
      }
    }
    assertThatThrownBy(() -> spatialDropout1d(0.5).outputShape(4, 4, 3))
        .hasMessageContaining("spatialDropout1d expects sequences [batch, length, channels]");
  }
}
