package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.batchSize;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dice;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.vector;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.callback.History;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.testing.Golden;
import org.lossbook.testing.GoldenOptimizers;

/** What fit and evaluate come to beside Keras's, with all that they take. */
class FitGoldenTest {
  private static final Offset<Double> NEAR = Offset.offset(2e-5);
  private static final JsonObject DATA = Golden.cases("fit_data").findFirst().orElseThrow().json();

  static Stream<Golden.Case> fits() {
    return Golden.cases("fit");
  }

  static Stream<Golden.Case> evaluations() {
    return Golden.cases("evaluate");
  }

  @ParameterizedTest
  @MethodSource("fits")
  void aFitMeasuresTheFiguresOfKerasAndEndsWithItsWeights(Golden.Case golden) {
    var optimizer = GoldenOptimizers.of(golden.text("optimizer"), golden.object("settings"));
    try (Model model = model(optimizer, binaryCrossentropy())) {
      for (JsonElement each : golden.json().getAsJsonArray("fits")) {
        JsonObject run = each.getAsJsonObject();
        History history = model.fit(data("train"), options(run.getAsJsonObject("arguments")));

        assertThat(history.epochs().stream().map(History.Epoch::number).toArray())
            .isEqualTo(boxed(run.get("epochs")));
        var expected = run.getAsJsonObject("history");
        assertThat(history.names()).isEqualTo(new HashSet<>(expected.keySet()));
        for (String name : expected.keySet()) {
          near(history.get(name), expected.get(name), name);
        }
        List<Double> weights = new ArrayList<>();
        for (String name : model.weightNames()) {
          for (float value : model.weightValues(name).toFloats()) {
            weights.add((double) value);
          }
        }
        near(weights, run.getAsJsonObject("weights").get("data"), "weights");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("evaluations")
  void evaluateMeasuresTheFiguresOfKeras(Golden.Case golden) {
    Loss loss = golden.text("loss").equals("dice") ? dice() : binaryCrossentropy();
    EvaluateOptions options = batchSize(golden.json().get("batch_size").getAsInt());
    if (golden.json().get("weighted").getAsBoolean()) {
      options = options.sampleWeight(weights("train"));
    }
    try (Model model = model(sgd(), loss)) {
      Evaluation evaluation = model.evaluate(data("train"), options);

      JsonObject figures = golden.object("figures");
      assertThat(evaluation.figures().keySet()).isEqualTo(figures.keySet());
      for (String name : figures.keySet()) {
        assertThat(evaluation.get(name)).as(name).isCloseTo(figures.get(name).getAsDouble(), NEAR);
      }
    }
  }

  private static Model model(Optimizer optimizer, Loss loss) {
    return sequential(input(2), dense(1).sigmoid())
        .compile(
            optimizer,
            loss,
            accuracy(),
            mae(),
            accuracy().sampleWeighted(),
            mae().sampleWeighted(),
            mse().sampleWeighted())
        .weights("dense/kernel", vector(0.5, -0.25))
        .weights("dense/bias", vector(0.125));
  }

  private static FitOptions options(JsonObject arguments) {
    FitOptions options = epochs(arguments.get("epochs").getAsInt()).shuffle(false).silent();
    for (var each : arguments.entrySet()) {
      JsonElement value = each.getValue();
      options =
          switch (each.getKey()) {
            case "epochs" -> options;
            case "batch_size" -> options.batchSize(value.getAsInt());
            case "steps_per_epoch" -> options.stepsPerEpoch(value.getAsInt());
            case "initial_epoch" -> options.initialEpoch(value.getAsInt());
            case "validation_freq" -> options.validationFrequency(value.getAsInt());
            case "sample_weight" -> options.sampleWeight(weights("train"));
            case "class_weight" -> options.classWeight(byClass(value.getAsJsonObject()));
            case "validation" ->
                value.getAsString().equals("weighted")
                    ? options.validation(data("validation"), weights("validation"))
                    : options.validation(data("validation"));
            default -> throw new AssertionError(each.getKey());
          };
    }
    return options;
  }

  private static Map<Integer, Double> byClass(JsonObject weights) {
    Map<Integer, Double> all = new HashMap<>();
    weights
        .entrySet()
        .forEach(each -> all.put(Integer.valueOf(each.getKey()), each.getValue().getAsDouble()));
    return all;
  }

  private static Dataset data(String name) {
    JsonObject set = DATA.getAsJsonObject(name);
    return Dataset.of(values(set, "x"), values(set, "y"));
  }

  private static Values weights(String name) {
    return values(DATA.getAsJsonObject(name), "weights");
  }

  private static Values values(JsonObject set, String name) {
    var tensor = Golden.Values.of(set.getAsJsonObject(name));
    return Values.of(tensor.data(), tensor.shape());
  }

  private static Object[] boxed(JsonElement numbers) {
    return java.util.Arrays.stream(Golden.ints(numbers)).boxed().toArray();
  }

  private static void near(List<Double> values, JsonElement expected, String name) {
    assertThat(values).as(name).hasSize(expected.getAsJsonArray().size());
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i))
          .as("%s[%d]", name, i)
          .isCloseTo(expected.getAsJsonArray().get(i).getAsDouble(), NEAR);
    }
  }
}
