package org.lossbook.layer.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonElement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Layer;
import org.lossbook.testing.Golden;

/** Layers that measure data find what Keras's adapt finds. */
class AdaptGoldenTest {
  static Stream<Golden.Case> cases() {
    return Golden.cases("adapted");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsWhatKerasFinds(Golden.Case golden) {
    Golden.Values data = golden.tensor("data");
    Values samples = Values.of(data.data(), data.shape());
    Layer layer = Golden.read(LAYERS, golden.text("layer"), golden.object("settings"));
    int[] sample = Arrays.copyOfRange(data.shape(), 1, data.shape().length);

    for (Map.Entry<String, JsonElement> found : golden.object("found").entrySet()) {
      Golden.Values expected = Golden.Values.of(found.getValue().getAsJsonObject());
      double[] received =
          layer instanceof Normalization normalization
              ? weight(normalization.adapt(samples), found.getKey(), sample)
              : boundaries(((Discretization) layer).adapt(samples));
      assertThat(received).hasSize(expected.data().length);
      for (int i = 0; i < received.length; i++) {
        assertThat(received[i]).isCloseTo(expected.data()[i], within(2e-6));
      }
    }
  }

  private static double[] weight(Layer layer, String name, int... sample) {
    Parameter parameter =
        layer.parameters(sample).stream()
            .filter(p -> p.name().equals(name))
            .findAny()
            .orElseThrow();
    float[] values = new float[parameter.size()];
    parameter.initializer().fill(values, parameter.shape(), new SplittableRandom(1));
    return Values.of(values, values.length).toDoubles();
  }

  private static double[] boundaries(Layer layer) {
    Object saved = layer.config().orElseThrow().get("bin_boundaries").orElseThrow();
    return ((List<?>) saved).stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
  }
}
