package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The curves of a live display show what was of late, not the mean since an epoch began. */
class RecentMeansTest {
  private static final List<String> MEANS = List.of("loss");
  private final RecentMeans recent = new RecentMeans();

  private double during(long samples, double mean) {
    return recent.during(samples, MEANS, Map.of("loss", mean, "auc", 0.7)).get("loss");
  }

  private double atEnd(long samples, double mean) {
    return recent.atEnd(samples, MEANS, Map.of("loss", mean, "auc", 0.8)).get("loss");
  }

  @Test
  void itIsTheMeanOfTheSamplesSinceTheLastPictureALittleSmoothed() {
    assertThat(during(100, 2.0)).isEqualTo(2);
    // 300 samples of 1.25 are 100 of 2 and 200 of 0.875: 2 + 0.4 (0.875 − 2).
    assertThat(during(300, 1.25)).isCloseTo(1.55, within(1e-12));
    assertThat(atEnd(300, 1.25)).isCloseTo(1.55 + 0.4 * (1.25 - 1.55), within(1e-12));
  }

  @Test
  void whereAnEpochBeginsItDoesNotJump() {
    during(100, 2.0);
    atEnd(200, 1.5); // the last 100 had 1: 2 + 0.4 (1 − 2) = 1.6
    assertThat(during(100, 1.0)).isCloseTo(1.6 - 0.4 * 0.6, within(1e-12));
  }

  @Test
  void anEpochWithoutAPictureIsWhole() {
    assertThat(atEnd(200, 1.5)).isEqualTo(1.5);
    assertThat(atEnd(200, 0.5)).isEqualTo(0.5);
  }

  @Test
  void whatIsNoMeanStaysAsItIs() {
    assertThat(recent.during(100, MEANS, Map.of("loss", 1.0, "auc", 0.7)))
        .containsEntry("auc", 0.7);
  }
}
