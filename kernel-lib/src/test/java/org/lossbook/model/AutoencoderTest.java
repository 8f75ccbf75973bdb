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
