package org.lossbook.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.config.Config;
import org.lossbook.data.Values;
import org.lossbook.metric.regression.R2;
import org.lossbook.metric.regression.VarianceTally;
import org.lossbook.metric.saved.MetricRegistry;
import org.lossbook.testing.Golden;

/** Every metric says what Keras or the definition says, however its samples come in batches. */
class MetricGoldenTest {
  private static final String PACKAGE = Metric.class.getPackageName();
  private static final int[] BATCHES = {Integer.MAX_VALUE, 64, 7, 1};

  /** One figure of one set. */
  record Figure(Golden.Case set, JsonObject json) {
    Metric metric() {
      return metric(json.get("metric").getAsString(), json.getAsJsonObject("settings"));
    }

    private static Metric metric(String name, JsonObject settings) {
      String className =
          MetricRegistry.METRICS.classes().stream()
              .filter(
                  each ->
                      Stream.of(name, name + "Score", name.replace("exact", ""))
                          .anyMatch(each::equalsIgnoreCase))
              .findFirst()
              .orElseThrow();
      Config config = Config.of("keras.metrics", className);
      for (Map.Entry<String, JsonElement> setting : settings.entrySet()) {
        config = with(config, setting.getKey(), setting.getValue());
      }
      return MetricRegistry.METRICS.read(config);
    }

    /** None as average stands for a figure of each class, of which the macro average has some. */
    private static Config with(Config config, String name, JsonElement value) {
      if (value.isJsonNull()) {
        return name.equals("average") ? config.with(name, "macro") : config.without(name);
      }
      if (value.isJsonArray()) {
        return config.with(name, Golden.ints(value));
      }
      JsonPrimitive given = value.getAsJsonPrimitive();
      if (given.isBoolean()) {
        return config.with(name, given.getAsBoolean());
      }
      boolean isCount = Set.of("Precision", "Recall", "Specificity").contains(config.className());
      return config.with(
          isCount && name.equals("threshold") ? "thresholds" : name,
          given.isString() ? given.getAsString() : (Object) given.getAsDouble());
    }

    boolean isWeighted() {
      return json.get("weighted").getAsBoolean();
    }

    Golden.Values y() {
      return set.tensor("yTrue");
    }

    Golden.Values yHat() {
      return set.tensor("yPred");
    }

    int width(Golden.Values values) {
      return values.data().length / values.shape()[0];
    }

    /** Where the prediction has positions, each is a row. */
    private SampleShape sample() {
      int[] shape = yHat().shape();
      int rows = shape.length > 2 ? shape[1] : 1;
      return new SampleShape(
          rows,
          width(y()) / rows,
          width(yHat()) / rows,
          shape.length == 1 ? new int[] {1} : Arrays.copyOfRange(shape, 1, shape.length));
    }

    /** Each sample's weight at all its rows. */
    private static float[] spread(float[] weights, int each) {
      float[] all = new float[weights.length * each];
      for (int i = 0; i < all.length; i++) {
        all[i] = weights[i / each];
      }
      return all;
    }

    double[] inBatchesOf(int size) {
      Metric.Tally tally = metric().tally(sample());
      fill(tally, size);
      tally.reset();
      fill(tally, size);
      if (json.has("value")) {
        return new double[] {tally.value()};
      }
      return tally instanceof VarianceTally spread
          ? spread.perOutput()
          : ((AveragedMetric.ClassFigures) tally).perClass();
    }

    private void fill(Metric.Tally tally, int size) {
      float[] y = y().floats();
      float[] yHat = yHat().floats();
      float[] weights = set.tensor("sampleWeight").floats();
      int n = y().shape()[0];
      int each = sample().rows();
      int width = y.length / n;
      int outputs = yHat.length / n;
      for (int from = 0; from < n; from += Math.min(size, n)) {
        int rows = Math.min(size, n - from);
        tally.add(
            part(y, from, rows, width),
            part(yHat, from, rows, outputs),
            isWeighted() ? spread(part(weights, from, rows, 1), each) : null,
            rows * each);
        if (from % 3 == 0) {
          tally.value(); // a display asks in between
        }
      }
    }

