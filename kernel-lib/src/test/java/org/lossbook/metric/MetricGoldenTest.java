package org.lossbook.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.testing.Golden;

/** Every metric says what Keras or the definition says, however its samples come in batches. */
class MetricGoldenTest {
  private static final int[] BATCHES = {Integer.MAX_VALUE, 64, 7, 1};

  /** One figure of one set. */
  record Figure(Golden.Case set, JsonObject json) {
    Metric metric() {
      return metric(json.get("metric").getAsString(), json.getAsJsonObject("settings"));
    }

    private static Metric metric(String name, JsonObject settings) {
      return switch (name) {
        case "binaryAccuracy" ->
            settings.has("threshold")
                ? binaryAccuracy().threshold(number(settings, "threshold"))
                : binaryAccuracy();
        case "categoricalAccuracy" -> categoricalAccuracy();
        case "sparseCategoricalAccuracy" -> sparseCategoricalAccuracy();
        case "topKCategoricalAccuracy" -> topKCategoricalAccuracy(whole(settings, "k"));
        case "sparseTopKCategoricalAccuracy" -> sparseTopKCategoricalAccuracy(whole(settings, "k"));
        case "precision" -> counted(precision(), settings);
        case "recall" -> counted(recall(), settings);
        case "specificity" -> counted(specificity(), settings);
        case "fBeta" ->
            counted(settings.has("beta") ? fBeta(number(settings, "beta")) : f1(), settings);
        case "truePositives" -> counted(truePositives(), settings);
        case "trueNegatives" -> counted(trueNegatives(), settings);
        case "falsePositives" -> counted(falsePositives(), settings);
        case "falseNegatives" -> counted(falseNegatives(), settings);
        case "auc" ->
            averaged(
                text(settings, "curve").equals("PR") ? auc().precisionRecall() : auc(), settings);
        case "r2" -> {
          var plain =
              settings.has("num_regressors")
                  ? r2().adjusted(whole(settings, "num_regressors"))
                  : r2();
          yield text(settings, "class_aggregation").startsWith("variance")
              ? plain.varianceWeighted()
              : plain;
        }
        default -> throw new IllegalStateException(name);
      };
    }

    private static <M extends ConfusionMetric<M>> M counted(M plain, JsonObject settings) {
      M metric = averaged(plain, settings);
      for (String name : new String[] {"threshold", "thresholds"}) {
        metric = settings.has(name) ? metric.threshold(number(settings, name)) : metric;
      }
      return settings.has("top_k") ? metric.topK(whole(settings, "top_k")) : metric;
    }

    private static <M extends AveragedMetric<M>> M averaged(M plain, JsonObject settings) {
      if (settings.has("class_id")) {
        return plain.classId(whole(settings, "class_id"));
      }
      return switch (text(settings, "average")) {
        case "micro" -> plain.micro();
        case "macro" -> plain.macro();
        case "weighted" -> plain.weighted();
        default -> settings.has("average") ? plain.macro() : plain; // null: of each class
      };
    }

    private static String text(JsonObject settings, String name) {
      JsonElement value = settings.get(name);
      return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    private static double number(JsonObject settings, String name) {
      return settings.get(name).getAsDouble();
    }

    private static int whole(JsonObject settings, String name) {
      return settings.get(name).getAsInt();
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

    double[] inBatchesOf(int size) {
      Metric.Tally tally = metric().tally(width(y()), width(yHat()));
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
      for (int from = 0; from < n; from += Math.min(size, n)) {
        int rows = Math.min(size, n - from);
        tally.add(
            part(y, from, rows, width(y())),
            part(yHat, from, rows, width(yHat())),
            isWeighted() ? part(weights, from, rows, 1) : null,
            rows);
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
          ? new double[] {number(json, "value")}
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
        .filter(factory -> factory.getReturnType().getPackage() == Metric.class.getPackage())
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
