package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.loadModel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.model.Model;
import org.lossbook.model.TrainingStep;
import org.lossbook.testing.Golden;
import org.lossbook.training.fit.Evaluation;

/** What the older of Keras's files hold predicts, judges and trains on as it did there. */
public class Keras2FilesTest {
  static final List<String> VERSIONS = List.of("2.13", "2.14", "2.15", "3.15");

  /** A file, and what Keras says of it. */
  record Case(String file, JsonObject golden) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Case> files() {
    return VERSIONS.stream()
        .flatMap(version -> Golden.cases("old_models_" + version))
        .flatMap(
            golden ->
                StreamSupport.stream(golden.json().getAsJsonArray("files").spliterator(), false)
                    .map(file -> new Case(file.getAsString(), golden.json())));
  }

  static Stream<Case> judged() {
    return files()
        .filter(each -> each.golden.has("figures"))
        .filter(each -> !each.file.startsWith("legacy_nadam"));
  }

  static Stream<Case> trained() {
    return judged().filter(each -> each.golden.has("batches"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void itPredictsAsThere(Case each) {
    try (Model model = loadModel(path(each.file))) {
      JsonArray y = each.golden.getAsJsonArray("y");
      Object x = inputs(each.golden.getAsJsonArray("x"));
      for (int i = 0; i < y.size(); i++) {
        Values predicted =
            y.size() == 1
                ? model.predictValues(x)
                : model.predictValues(
                    x, each.golden.getAsJsonArray("outputs").get(i).getAsString());
        close(predicted.toFloats(), values(y.get(i)), "output " + i);
      }
    }
  }

  /** A layer that came later has its golden file, of Keras 3. */
  private static final Set<String> LAYERS =
      Set.of(
          "InputLayer",
          "Dense",
          "Conv2D",
          "MaxPooling2D",
          "AveragePooling2D",
          "GlobalMaxPooling2D",
          "GlobalAveragePooling2D",
          "BatchNormalization",
          "Dropout",
          "Add",
          "Subtract",
          "Multiply",
          "Average",
          "Maximum",
          "Minimum",
          "Concatenate",
          "Dot",
          "SpatialDropout2D",
          "GaussianDropout",
          "GaussianNoise",
          "Flatten",
          "Reshape",
          "Activation",
          "ReLU",
          "LeakyReLU",
          "ELU",
          "Softmax");

  @Test
  void everyLayerIsInBothForms() {
    for (String form : List.of("-2.15.h5", "-2.15.keras", "-3.15.h5")) {
      Set<String> there = new HashSet<>();
      files()
          .filter(each -> each.file.endsWith(form))
          .forEach(
              each ->
                  each.golden.getAsJsonArray("layers").forEach(l -> there.add(l.getAsString())));
      assertThat(there).as(form).containsAll(LAYERS);
    }
  }

  private static void close(float[] received, Golden.Values expected, String what) {
    assertThat(received).as(what).hasSameSizeAs(expected.floats());
    for (int i = 0; i < received.length; i++) {
      double wanted = expected.data()[i];
      assertThat((double) received[i])
          .as("%s[%d]", what, i)
          .isCloseTo(wanted, within(1e-5 * Math.max(1, Math.abs(wanted))));
    }
  }

  private static Object inputs(JsonArray x) {
    List<Object> inputs = new ArrayList<>();
    for (JsonElement each : x) {
      Golden.Values tensor = values(each);
      inputs.add(Values.of(tensor.floats(), tensor.shape()));
    }
    return inputs.size() == 1 ? inputs.get(0) : inputs;
  }

  private static Golden.Values values(JsonElement tensor) {
    return Golden.Values.of(tensor.getAsJsonObject());
  }

  public static String path(String file) {
    return Keras2FilesTest.class.getResource("/golden/old/" + file).getPath();
  }

  @ParameterizedTest
  @MethodSource("judged")
  void itJudgesAsThere(Case each) {
    try (Model model = loadModel(path(each.file))) {
      Dataset data =
          Dataset.of(
              inputs(each.golden.getAsJsonArray("x")), inputs(each.golden.getAsJsonArray("truth")));
      Evaluation evaluation = model.evaluate(data);
      JsonObject figures = each.golden.getAsJsonObject("figures");
      for (String name : figures.keySet()) {
        double wanted = figures.get(name).getAsDouble();
        assertThat(evaluation.get(name))
            .as(name)
            .isCloseTo(wanted, within(1e-5 * Math.max(1, Math.abs(wanted))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("trained")
  void itTrainsOnAsThere(Case each) {
    try (Model model = loadModel(path(each.file))) {
      for (JsonElement batch : each.golden.getAsJsonArray("batches")) {
        Golden.Values x = values(batch.getAsJsonObject().get("x"));
        Golden.Values y = values(batch.getAsJsonObject().get("y"));
        Dataset data =
            Dataset.of(Values.of(x.floats(), x.shape()), Values.of(y.floats(), y.shape()));
        try (TrainingStep step = model.trainingStep(data.size())) {
          step.load(data, IntStream.range(0, data.size()).toArray(), 0);
          step.run();
        }
      }
      JsonObject after = each.golden.getAsJsonObject("after");
      assertThat(after.keySet()).hasSameSizeAs(model.weightNames());
      for (String name : after.keySet()) {
        close(model.weightValues(name).toFloats(), values(after.get(name)), name);
      }
    }
  }
}
