package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A convolutional autoencoder, whose second half are transposed convolutions. */
class AutoencoderTest {
  private static final int SIDE = 8;

  /** Bright rectangles on a dark ground. */
  private static float[][] rectangles(int count) {
    var random = new Random(3);
    float[][] images = new float[count][SIDE * SIDE];
    for (float[] image : images) {
      int top = random.nextInt(SIDE / 2);
      int left = random.nextInt(SIDE / 2);
      for (int y = top; y < top + 4; y++) {
        for (int x = left; x < left + 4; x++) {
          image[y * SIDE + x] = 1;
        }
      }
    }
    return images;
  }

  @Test
  void anAutoencoderOfSignalsHasTheSignalAsItsTarget() {
    float[][][] signals = new float[50][16][1];
    var random = new Random(5);
    for (float[][] signal : signals) {
      double phase = random.nextDouble() * 6;
      for (int t = 0; t < signal.length; t++) {
        signal[t][0] = (float) Math.sin(phase + 0.5 * t);
      }
    }
    try (Model model =
        sequential(
                input(16, 1),
                conv1d(4, 4).strides(2).same().tanh(),
                averagePooling1d(2),
                conv1dTranspose(4, 4).strides(2).same().tanh(),
                conv1dTranspose(1, 4).strides(2).same())
            .seed(1)
            .compile(adam().learningRate(0.02), mse())) {
      double before = model.evaluate(signals, signals).loss();
      model.fit(signals, signals, epochs(30).batchSize(16).quiet());

      assertThat(model.evaluate(signals, signals).loss()).isLessThan(before / 4);
    }
  }

  @Test
  void anAutoencoderLearnsToReconstructItsImages(@TempDir Path folder) {
    float[][] images = rectangles(66);
    String file = folder.resolve("autoencoder.keras").toString();
    try (Model model =
        sequential(
                input(SIDE * SIDE),
                reshape(SIDE, SIDE, 1),
                conv2d(8, 3).strides(2).same().relu(),
                conv2d(8, 3).strides(2).same().relu(),
                conv2dTranspose(8, 3).strides(2).same().relu(),
                conv2dTranspose(1, 3).strides(2).same().sigmoid(),
                flatten())
            .seed(1)
            .compile(adam().learningRate(0.01), binaryCrossentropy())) {
      double before = model.evaluate(images, images).loss();
      model.fit(images, images, epochs(30).batchSize(16).quiet());
      double after = model.evaluate(images, images).loss();
      model.save(file);

      assertThat(after).isLessThan(before / 4);
      try (Model loaded = loadModel(file)) {
        assertThat(loaded.predict(images)).isEqualTo(model.predict(images));
        assertThat(loaded.summary().toString()).contains("conv2d_transpose", "(None, 8, 8, 1)");
      }
    }
  }
}
