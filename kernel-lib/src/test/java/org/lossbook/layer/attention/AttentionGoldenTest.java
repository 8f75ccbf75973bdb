package org.lossbook.layer.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerValue;
import org.lossbook.testing.Golden;

/** Attention gives Keras's values, scores and gradients, which finite differences confirm. */
class AttentionGoldenTest {
  static Stream<Golden.Case> cases() {
    return Golden.cases("attention");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndGradientsAreThoseOfKerasAndOfFiniteDifferences(Golden.Case golden) {
    List<Golden.Values> x = all(golden, "x");
    List<Golden.Values> y = all(golden, "y");
    List<Golden.Values> dy = all(golden, "dy");
    List<int[]> shapes = x.stream().map(each -> sample(each.shape())).toList();
    Layer layer = called(golden);
    List<int[]> all = new ArrayList<>(shapes);
    if (golden.json().has("attention_mask")) {
      all = both(all);
      all.add(sample(golden.tensor("attention_mask").shape()));
    }
    List<int[]> allShapes = all;
    assertThat(layer.outputShapes(allShapes))
        .usingRecursiveComparison()
        .isEqualTo(y.stream().map(each -> sample(each.shape())).toList());
    OneDnnEngine engine = OneDnnEngine.instance();
    try (Parameters parameters = engine.parameters(layer.parameters(allShapes))) {
      JsonObject weights = golden.object("weights");
      assertThat(parameters.slots().stream().map(slot -> slot.parameter().name()))
          .containsExactlyElementsOf(weights.keySet());
      weights.keySet().forEach(name -> write(parameters, name, values(weights, name).floats()));
      Graph graph = engine.graph(parameters, x.get(0).shape()[0], true);
      List<Tensor> plain = shapes.stream().map(graph::inputWithGradient).toList();
      List<Tensor> inputs = new ArrayList<>(plain);
      List<Tensor> masked = new ArrayList<>();
      List<float[]> numbers = new ArrayList<>(x.stream().map(Golden.Values::floats).toList());
      for (int i = 0; i < x.size(); i++) {
        JsonElement mask = golden.json().getAsJsonArray("masks").get(i);
        Tensor input = plain.get(i);
        if (!mask.isJsonNull()) {
          Golden.Values given = Golden.Values.of(mask.getAsJsonObject());
          Tensor steps = graph.input(sample(given.shape()));
          inputs.add(steps);
          numbers.add(given.floats());
          input = LayerValue.masked(input, Optional.of(steps));
        }
        masked.add(input);
      }
      if (golden.json().has("attention_mask")) {
        Golden.Values given = golden.tensor("attention_mask");
        Tensor pairs = graph.input(sample(given.shape()));
        inputs.add(pairs);
        numbers.add(given.floats());
        masked = both(masked);
        masked.add(pairs);
      }
      Tensor built = layer.build(graph, masked, parameters::slot);
      assertThat(LayerValue.mask(built)).isEqualTo(LayerValue.mask(masked.get(0)));
      List<Tensor> outputs = new ArrayList<>(List.of(LayerValue.tensor(built)));
      if (built instanceof LayerValue several) {
        outputs.addAll(several.further());
      }
      try (Plan plan = graph.plan(inputs, outputs)) {
        List<float[]> found = forward(plan, numbers, y);
        for (int k = 0; k < y.size(); k++) {
          close(found.get(k), y.get(k), "y " + k);
          plan.outputGradient(k, dy.get(k).floats());
        }
        plan.backward();
        List<float[]> slopes = new ArrayList<>();
        for (int k = 0; k < x.size(); k++) {
          slopes.add(new float[numbers.get(k).length]);
          plan.inputGradient(k, slopes.get(k));
          close(slopes.get(k), all(golden, "dx").get(k), "dx " + k);
        }
        JsonObject gradients = golden.object("gradients");
        for (String name : gradients.keySet()) {
          close(
              read(parameters, Parameters.Vector.GRADIENT, name),
              values(gradients, name),
              "gradient of " + name);
        }
        assertSlope(plan, numbers, slopes, y, dy);
      }
    }
  }

  /** A query and a value, where one is both. */
  private static <T> List<T> both(List<T> given) {
    return new ArrayList<>(given.size() > 1 ? given : List.of(given.get(0), given.get(0)));
  }

  /** The values change along a random direction of the inputs as the gradients say. */
  private static void assertSlope(
      Plan plan,
      List<float[]> numbers,
      List<float[]> slopes,
      List<Golden.Values> y,
      List<Golden.Values> dy) {
    Random random = new Random(5);
    double step = 1e-2;
    double expected = 0;
    double size = 0;
    List<float[]> ahead = new ArrayList<>(numbers);
    List<float[]> behind = new ArrayList<>(numbers);
    for (int k = 0; k < slopes.size(); k++) {
      ahead.set(k, numbers.get(k).clone());
      behind.set(k, numbers.get(k).clone());
      for (int i = 0; i < numbers.get(k).length; i++) {
        double direction = random.nextGaussian();
        ahead.get(k)[i] += (float) (step * direction);
        behind.get(k)[i] -= (float) (step * direction);
        expected += slopes.get(k)[i] * direction;
        size += Math.abs(slopes.get(k)[i] * direction);
      }
    }
    double change = total(forward(plan, ahead, y), dy) - total(forward(plan, behind, y), dy);
    assertThat(change / (2 * step)).isCloseTo(expected, within(0.01 * size + 0.01));
  }

  private static double total(List<float[]> y, List<Golden.Values> dy) {
    double sum = 0;
    for (int k = 0; k < y.size(); k++) {
      for (int i = 0; i < y.get(k).length; i++) {
        sum += y.get(k)[i] * dy.get(k).data()[i];
      }
    }
    return sum;
  }

  private static List<float[]> forward(Plan plan, List<float[]> x, List<Golden.Values> y) {
    for (int k = 0; k < x.size(); k++) {
      plan.input(k, x.get(k));
    }
    plan.forward();
    List<float[]> found = new ArrayList<>();
    for (int k = 0; k < y.size(); k++) {
      found.add(new float[y.get(k).data().length]);
      plan.output(k, found.get(k));
    }
    return found;
  }

  private static Layer called(Golden.Case golden) {
    Layer layer = Golden.read(LAYERS, golden.text("layer"), golden.object("settings"));
    for (Map.Entry<String, JsonElement> each : golden.object("call").entrySet()) {
      layer = layer.calledWith(each.getKey(), each.getValue().getAsBoolean()).orElseThrow();
    }
    if (golden.json().has("attention_mask")) {
      layer = layer.calledWith("attention_mask", Map.of()).orElseThrow();
    }
    return layer;
  }

  private static Golden.Values values(JsonObject all, String name) {
    return Golden.Values.of(all.getAsJsonObject(name));
  }

  private static List<Golden.Values> all(Golden.Case golden, String field) {
    List<Golden.Values> all = new ArrayList<>();
    for (JsonElement element : golden.json().getAsJsonArray(field)) {
      all.add(Golden.Values.of(element.getAsJsonObject()));
    }
    return all;
  }

  private static void write(Parameters parameters, String name, float[] values) {
    Parameters.Slot slot = parameters.slot(name);
    parameters.write(slot.vector(), slot.offset(), values, values.length);
  }

  private static float[] read(Parameters parameters, Parameters.Vector vector, String name) {
    Parameters.Slot slot = parameters.slot(name);
    float[] values = new float[slot.size()];
    parameters.read(vector, slot.offset(), values, values.length);
    return values;
  }

  private static int[] sample(int... shape) {
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  private static void close(float[] actual, Golden.Values expected, String what) {
    // The gradient of a key's bias is 0, a difference of much larger numbers.
    double scale = Math.max(1, Arrays.stream(expected.data()).map(Math::abs).max().orElse(1));
    assertThat(actual).as(what).hasSize(expected.data().length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", what, i)
          .isCloseTo(expected.data()[i], within(3e-6 * scale));
    }
  }
}
