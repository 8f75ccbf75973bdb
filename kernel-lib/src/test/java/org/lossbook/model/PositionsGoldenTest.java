package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.reshape;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.loss.Loss;
import org.lossbook.loss.saved.LossRegistry;
import org.lossbook.testing.Golden;
import org.lossbook.training.fit.FitOptions;

/**
 * Networks with a target at every position beside Keras: losses, and the weights of three steps.
 */
class PositionsGoldenTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-4);

  static Stream<Golden.Case> cases() {
    return Golden.cases("positions");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictionsLossesAndWeightsAreThoseOfKeras(Golden.Case golden) {
    Loss loss = loss(golden);
    Values x = values(golden.object("x"));
    Values y = values(golden.object("y"));
    try (Model model = network(golden).compile(sgd().learningRate(rate(golden)), loss)) {
      JsonObject weights = golden.object("weights");
      weights.keySet().forEach(name -> model.weights(name, values(weights.getAsJsonObject(name))));
      Values said = model.predictValues(x);
      close(said, values(golden.object("predictions")), "predictions");
      double first = golden.json().getAsJsonArray("losses").get(0).getAsDouble();
      assertThat(byHand(loss, y, said, golden)).isCloseTo(first, within(first));
      assertThat(evaluated(model, x, y, golden)).isCloseTo(first, within(first));

      for (int step = 0; step < 3; step++) {
        double expected = golden.json().getAsJsonArray("losses").get(step).getAsDouble();
        FitOptions once = epochs(1).batchSize(4).shuffle(false).quiet();
        if (golden.json().has("sampleWeight")) {
          once = once.sampleWeight(values(golden.object("sampleWeight")));
        }
        assertThat(model.fit(x, y, once).last("loss")).isCloseTo(expected, within(expected));
        JsonObject after = golden.json().getAsJsonArray("after").get(step).getAsJsonObject();
        for (String name : after.keySet()) {
          close(model.weightValues(name), values(after.getAsJsonObject(name)), name);
        }
      }
    }
  }

  private static double byHand(Loss loss, Values y, Values said, Golden.Case golden) {
    return golden.json().has("sampleWeight")
        ? loss.of(y, said, values(golden.object("sampleWeight")))
        : loss.of(y, said);
  }

  private static double evaluated(Model model, Values x, Values y, Golden.Case golden) {
    return golden.json().has("sampleWeight")
        ? model.evaluate(x, y, values(golden.object("sampleWeight"))).get("loss")
        : model.evaluate(x, y).get("loss");
  }

  private static Loss loss(Golden.Case golden) {
    return Golden.read(LossRegistry.LOSSES, golden.text("loss"), golden.object("settings"));
  }

  private static Sequential network(Golden.Case golden) {
    int units =
        golden.object("weights").getAsJsonObject("last/bias").get("data").getAsJsonArray().size();
    var first = conv2d(4, 3).same().tanh().named("first");
    var last = conv2d(units, 1).activation(golden.text("end")).named("last");
    int[] shape = values(golden.object("predictions")).shape();
    return shape.length == 4
        ? sequential(input(5, 4, 2), first, last)
        : sequential(input(5, 4, 2), first, last, reshape(20, units));
  }

  private static double rate(Golden.Case golden) {
    return golden.json().get("rate").getAsDouble();
  }

  private static Values values(JsonObject tensor) {
    Golden.Values values = Golden.Values.of(tensor);
    return Values.of(values.data(), values.shape());
  }

  private static Offset<Double> within(double value) {
    return Offset.offset(1e-4 * Math.max(1, Math.abs(value)));
  }

  private static void close(Values is, Values expected, String what) {
    assertThat(Arrays.toString(is.shape())).as(what).isEqualTo(Arrays.toString(expected.shape()));
    assertThat(is.toDoubles()).as(what).containsExactly(expected.toDoubles(), CLOSE);
  }
}
