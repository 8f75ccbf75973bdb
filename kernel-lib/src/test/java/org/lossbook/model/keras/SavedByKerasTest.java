package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.loadModel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.model.Model;
import org.lossbook.model.TrainingStep;
import org.lossbook.testing.Golden;

/** Models that Keras saved predict and train on as they do there. */
class SavedByKerasTest {
  static Stream<Golden.Case> models() {
    return Golden.cases("saved_models");
  }

  static Stream<Golden.Case> compiled() {
    return models().filter(golden -> golden.json().has("batches"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void itPredictsAsThere(Golden.Case golden) {
    try (Model model = loadModel(file(golden))) {
      close(model.predictValues(inputs(golden.json())).toFloats(), golden.tensor("y"), "ŷ", 1);
    }
  }

  @ParameterizedTest
  @MethodSource("compiled")
  void itTrainsOnAsThere(Golden.Case golden) {
    try (Model model = loadModel(file(golden))) {
      for (JsonElement batch : golden.json().getAsJsonArray("batches")) {
        JsonObject numbers = batch.getAsJsonObject();
        Dataset data =
            Dataset.of(inputs(numbers), values(Golden.Values.of(numbers.getAsJsonObject("y"))));
        try (TrainingStep step = model.trainingStep(data.size())) {
          step.load(data, IntStream.range(0, data.size()).toArray(), 0);
          step.run();
        }
      }
      JsonObject after = golden.object("after");
      assertThat(after.keySet()).hasSameSizeAs(model.weightNames());
      for (String name : after.keySet()) {
        close(
            model.weightValues(name).toFloats(),
            Golden.Values.of(after.getAsJsonObject(name)),
            name,
            1);
      }
    }
  }

  private static void close(float[] received, Golden.Values expected, String what, double size) {
    assertThat(received).as(what).hasSameSizeAs(expected.floats());
    for (int i = 0; i < received.length; i++) {
      double wanted = expected.data()[i];
      assertThat((double) received[i])
          .as("%s[%d]", what, i)
          .isCloseTo(wanted, within(1e-5 * Math.max(size, Math.abs(wanted))));
    }
  }

  /** One value, or a list of them where the model has several inputs. */
  private static Object inputs(JsonObject numbers) {
    List<Object> inputs = new ArrayList<>();
    for (JsonElement each : numbers.getAsJsonArray("x")) {
      inputs.add(values(Golden.Values.of(each.getAsJsonObject())));
    }
    return inputs.size() == 1 ? inputs.get(0) : inputs;
  }

  private static Values values(Golden.Values tensor) {
    return Values.of(tensor.floats(), tensor.shape());
  }

  static String file(Golden.Case golden) {
    try {
      return Path.of(
              SavedByKerasTest.class
                  .getResource("/golden/keras/" + golden.text("name") + ".keras")
                  .toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
