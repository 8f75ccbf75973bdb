package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.testing.Golden;
import org.lossbook.testing.GoldenOptimizers;

/** Each rule's steps beside Keras's. */
class OptimizerGoldenTest {
  static Stream<Golden.Case> cases() {
    return Golden.cases("optimizers");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tenStepsAreThoseOfKeras(Golden.Case golden) {
    float[] start = golden.tensor("start").floats();
    // A vector of two chunks, the numbers at the end of the second: offsets count.
    int offset = Optimizer.CHUNK;
    float[] weights = Arrays.copyOf(start, start.length);
    Optimizer.Updater updater =
        GoldenOptimizers.of(golden.text("optimizer"), golden.object("settings"))
            .start(offset + start.length);

    var gradients = tensors(golden.json(), "gradients").iterator();
    tensors(golden.json(), "weights")
        .forEach(
            expected -> {
              updater.beginStep();
              updater.update(weights, gradients.next().floats(), offset, weights.length);
              for (int i = 0; i < weights.length; i++) {
                assertThat((double) weights[i])
                    .as("weight %d", i)
                    .isCloseTo(expected.data()[i], within(expected.data()[i]));
              }
            });
  }

  private static Offset<Double> within(double expected) {
    return Offset.offset(2e-6 + 2e-6 * Math.abs(expected));
  }

  private static Stream<Golden.Values> tensors(JsonObject json, String field) {
    return StreamSupport.stream(json.getAsJsonArray(field).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(Golden.Values::of);
  }
}
