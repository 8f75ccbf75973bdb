package org.lossbook.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.data.Split;

class MnistTest {
  private static final Split MNIST = Mnist.DIGITS.load(SharedData.places());

  @Test
  void mnistHasSixtyThousandImagesToTrainOnAndTenThousandToTestWith() {
    assertThat(MNIST.toString())
        .isEqualToNormalizingNewlines(
            """
            MNIST
              train: 60,000 images 28×28×1, 10 classes
              test:  10,000 images 28×28×1, 10 classes""");
    assertThat(MNIST.train().sampleShape()).containsExactly(28, 28, 1);
    assertThat(MNIST.train().targetShape()).isEmpty();
    assertThat(MNIST.train().hasLabels()).isTrue();
  }

  @Test
  void theFirstLabelsAreThePublishedOnes() {
    assertThat(MNIST.train().y().rows(0, 10)).hasToString("[5, 0, 4, 1, 9, 2, 1, 3, 1, 4]");
    assertThat(MNIST.test().y().rows(0, 5)).hasToString("[7, 2, 1, 0, 4]");
  }

  @Test
  void aGatheredPixelIsItsByteOver255() {
    float[] first = MNIST.test().x().rows(0, 1).toArray();

    assertThat(first).hasSize(784);
    // [28, 28]: the first 7 begins in row 7, column 6
    assertThat(Arrays.copyOfRange(first, 7 * 28 + 5, 7 * 28 + 9))
        .containsExactly(0, 84 / 255f, 185 / 255f, 159 / 255f);
  }

  @Test
  void everyClassOccursInBothParts() {
    for (Dataset part : new Dataset[] {MNIST.train(), MNIST.test()}) {
      float[] labels = part.y().toArray();
      assertThat(IntStream.range(0, labels.length).map(i -> (int) labels[i]).distinct().sorted())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
  }
}
