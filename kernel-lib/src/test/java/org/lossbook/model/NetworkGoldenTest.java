package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.loss.Loss;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.testing.Golden;
import org.lossbook.testing.GoldenOptimizers;
import org.lossbook.training.TrainingPlan;
import org.lossbook.training.fit.FitOptions;

/** Whole networks beside Keras: predictions, losses, gradients, and the weights after training. */
class NetworkGoldenTest {
  static Stream<Golden.Case> networks() {
    return Golden.cases("networks");
  }

  static Stream<Arguments> runs() {
    return networks()
        .flatMap(
            network ->
                objects(network.json(), "runs")
                    .map(run -> Arguments.of(network, new Golden.Case(run), title(run))));
  }

  private static String title(JsonObject run) {
    return run.get("optimizer").getAsString() + " " + run.get("settings");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theFirstBatchGivesTheOutputsLossAndGradientsOfKeras(Golden.Case golden) {
    try (Model model = model(golden, sgd())) {
      Dataset batch = batches(golden).get(0);
      var first = new Golden.Case(golden.object("first"));

      // In training, where batch normalization takes the batch's statistics.
      try (TrainingPlan plan = model.trainingStep(batch.size()).plan()) {
        plan.load(batch, IntStream.range(0, batch.size()).toArray(), 0);
        double loss = plan.forward();
        plan.backward();

        close(plan.head(0).predictions(), first.tensor("output"), "output");
        assertThat(loss).isCloseTo(first.json().get("loss").getAsDouble(), within(loss));
        JsonObject gradients = first.object("gradients");
        for (String name : gradients.keySet()) {
          close(
              ModelState.of("test", model).compiled().gradient(name).toFloats(),
              Golden.Values.of(gradients.getAsJsonObject(name)),
              "gradient of " + name);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("runs")
  void trainingMovesLossesAndWeightsAsInKeras(Golden.Case golden, Golden.Case run, String title) {
    Optimizer optimizer = GoldenOptimizers.of(run.text("optimizer"), run.object("settings"));
    try (Model model = model(golden, optimizer)) {
      List<Double> losses = new ArrayList<>();
      for (Dataset batch : batches(golden)) {
        var once = FitOptions.epochs(1).batchSize(batch.size()).shuffle(false).quiet();
        losses.add(model.fit(batch, once).last("loss"));
      }

      JsonArray expected = run.json().getAsJsonArray("losses");
      for (int i = 0; i < losses.size(); i++) {
        double value = expected.get(i).getAsDouble();
        assertThat(losses.get(i)).as("loss %d", i).isCloseTo(value, within(value));
      }
      JsonObject after = run.object("after");
      for (String name : after.keySet()) {
        close(
            model.weightValues(name).toFloats(),
            Golden.Values.of(after.getAsJsonObject(name)),
            name);
      }
    }
  }

  private static Model model(Golden.Case golden, Optimizer optimizer) {
    List<Layer> layers = new ArrayList<>();
    layers.add(input(Golden.ints(golden.json().get("input"))));
    objects(golden.json(), "network").forEach(layer -> layers.add(layer(layer)));
    Model model =
        Sequential.sequential(layers.toArray(Layer[]::new))
            .compile(optimizer, loss(golden.text("loss")));
    JsonObject weights = golden.object("weights");
    for (String name : weights.keySet()) {
      Golden.Values values = Golden.Values.of(weights.getAsJsonObject(name));
      model.weights(name, Values.of(values.data(), values.shape()));
    }
    assertThat(model.weightNames()).containsExactlyInAnyOrderElementsOf(weights.keySet());
    return model;
  }

  private static Layer layer(JsonObject layer) {
    return Golden.read(LAYERS, layer.get("layer").getAsString(), layer.getAsJsonObject("settings"));
  }

  private static Loss loss(String name) {
    return switch (name) {
      case "sparse_categorical_crossentropy" -> sparseCategoricalCrossentropy();
      case "categorical_crossentropy" -> categoricalCrossentropy();
      case "binary_crossentropy" -> binaryCrossentropy();
      case "mse", "mean_squared_error" -> mse();
      default -> throw new AssertionError("no word for " + name);
    };
  }

  private static List<Dataset> batches(Golden.Case golden) {
    return objects(golden.json(), "batches")
        .map(batch -> Dataset.of(values(batch, "x"), values(batch, "y")))
        .toList();
  }

  private static Values values(JsonObject object, String field) {
    Golden.Values values = Golden.Values.of(object.getAsJsonObject(field));
    return Values.of(values.floats(), values.shape());
  }

  private static Stream<JsonObject> objects(JsonObject json, String field) {
    return StreamSupport.stream(json.getAsJsonArray(field).spliterator(), false)
        .map(element -> element.getAsJsonObject());
  }

  private static void close(float[] actual, Golden.Values expected, String what) {
    assertThat(actual.length).as(what).isEqualTo(expected.data().length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s, number %d", what, i)
          .isCloseTo(expected.data()[i], within(expected.data()[i]));
    }
  }

  private static Offset<Double> within(double expected) {
    return Offset.offset(2e-5 + 2e-4 * Math.abs(expected));
  }
}
