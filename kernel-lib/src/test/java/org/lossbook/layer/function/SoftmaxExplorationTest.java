package org.lossbook.layer.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.activation;
import static org.lossbook.Lossbook.softmax;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lossbook.plot.explorer.SoftmaxExplorer;
import org.lossbook.testing.JavaScriptCalls;

class SoftmaxExplorationTest {
  @Test
  @Tag("slow")
  void theBarsAreTheSoftmaxOfTheScoresOverTheTemperature() {
    SoftmaxExplorer explorer = softmax().explore(2, 1, -1);
    double[][] cases = {{2, 1, -1, 1}, {2, 1, -1, 0.1}, {0.5, 3, -6, 4}};
    JavaScriptCalls calls = new JavaScriptCalls();
    for (double[] each : cases) {
      calls.call(explorer.function(), 1, each[0], each[1], each[2], each[3]);
    }
    for (int i = 0; i < cases.length; i++) {
      double[] each = cases[i];
      double[] p =
          activation("softmax")
              .of(new double[] {each[0] / each[3], each[1] / each[3], each[2] / each[3]});
      double entropy = 0;
      for (double share : p) {
        entropy -= share * Math.log(share);
      }
      assertThat(calls.answers().get(i))
          .containsExactly(new double[] {entropy, p[0], p[1], p[2]}, within(1e-12));
    }
  }

  @Test
  void aRerunWritesTheSamePageWithItsStillPicture() {
    String html = softmax().explore().mimeBundle().get("text/html");
    assertThat(html)
        .isEqualTo(softmax().explore(2, 1, -1).mimeBundle().get("text/html"))
        .contains("<img alt=", "temperature T", "score x₀")
        .hasSizeLessThan(60_000);
    assertThat(softmax().explore().toString()).contains("softmax at temperature 1");
  }

  @Test
  void itRefusesScoresThatNoBarsCanShow() {
    assertThatThrownBy(() -> softmax().explore(1))
        .hasMessage(
            "softmax.explore expects 2 to 12 finite scores but receives [1.0]: write softmax().explore(2, 1, -1).");
    assertThatThrownBy(() -> softmax().explore(1, Double.NaN)).hasMessageContaining("NaN");
  }
}
