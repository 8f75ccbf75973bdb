package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.layer.Regularized;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.Loss;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.testing.Golden;
import org.lossbook.testing.GoldenOptimizers;

/** Regularizers and constraints beside Keras: losses and weights through three steps. */
class RegularizerGoldenTest {
  static Stream<Arguments> runs() {
    return Golden.cases("regularizers")
        .flatMap(
            network ->
                objects(network.json(), "runs")
                    .map(run -> Arguments.of(network, new Golden.Case(run), name(run))));
  }

  private static String name(JsonObject run) {
    return run.get("optimizer").getAsString();
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("runs")
  void costsAndLimitsAreThoseOfKeras(Golden.Case golden, Golden.Case run, String title) {
    Optimizer optimizer = GoldenOptimizers.of(run.text("optimizer"), run.object("settings"));
    try (Model model = model(golden, optimizer)) {
      List<Dataset> batches =
          objects(golden.json(), "batches")
              .map(batch -> Dataset.of(values(batch, "x"), values(batch, "y")))
              .toList();
      JsonArray losses = run.json().getAsJsonArray("losses");
      for (int i = 0; i < batches.size(); i++) {
        Dataset batch = batches.get(i);
        var once = epochs(1).batchSize(batch.size()).shuffle(false).quiet();
        close(model.fit(batch, once).last("loss"), losses.get(i).getAsDouble(), "loss " + i);
      }
      double ended = model.evaluate(batches.get(batches.size() - 1)).get("loss");
      close(ended, run.json().get("ended").getAsDouble(), "the loss in the end");
      JsonObject after = run.object("after");
      for (String name : after.keySet()) {
        double[] expected = Golden.Values.of(after.getAsJsonObject(name)).data();
        float[] actual = model.weightValues(name).toFloats();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
          close(actual[i], expected[i], name + ", number " + i);
        }
      }
    }
  }

  private static void close(double actual, double expected, String what) {
    assertThat(actual).as(what).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
  }

  private static Model model(Golden.Case golden, Optimizer optimizer) {
    List<Layer> layers = new ArrayList<>();
    layers.add(input(Golden.ints(golden.json().get("input"))));
    objects(golden.json(), "network").forEach(layer -> layers.add(layer(layer)));
    Loss loss =
        switch (golden.text("loss")) {
          case "mse" -> mse();
          case "categorical_crossentropy" -> categoricalCrossentropy();
          default -> sparseCategoricalCrossentropy();
        };
    Model model = sequential(layers.toArray(Layer[]::new)).compile(optimizer, loss);
    JsonObject weights = golden.object("weights");
    for (String name : weights.keySet()) {
      Golden.Values values = Golden.Values.of(weights.getAsJsonObject(name));
      model.weights(name, Values.of(values.data(), values.shape()));
    }
    return model;
  }

  static Layer layer(JsonObject json) {
    JsonObject settings = json.getAsJsonObject("settings");
    JsonObject plain = settings.deepCopy();
    plain.keySet().removeIf(name -> name.endsWith("_regularizer") || name.endsWith("_constraint"));
    Layer layer = Golden.read(LAYERS, json.get("layer").getAsString(), plain);
    return layer instanceof Regularized<?> r ? regularized(r, settings) : layer;
  }

  private static Layer regularized(Regularized<?> plain, JsonObject settings) {
    Regularized<?> layer = plain;
    if (settings.has("kernel_regularizer")) {
      layer = layer.kernelRegularizer(penalty(settings, "kernel_regularizer"));
    }
    if (settings.has("bias_regularizer")) {
      layer = layer.biasRegularizer(penalty(settings, "bias_regularizer"));
    }
    if (settings.has("activity_regularizer")) {
      layer = layer.activityRegularizer(penalty(settings, "activity_regularizer"));
    }
    if (settings.has("kernel_constraint")) {
      layer = layer.kernelConstraint(constraint(settings.getAsJsonObject("kernel_constraint")));
    }
    if (settings.has("bias_constraint")) {
      layer = layer.biasConstraint(constraint(settings.getAsJsonObject("bias_constraint")));
    }
    return layer;
  }

  private static Regularizer penalty(JsonObject settings, String name) {
    JsonObject factors = settings.getAsJsonObject(name);
    if (factors.has("factor")) {
      Regularizer ofRows = orthogonalRegularizer(factors.get("factor").getAsDouble());
      return factors.get("mode").getAsString().equals("rows") ? ofRows : ofRows.ofColumns();
    }
    return l1l2(
        factors.has("l1") ? factors.get("l1").getAsDouble() : 0,
        factors.has("l2") ? factors.get("l2").getAsDouble() : 0);
  }

  private static Constraint constraint(JsonObject constraint) {
    if (constraint.has("min_max_norm")) {
      JsonArray of = constraint.getAsJsonArray("min_max_norm");
      return minMaxNorm(of.get(0).getAsDouble(), of.get(1).getAsDouble())
          .rate(of.get(2).getAsDouble());
    }
    return constraint.has("max_norm")
        ? maxNorm(constraint.get("max_norm").getAsDouble())
        : constraint.has("unit_norm") ? unitNorm() : nonNegative();
  }

  private static Values values(JsonObject object, String field) {
    Golden.Values values = Golden.Values.of(object.getAsJsonObject(field));
    return Values.of(values.floats(), values.shape());
  }

  private static Stream<JsonObject> objects(JsonObject json, String field) {
    return StreamSupport.stream(json.getAsJsonArray(field).spliterator(), false)
        .map(element -> element.getAsJsonObject());
  }
}
