package org.lossbook.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.metric.Direction;
import org.lossbook.testing.Golden;

/** Callbacks decide as Keras's do, on runs whose figures are given. */
class CallbackGoldenTest {
  static Stream<Golden.Case> stops() {
    return Golden.cases("callbacks").filter(c -> c.text("callback").equals("earlyStopping"));
  }

  static Stream<Golden.Case> plateaus() {
    return Golden.cases("callbacks").filter(c -> c.text("callback").equals("reduceLrOnPlateau"));
  }

  @ParameterizedTest
  @MethodSource("stops")
  void earlyStoppingStopsAndRestoresWhereKerasDoes(Golden.Case golden) {
    var run = new GivenRun(numbers(golden, "figures"));
    JsonObject settings = golden.object("settings");
    EarlyStopping callback =
        EarlyStopping.earlyStopping()
            .restoreBestWeights()
            .patience(settings.get("patience").getAsInt())
            .mode(settings.get("mode").getAsString());
    if (settings.has("min_delta")) {
      callback = callback.minDelta(settings.get("min_delta").getAsDouble());
    }
    if (settings.has("baseline")) {
      callback = callback.baseline(settings.get("baseline").getAsDouble());
    }
    if (settings.has("start_from_epoch")) {
      callback = callback.startFromEpoch(settings.get("start_from_epoch").getAsInt());
    }

    Callback.Watcher watcher = callback.start(run);
    while (run.goesOn()) {
      watcher.endEpoch();
    }
    watcher.end();

    assertThat(run.epoch).isEqualTo(golden.json().get("epochs").getAsInt());
    assertThat(run.stopped).isEqualTo(golden.json().get("stopped").getAsBoolean());
    assertThat(run.weights).isEqualTo(golden.json().get("weights").getAsInt());
  }

  @ParameterizedTest
  @MethodSource("plateaus")
  void aPlateauTakesTheRateWhereKerasDoes(Golden.Case golden) {
    var run = new GivenRun(numbers(golden, "figures"));
    JsonObject settings = golden.object("settings");
    ReduceLrOnPlateau callback =
        ReduceLrOnPlateau.reduceLrOnPlateau()
            .patience(settings.get("patience").getAsInt())
            .mode(settings.get("mode").getAsString());
    if (settings.has("factor")) {
      callback = callback.factor(settings.get("factor").getAsDouble());
    }
    if (settings.has("min_delta")) {
      callback = callback.minDelta(settings.get("min_delta").getAsDouble());
    }
    if (settings.has("cooldown")) {
      callback = callback.cooldown(settings.get("cooldown").getAsInt());
    }
    if (settings.has("min_lr")) {
      callback = callback.minLr(settings.get("min_lr").getAsDouble());
    }

    Callback.Watcher watcher = callback.start(run);
    double[] rates = numbers(golden, "rates");
    while (run.goesOn()) {
      watcher.endEpoch();
      double there = rates[run.epoch - 1];
      assertThat(run.rate).as("epoch %d", run.epoch).isCloseTo(there, within(1e-12 * there));
    }
    assertThat(run.epoch).isEqualTo(rates.length);
  }

  private static double[] numbers(Golden.Case golden, String field) {
    return StreamSupport.stream(golden.json().getAsJsonArray(field).spliterator(), false)
        .mapToDouble(JsonElement::getAsDouble)
        .toArray();
  }

  /** A run whose figures are given; its weights are the number of the epoch. */
  private static final class GivenRun implements Run {
    private final double[] values;
    private int epoch;
    private int weights;
    private double rate = 0.5;
    private boolean stopped;

    private record Weights(int epoch) implements Snapshot {}

    GivenRun(double[] values) {
      this.values = values;
    }

    boolean goesOn() {
      if (stopped || epoch == values.length) {
        return false;
      }
      weights = ++epoch;
      return true;
    }

    @Override
    public int epoch() {
      return epoch;
    }

    @Override
    public int epochs() {
      return values.length;
    }

    @Override
    public int batch() {
      return 1;
    }

    @Override
    public int batches() {
      return 1;
    }

    @Override
    public List<String> names() {
      return List.of("val_loss");
    }

    @Override
    public Map<String, Double> figures() {
      return Map.of("val_loss", figure("val_loss"));
    }

    @Override
    public double figure(String name) {
      return values[epoch - 1];
    }

    @Override
    public Direction direction(String name) {
      return Direction.DOWN;
    }

    @Override
    public double learningRate() {
      return rate;
    }

    @Override
    public void learningRate(double rate) {
      this.rate = rate;
    }

    @Override
    public Snapshot snapshot() {
      return new Weights(weights);
    }

    @Override
    public void restore(Snapshot snapshot) {
      weights = ((Weights) snapshot).epoch;
    }

    @Override
    public void save(String file) {}

    @Override
    public void stop(String reason) {
      stopped = true;
    }

    @Override
    public void note(String text) {}
  }
}
