package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;

import com.google.gson.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.testing.Golden;

/** Every loss beside Keras: each sample, the mean, the sum, the gradient of the mean. */
class LossGoldenTest {

  static Stream<Golden.Case> cases() {
    return Golden.cases("losses");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLossAndItsGradientAreKerassOwn(Golden.Case golden) {
    Loss loss = loss(golden);
    Values y = values(golden, "yTrue");
    Values p = values(golden, "yPred");
    Values weights =
        golden.json().has("sampleWeight")
            ? values(golden, "sampleWeight")
            : Values.of(ones(p.rows()), p.rows());
    boolean asGiven = golden.json().has("gradientAsGiven");
    double[] gradient = golden.tensor(asGiven ? "gradientAsGiven" : "gradient").data();

    close(loss.of(y, p, weights), golden.json().get("mean").getAsDouble());
    close(loss.sum().of(y, p, weights), golden.json().get("sum").getAsDouble());
    double[][] rows = loss.gradient(y, p, weights);
    for (int i = 0; i < gradient.length; i++) {
      close(rows[i / p.rowSize()][i % p.rowSize()], gradient[i]);
    }
    if (!golden.json().has("sampleWeight")) {
      double[] perSample = golden.tensor("perSample").data();
      double[] losses = loss.perSample(y, p);
      for (int i = 0; i < perSample.length; i++) {
        close(losses[i], perSample[i]);
      }
      close(loss.explain(y, p).value(), golden.json().get("mean").getAsDouble());
    }
  }

  private static Loss loss(Golden.Case golden) {
    JsonObject settings = golden.object("settings");
    boolean logits = settings.has("from_logits");
    double smoothing =
        settings.has("label_smoothing") ? settings.get("label_smoothing").getAsDouble() : 0;
    return switch (golden.text("loss")) {
      case "mse" -> mse();
      case "mae" -> mae();
      case "binary_crossentropy" -> {
        var loss = binaryCrossentropy().labelSmoothing(smoothing);
        yield logits ? loss.fromLogits() : loss;
      }
      case "categorical_crossentropy" -> {
        var loss = categoricalCrossentropy().labelSmoothing(smoothing);
        yield logits ? loss.fromLogits() : loss;
      }
      case "sparse_categorical_crossentropy" -> {
        var loss = sparseCategoricalCrossentropy();
        yield logits ? loss.fromLogits() : loss;
      }
      default -> throw new IllegalStateException("no loss " + golden.text("loss"));
    };
  }

  private static Values values(Golden.Case golden, String field) {
    Golden.Values stored = golden.tensor(field);
    return Values.of(stored.data(), stored.shape());
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  /** A millionth of the number, or what doubles cannot tell from it beside 10⁴. */
  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-6 * Math.abs(expected) + 1e-13));
  }
}