    private static float[] part(float[] all, int from, int rows, int width) {
      return Arrays.copyOfRange(all, from * width, (from + rows) * width);
    }

    double[] expected() {
      return json.has("value")
          ? new double[] {json.get("value").getAsDouble()}
          : Golden.Values.of(json.getAsJsonObject("values")).data();
    }

    @Override
    public String toString() {
      return "%s: %s %s%s"
          .formatted(
              set,
              json.get("metric").getAsString(),
              json.get("settings"),
              isWeighted() ? ", weighted" : "");
    }
  }

  static Stream<Figure> figures() {
    return Golden.cases("metrics")
        .flatMap(
            set ->
                IntStream.range(0, set.json().getAsJsonArray("figures").size())
                    .mapToObj(i -> set.json().getAsJsonArray("figures").get(i).getAsJsonObject())
                    .map(json -> new Figure(set, json)));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void aFigureIsAsDefinedHoweverItsSamplesComeInBatches(Figure figure) {
    for (int size : BATCHES) {
      close(figure.inBatchesOf(size), figure.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("figures")
  void byHandItIsTheSame(Figure figure) {
    Values y = values(figure.y());
    Values yHat = values(figure.yHat());
    Values weights = values(figure.set().tensor("sampleWeight"));
    Metric metric = figure.metric();
    if (figure.json().has("value")) {
      close(
          new double[] {figure.isWeighted() ? metric.of(y, yHat, weights) : metric.of(y, yHat)},
          figure.expected());
    } else if (metric instanceof AveragedMetric<?> averaged) {
      PerClass each = averaged.perClass();
      close(figure.isWeighted() ? each.of(y, yHat, weights) : each.of(y, yHat), figure.expected());
    } else if (!figure.isWeighted()) {
      close(((R2) metric).perOutput(y, yHat), figure.expected());
    }
  }

  static Stream<Figure> areas() {
    return figures().filter(figure -> figure.json().has("keras"));
  }

  /** Keras counts at thresholds; with one between any two scores it meets the exact area. */
  @ParameterizedTest
  @MethodSource("areas")
  void anAreaIsWhatKerassComesNearWithMoreThresholds(Figure figure) {
    JsonObject keras = figure.json().getAsJsonObject("keras");
    double exact = figure.inBatchesOf(64)[0];
    assertThat(keras.get("200").getAsDouble()).isCloseTo(exact, within(0.02));
    assertThat(keras.get("8194").getAsDouble()).isCloseTo(exact, within(1e-6));
  }

  @Test
  void everyMetricIsComparedOnEnoughRows() {
    for (String name : metrics().toList()) {
      int rows =
          figures()
              .filter(f -> f.json().get("metric").getAsString().equals(name))
              .map(Figure::set)
              .distinct()
              .mapToInt(set -> set.tensor("yTrue").shape()[0])
              .sum();
      assertThat(rows).as(name).isGreaterThanOrEqualTo(200);
    }
  }

  /** The factories of metrics that are no losses, by name; {@code accuracy} is one of three. */
  private static Stream<String> metrics() {
    return Arrays.stream(org.lossbook.Lossbook.class.getMethods())
        .filter(factory -> Metric.class.isAssignableFrom(factory.getReturnType()))
        .filter(factory -> factory.getReturnType().getPackageName().startsWith(PACKAGE))
        .map(factory -> factory.getName().equals("f1") ? "fBeta" : factory.getName())
        .filter(name -> !name.equals("accuracy"))
        .distinct();
  }

  private static Values values(Golden.Values stored) {
    return Values.of(stored.data(), stored.shape());
  }

  private static void close(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-9 * (1 + Math.abs(expected[i]))));
    }
  }
}
