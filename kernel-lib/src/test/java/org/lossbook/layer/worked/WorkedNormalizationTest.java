package org.lossbook.layer.worked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Values;
import org.lossbook.layer.normalization.ScaledNormalization;
import org.lossbook.model.Model;

/** The worked steps of normalizations beside what the engine computes in training. */
class WorkedNormalizationTest {
  private final Random random = new Random(3);

  private Values numbers(int... shape) {
    double[] all = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(all, i -> Math.round((random.nextDouble() - 0.5) * 64) / 16.0);
    return Values.of(all, shape);
  }

  private void isWhatTheEngineComputes(ScaledNormalization<?> layer, int weights, int... shape) {
    Values x = numbers(shape);
    Values gamma = numbers(weights);
    Values beta = numbers(weights);
    int[] sample = Arrays.copyOfRange(shape, 1, shape.length);
    Model model = sequential(input(sample), layer.named("it")).build();
    model.weights("it/gamma", gamma);
    model.weights("it/beta", beta);
    LayerSteps steps = layer.explain(x, gamma, beta);
    double[] wanted = Values.of("test", model.predict(x, training())).toDoubles();
    double[] all = steps.result().toDoubles();
    assertThat(all).hasSameSizeAs(wanted);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isCloseTo(wanted[i], within(1e-4 * (1 + Math.abs(wanted[i]))));
    }
    assertThat(Written.requireRight(steps)).isGreaterThan(all.length);
  }

  @Test
  void gammaAndBetaAndAnyAxisAreThoseOfTheEngine() {
    isWhatTheEngineComputes(batchNormalization(), 3, 4, 3);
    isWhatTheEngineComputes(batchNormalization(), 2, 3, 2, 3, 2);
    isWhatTheEngineComputes(batchNormalization().axis(1), 2, 3, 2, 5);
    isWhatTheEngineComputes(layerNormalization(), 3, 4, 3);
    isWhatTheEngineComputes(layerNormalization().epsilon(0.1), 4, 2, 3, 4);
  }

  @Test
  void everyLineSaysWhoseItIsAndGammaAndBetaShowWhereTheyAreSet() {
    String steps = batchNormalization().explain(matrix(row(1, 0), row(3, 4))).toString();
    assertThat(steps)
        .contains("column 0, mean", "column 1, variance", "column 1, deviation", "column 1, y₂")
        .doesNotContain("·(");
    assertThat(layerNormalization().explain(vector(1, 3), vector(2, 2), vector(0, 1)).toString())
        .contains("2·(1 − 2)/1.0005 + 0", "2·(3 − 2)/1.0005 + 1");
    assertThat(
            layerNormalization().explain(vector(1, 3), vector(2, 2), vector(0, 1)).result().get(1))
        .isCloseTo(2.9990007493755466, within(1e-12));
    assertThat(layerNormalization().gammaInitializer(constant(5)).explain(vector(1, 3)).toString())
        .contains("5·(1 − 2)/1.0005");
  }

  @Test
  void whatDoesNotFitIsRefusedInWords() {
    assertThatThrownBy(() -> batchNormalization().scale(false).explain(matrix(row(1)), 1, 0))
        .hasMessage(
            "batch_normalization.explain expects no gamma and beta after scale(false) but receives them: leave one of the two out.");
    assertThatThrownBy(() -> batchNormalization().explain(matrix(row(1, 2)), 1, vector(0, 1)))
        .hasMessageStartingWith(
            "batch_normalization.explain expects a gamma of shape [2] but receives []");
    assertThatThrownBy(() -> batchNormalization().explain(vector(1, 2)))
        .hasMessageStartingWith("batch_normalization expects channels");
    assertThatThrownBy(() -> groupNormalization(1).explain(vector(1, 2)))
        .hasMessageStartingWith("group_normalization.explain expects a layer with worked steps");
  }
}
