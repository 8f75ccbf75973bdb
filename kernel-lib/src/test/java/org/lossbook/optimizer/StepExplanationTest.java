package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adafactor;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.vector;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;
import org.lossbook.testing.Golden;
import org.lossbook.testing.GoldenOptimizers;

class StepExplanationTest {
  private static final int STEPS = 12;

  static Stream<Golden.Case> cases() {
    return Golden.cases("optimizers");
  }

  /** Every optimizer with every setting that there is, on a matrix of weights. */
  @ParameterizedTest
  @MethodSource("cases")
  void theWorkedStepsComeToTheWeightsOfTraining(Golden.Case golden) {
    Optimizer optimizer = GoldenOptimizers.of(golden.text("optimizer"), golden.object("settings"));
    float[] weights = {0.75f, -1.5f, 0.25f, 2, -0.5f, 1};
    Values start = Values.of(weights.clone(), 2, 3);
    Parameter matrix = Parameter.trained("w", (into, shape, random) -> {}, 2, 3);
    Optimizer.Updater updater = optimizer.start(List.of(matrix));
    ClippedNorms norms = optimizer.clipping().over(weights.length);
    Object[] gradients = new Object[STEPS];
    for (int step = 0; step < STEPS; step++) {
      float[] gradient = new float[weights.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) Math.sin(step * 1.7 + i) * (i + 1) / 4;
      }
      gradients[step] = Values.of(gradient.clone(), 2, 3);
      updater.beginStep();
      updater.gather(gradient, 0, gradient.length);
      if (updater.moves()) {
        norms.clip(gradient);
        updater.surveyAll(weights, gradient, 0, gradient.length);
      }
      updater.update(weights, gradient, 0, weights.length);
    }

    double[] explained = ((BaseOptimizer<?>) optimizer).steps().explain(start, gradients).weights();

    IntStream.range(0, weights.length)
        .forEach(i -> assertThat(explained[i]).isCloseTo(weights[i], within(2e-5)));
  }

  @Test
  void oneStepIsWorkedOutLineByLine() {
    assertThat(adam().explain(vector(0.5, -1), vector(0.2, -0.4)).toString().lines())
        .element(2)
        .asString()
        .matches("w₁ +m ← +0\\.9·0 \\+ \\(1 − 0\\.9\\)·0\\.2 = 0 \\+ 0\\.02 +0\\.02");
  }

  @Test
  void severalStepsAreATableOfWhatIsRemembered() {
    StepExplanation steps = adam().learningRate(0.1).explain(0.5, 0.2, 0.2, -0.1);

    assertThat(steps.weights()[0]).isCloseTo(0.2484, within(5e-5));
    assertThat(steps.steps().orElseThrow().toString().lines().toList())
        .hasSize(5)
        .element(1)
        .asString()
        .matches("step +g +m +v +α +new w");
    assertThat(steps.mimeBundle().get("text/html")).contains("<table>", "new w");
  }

  @Test
  void momentumAndClippingAreLinesOfTheirOwn() {
    String text = sgd().learningRate(0.1).momentum(0.9).clipNorm(0.1).explain(0.5, 0.2).toString();

    assertThat(text).contains("g ←  0.2·min(0.1/0.2, 1)", "m ←  0.9·0 − 0.1·0.1");
    assertThat(sgd().learningRate(0.1).explain(0.5, 0.2).weights()[0])
        .isCloseTo(0.48, within(1e-12));
  }

  @Test
  void gradientsOfAnotherShapeAreRefused() {
    assertThatThrownBy(() -> adam().explain(vector(1, 2), 0.1))
        .hasMessage(
            "adam().explain expects gradients of the weights' shape [2] but receives one of shape []: give each weight its gradient.");
    assertThatThrownBy(() -> adafactor().explain(vector(1, 2), vector(1, 2)))
        .hasMessageStartingWith(
            "adafactor().explain expects a matrix of weights but receives shape [2]");
    assertThat(adafactor().explain(matrix(row(1, 2)), matrix(row(1, 2))).weights()).hasSize(2);
    assertThatThrownBy(() -> sgd().gradientAccumulationSteps(2).explain(1, 0.1))
        .hasMessageStartingWith(
            "sgd().explain expects 2 gradients for a step, which it adds up, but receives 1");
  }
}
