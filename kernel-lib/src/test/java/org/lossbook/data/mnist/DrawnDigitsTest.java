package org.lossbook.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.data.mnist.DrawnDigits.syntheticDigits;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;

class DrawnDigitsTest {
  private static final int PIXELS = 28 * 28;

  @Test
  void theyHaveMnistsFormatAndEveryClassAsOften() {
    var digits = syntheticDigits(1000, 1);
    int[] counts = new int[10];
    for (float label : digits.y().toArray()) {
      counts[(int) label]++;
    }

    assertThat(digits).hasToString("1,000 images 28×28×1, 10 classes");
    assertThat(counts).containsOnly(100);
  }

  @Test
  void theSameSeedDrawsTheSameImagesOnEveryMachine() {
    var crc = new CRC32();
    for (float pixel : syntheticDigits(100, 1).x().toArray()) {
      crc.update(Math.round(pixel * 255));
    }

    assertThat(Long.toHexString(crc.getValue())).isEqualTo("775a09dc");
  }

  @Test
  void aShorterSetIsTheBeginningOfALongerOneAndAnotherSeedIsAnotherSet() {
    float[] ten = syntheticDigits(10, 1).x().toArray();

    assertThat(syntheticDigits(20, 1).x().rows(0, 10).toArray()).isEqualTo(ten);
    assertThat(syntheticDigits(10, 2).x().toArray()).isNotEqualTo(ten);
    assertThat(syntheticDigits(10, 2).x().rows(0, 1).toArray())
        .isNotEqualTo(syntheticDigits(11, 1).x().rows(10, 11).toArray());
  }

  @Test
  void everyImageHasInkAndItsBordersAreNearlyEmpty() {
    float[] x = syntheticDigits(1000, 3).x().toArray();
    double border = 0;
    double all = 0;
    for (int i = 0; i < 1000; i++) {
      double ink = 0;
      for (int p = 0; p < PIXELS; p++) {
        boolean edge = p % 28 == 0 || p % 28 == 27 || p / 28 == 0 || p / 28 == 27;
        ink += x[i * PIXELS + p];
        border += edge ? x[i * PIXELS + p] : 0;
      }
      assertThat(ink).as("image " + i).isBetween(15.0, 250.0);
      all += ink;
    }

    assertThat(border).isLessThan(0.01 * all);
  }

  /** Easier than chance by far, and yet not so easy that the mean images would do. */
  @Test
  void theMeanOfEachClassTellsTheClassesApartButNotWell() {
    double accuracy = nearestMean(syntheticDigits(3000, 1), syntheticDigits(1000, 2));

    assertThat(accuracy).isBetween(0.5, 0.8);
  }

  private static double nearestMean(Dataset train, Dataset test) {
    double[][] means = new double[10][PIXELS];
    float[] x = train.x().toArray();
    for (int i = 0; i < x.length; i++) {
      means[i / PIXELS % 10][i % PIXELS] += x[i] * 10 / train.size(); // labels go round
    }
    float[] seen = test.x().toArray();
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      right += nearest(means, seen, i * PIXELS) == i % 10 ? 1 : 0;
    }
    return (double) right / test.size();
  }

  private static int nearest(double[][] means, float[] x, int from) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int k = 0; k < means.length; k++) {
      double distance = 0;
      for (int p = 0; p < PIXELS; p++) {
        double off = means[k][p] - x[from + p];
        distance += off * off;
      }
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }

  @Test
  void noDigitsAreRefused() {
    assertThatThrownBy(() -> syntheticDigits(0, 1))
        .hasMessage(
            "syntheticDigits expects a count of 1 or more but receives 0: 10000 are drawn in a second.");
  }
}
