package org.lossbook.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;
import org.lossbook.loss.EveryLoss;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;

/** What a card says, and that every factory's card says it. */
class CardTest {
  private static final String YEAR = "(?s).*\\b(1[789]|20)\\d\\d\\b.*";

  static Stream<Loss> losses() {
    return EveryLoss.plain().stream()
        .filter(loss -> !loss.name().matches("own|.*(Generator|Discriminator|Critic)"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aLossHasACompleteCard(Loss loss) {
    Card card = card(loss);
    isComplete(card);
    assertThat(card.headings()).contains("Formula", "Derivative", "Worked out", "Move it");
  }

  static Stream<Card> cards() {
    return new Factories(Lossbook.class).cards().values().stream().flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("cards")
  void everyFactoryHasACompleteCard(Card card) {
    isComplete(card);
  }

  static void isComplete(Card card) {
    assertThat(card.question()).as("question of %s", card.title()).endsWith("?");
    assertThat(card.use()).as("use of %s", card.title()).isNotBlank();
    assertThat(card.avoid()).as("avoid of %s", card.title()).isNotBlank();
    assertThat(card.source()).as("source of %s", card.title()).matches(YEAR);
    assertThat(card.html())
        .as("mathematics of %s", card.title())
        .doesNotContain("<merror>", "\\(", "$$", "{@");
    assertThat(card.toString()).doesNotContain("{@", "<p>", "<i>");
  }

  @Test
  void theCardOfALossWorksOutTheNumbersOfItsJavadoc() {
    assertThat(card(mse()))
        .hasToString(
            """
            mse

            The question
              How wrong is a number, when large errors are worst?

              Mean squared error: the mean of the squared differences, 1/n Σᵢ (yᵢ − ŷᵢ)², in the square of y's unit.

            Formula
              L = 1/n Σᵢ (yᵢ − ŷᵢ)²

            Derivative
              ∂L/∂ŷ = 2(ŷ − y)/n

            Worked out
              mse = 1/n Σᵢ (yᵢ − ŷᵢ)²
              i  y  ŷ    (yᵢ − ŷᵢ)²
              1  3  2.5  (3 − 2.5)² = 0.5²         0.25
              2  5  5.5  (5 − 5.5)² = (−0.5)²      0.25
                         sum                       0.5
                         divided by n = 2 samples  0.25

            When to use it
              For regression, where large errors are to weigh more than small ones: twice the error costs four times as much. One wild measurement can outweigh all others; MeanAbsoluteError is calmer.

            When not to
              When some measurements are wild: each one outweighs all others.

            Example
              mse().of(vector(3, 5), vector(2.5, 5.5))         // 0.25
              mse().gradient(vector(3, 5), vector(2.5, 5.5))   // [-0.5, 0.5]

            Source
              Gauss 1809, Theoria motus corporum coelestium.""");
  }

  @Test
  void aCardShowsTheSettingsOfItsLoss() {
    assertThat(card(huber().delta(2)).html()).contains("<mi>δ</mi><mo>=</mo><mn>2</mn>");
    assertThat(card(huber().delta(2)).question())
        .isEqualTo("How wrong is a number, when a few measurements are wild?");
  }

  @Test
  void mathematicsIsMathMlThatNeedsNoScript() {
    assertThat(card(mse()).html())
        .contains(
            "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>",
            "<munderover><mo movablelimits=\"true\">∑</mo>");
  }

  @Test
  void aLayerIsWorkedOutOnASmallInput() {
    assertThat(card(conv2d(1, 2)).toString()).contains("Worked out", "3·2", "19");
    assertThat(card(dense(2)).headings()).contains("Worked out");
    assertThat(card(softmax()).headings()).contains("Worked out");
    assertThat(card(conv3d(1, 2)).headings()).doesNotContain("Worked out");
  }

  @Test
  void anAbsoluteValueIsNoNorm() {
    assertThat(card(mae()).html()).doesNotContain("‖").contains(">|</mo>");
    assertThat(MathText.inText("the norm \\(\\lVert y \\rVert\\), the size \\(|y|\\)"))
        .isEqualTo("the norm ‖y‖, the size |y|");
  }

  @Test
  void aMetricIsWorkedOutFromItsCounts() {
    assertThat(card(precision()).toString())
        .contains("precision = TP/(TP + FP)", "TP = 2, FP = 1")
        .contains("Of all alarms, how many were real?");
    assertThat(card(matthewsCorrelation()).source()).startsWith("Matthews 1975");
  }

  @Test
  void noCardIsMadeOfNothing() {
    assertThatThrownBy(() -> card((Metric) null))
        .hasMessage("card expects a loss or a metric but receives null: card(mse()) shows one.");
  }
}
