package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.callback.History;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.loss.Loss;
import org.lossbook.loss.saved.LossRegistry;
import org.lossbook.metric.Metric;
import org.lossbook.metric.saved.MetricRegistry;
import org.lossbook.testing.Golden;
import org.lossbook.training.fit.FitOptions;

/**
 * Networks whose steps are masked beside Keras: losses, metrics, and the weights of three steps.
 */
class MasksGoldenTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-5);

  static Stream<Golden.Case> cases() {
    return Golden.cases("masks");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictionsFiguresAndWeightsAreThoseOfKeras(Golden.Case golden) {
    Loss loss = Golden.read(LossRegistry.LOSSES, golden.text("loss"), golden.object("settings"));
    Values x = values(golden.object("x"));
    Values y = values(golden.object("y"));
    double rate = golden.json().get("rate").getAsDouble();
    try (Model model = network(golden).compile(sgd().learningRate(rate), loss, metrics(golden))) {
      JsonObject weights = golden.object("weights");
      weights.keySet().forEach(name -> model.weights(name, values(weights.getAsJsonObject(name))));
      close(model.predictValues(x), values(golden.object("predictions")), "predictions");
      Map<String, Double> first = figures(golden, 0);
      if (!weights.keySet().toString().contains("moving_mean")) { // which only training leaves out
        close(evaluated(model, x, y, golden), first);
      }
      assertThat(byHand(model, x, y, golden)).isCloseTo(first.get("loss"), CLOSE);
      for (int step = 0; step < 3; step++) {
        FitOptions once = epochs(1).batchSize(4).shuffle(false).quiet();
        if (golden.json().has("sampleWeight")) {
          once = once.sampleWeight(values(golden.object("sampleWeight")));
        }
        History history = model.fit(x, y, once);
        figures(golden, step)
            .forEach(
                (name, figure) -> assertThat(history.last(name)).as(name).isCloseTo(figure, CLOSE));
        JsonObject after = golden.json().getAsJsonArray("after").get(step).getAsJsonObject();
        for (String name : after.keySet()) {
          close(model.weightValues(name), values(after.getAsJsonObject(name)), name);
        }
      }
    }
  }

  private static Map<String, Double> evaluated(
      Model model, Values x, Values y, Golden.Case golden) {
    return golden.json().has("sampleWeight")
        ? model.evaluate(x, y, values(golden.object("sampleWeight"))).figures()
        : model.evaluate(x, y).figures();
  }

  private static double byHand(Model model, Values x, Values y, Golden.Case golden) {
    return golden.json().has("sampleWeight")
        ? model.loss(x, y, values(golden.object("sampleWeight"))).value()
        : model.loss(x, y).value();
  }

  private static Sequential network(Golden.Case golden) {
    int[] shape = values(golden.object("x")).shape();
    List<Layer> layers = new ArrayList<>();
    layers.add(input(Arrays.copyOfRange(shape, 1, shape.length)));
    for (JsonElement each : golden.json().getAsJsonArray("layers")) {
      JsonObject layer = each.getAsJsonObject();
      layers.add(
          Golden.read(LAYERS, layer.get("class").getAsString(), layer.getAsJsonObject("settings"))
              .named("layer" + (layers.size() - 1)));
    }
    return sequential(layers.toArray(Layer[]::new));
  }

  /** Each metric twice, by itself and by the samples' weights. */
  private static Metric[] metrics(Golden.Case golden) {
    List<Metric> metrics = new ArrayList<>();
    golden
        .json()
        .getAsJsonArray("metrics")
        .forEach(name -> metrics.add(metric(name.getAsString())));
    List<Metric> weighted = metrics.stream().map(Metric::sampleWeighted).toList();
    return Stream.concat(metrics.stream(), weighted.stream()).toArray(Metric[]::new);
  }

  private static Metric metric(String name) {
    return switch (name) {
      case "mse" -> mse();
      case "mae" -> mae();
      default -> Golden.read(MetricRegistry.METRICS, name, new JsonObject());
    };
  }

  private static Map<String, Double> figures(Golden.Case golden, int step) {
    Map<String, Double> figures = new TreeMap<>();
    golden
        .json()
        .getAsJsonArray("figures")
        .get(step)
        .getAsJsonObject()
        .entrySet()
        .forEach(figure -> figures.put(figure.getKey(), figure.getValue().getAsDouble()));
    return figures;
  }

  private static Values values(JsonObject tensor) {
    Golden.Values values = Golden.Values.of(tensor);
    return Values.of(values.data(), values.shape());
  }

  private static void close(Map<String, Double> is, Map<String, Double> expected) {
    assertThat(is.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    is.forEach((name, figure) -> assertThat(figure).as(name).isCloseTo(expected.get(name), CLOSE));
  }

  private static void close(Values is, Values expected, String what) {
    assertThat(Arrays.toString(is.shape())).as(what).isEqualTo(Arrays.toString(expected.shape()));
    assertThat(is.toDoubles()).as(what).containsExactly(expected.toDoubles(), CLOSE);
  }
}
