package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.vector;

import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HuberTest {
  @Test
  void smallErrorsAreSquaredAndLargeOnesAreNot() {
    assertThat(huber(1.0).of(vector(3, 5), vector(2.5, 8))).isEqualTo(1.3125);
    assertThat(huber(1.0).gradient(vector(3, 5), vector(2.5, 8))).containsExactly(-0.25, 0.5);
  }

  @Test
  void itsSettingIsALetterInTheFormulaAndANumberAfterIt() {
    assertThat(huber(1.5))
        .hasToString(
            "huber: 1/n Σᵢ ((yᵢ − ŷᵢ)²/2 if |yᵢ − ŷᵢ| ≤ δ, else δ·(|yᵢ − ŷᵢ| − δ/2)), δ = 1.5");
    assertThat(huber().derivative())
        .hasToString("∂L/∂ŷ = (ŷ − y if |y − ŷ| ≤ δ, else δ·sign(ŷ − y))/n, δ = 1");
  }

  @Test
  void theStepsShowTheCaseThatHolds() {
    assertThat(huber().explain(vector(3, 5), vector(2.5, 8)).toString())
        .contains("(3 − 2.5)²/2 = 0.5²/2", "1·(|5 − 8| − 1/2)", "divided by n = 2 samples");
  }

  @Test
  void aDeltaOfNothingIsRefused() {
    assertThatThrownBy(() -> huber(-1))
        .hasMessage(
            "huber expects delta above 0 but receives -1.0: its formula has no meaning for others.");
  }

  @Test
  void tabListsWhatAReaderMayAsk() {
    assertThat(Stream.of(Huber.class.getMethods()).filter(HuberTest::isOurs).map(Method::getName))
        .containsOnly(
            "classWeight",
            "config",
            "delta",
            "derivative",
            "derive",
            "direction",
            "explain",
            "explore",
            "formula",
            "gradient",
            "huber",
            "ignore",
            "mean",
            "mimeBundle",
            "name",
            "named",
            "of",
            "on",
            "output",
            "perSample",
            "plot",
            "plus",
            "sampleWeighted",
            "settings",
            "sum",
            "tally",
            "times",
            "toString",
            "weightedMean");
  }

  private static boolean isOurs(Method method) {
    return method.getDeclaringClass() != Object.class;
  }
}
