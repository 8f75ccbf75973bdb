package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;
import org.lossbook.data.Values;
import org.lossbook.testing.Golden;

/** Every loss beside Keras: each sample, the mean, the sum, the gradient of the mean. */
class LossGoldenTest {
  private static final int FEWEST_ROWS = 200;

  /** What every factory makes; one without a golden file fails. */
  static Stream<String> factories() {
    return Arrays.stream(Lossbook.class.getMethods())
        .filter(m -> Modifier.isStatic(m.getModifiers()))
        .filter(m -> !m.getName().equals("loss")) // the reader's own, which Keras has not seen
        .filter(m -> !Arrays.asList(m.getParameterTypes()).contains(Loss.class)) // made of others
        .flatMap(LossGoldenTest::names)
        .distinct()
        .sorted();
  }

  /** The loss's own name, where a factory is another word for the same; both sides of a game. */
  private static Stream<String> names(Method factory) {
    Class<?> made = factory.getReturnType();
    if (made.isRecord()) {
      return Arrays.stream(made.getRecordComponents())
          .filter(side -> Loss.class.isAssignableFrom(side.getType()))
          .map(side -> factory.getName() + capitalised(side.getName()));
    }
    if (!Loss.class.isAssignableFrom(made)) {
      return Stream.empty();
    }
    try {
      boolean plain = factory.getParameterCount() == 0;
      return Stream.of(plain ? ((Loss) factory.invoke(null)).name() : factory.getName());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String capitalised(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  static Stream<Golden.Case> cases() {
    return factories().flatMap(LossGoldenTest::cases);
  }

  static Stream<Golden.Case> logits() {
    return cases().filter(golden -> golden.text("name").endsWith("logits far out"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLossAndItsGradientAreKerass(Golden.Case golden) {
    Loss loss = loss(golden);
    Values y = values(golden, "yTrue");
    Values p = values(golden, "yPred");
    boolean weighted = golden.json().has("sampleWeight");
    Optional<Values> weights =
        weighted ? Optional.of(values(golden, "sampleWeight")) : Optional.empty();

    close(of(loss, y, p, weights), number(golden, "mean"));
    if (golden.json().has("sum")) {
      close(of(loss.sum(), y, p, weights), number(golden, "sum"));
    }
    if (golden.json().has("weightedMean")) {
      close(of(loss.weightedMean(), y, p, weights), number(golden, "weightedMean"));
    }
    if (!weighted) {
      close(loss.explain(y, p).value(), number(golden, "mean"));
      if (golden.json().has("perSample")) {
        close(loss.perSample(y, p), golden.tensor("perSample").data());
      }
    }
    if (golden.json().has("gradient")) {
      boolean asGiven = golden.json().has("gradientAsGiven");
      double[] gradient = golden.tensor(asGiven ? "gradientAsGiven" : "gradient").data();
      double[][] rows = weighted ? loss.gradient(y, p, weights.get()) : loss.gradient(y, p);
      close(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(), gradient);
    }
  }

  @Test
  void everyGoldenFileHasItsFactory() throws Exception {
    try (Stream<Path> files =
        Files.list(Path.of(getClass().getResource("/golden/losses").toURI()))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              factories().map(factory -> factory + ".json").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("factories")
  void eachFormOfALossIsComparedOnEnoughRows(String factory) {
    for (boolean logits : new boolean[] {false, true}) {
      int rows =
          cases(factory)
              .filter(golden -> golden.object("settings").has("from_logits") == logits)
              .mapToInt(golden -> golden.tensor("yPred").shape()[0])
              .sum();
      assertThat(rows).matches(n -> n >= FEWEST_ROWS || n == 0 && logits);
    }
  }

  @ParameterizedTest
  @MethodSource("logits")
  void fromLogitsALossIsFiniteInFloatsToo(Golden.Case golden) {
    Golden.Values y = golden.tensor("yTrue");
    Golden.Values p = golden.tensor("yPred");
    float[] gradient = new float[p.data().length];
    double value =
        new TrainingLoss(loss(golden))
            .bind(p.shape()[1])
            .run(y.floats(), p.floats(), null, p.shape()[0], gradient);
    assertThat(value).isFinite();
    for (float slope : gradient) {
      assertThat(slope).isFinite();
    }
  }

  private static Stream<Golden.Case> cases(String factory) {
    return Golden.cases("losses/" + factory);
  }

  /** The loss of that name, with the settings of the case, by Keras's names. */
  private static Loss loss(Golden.Case golden) {
    Loss loss = EveryLoss.named(golden.text("loss"));
    for (var setting : golden.object("settings").entrySet()) {
      String value = setting.getValue().getAsString();
      loss =
          switch (setting.getKey()) {
            case "from_logits" -> EveryLoss.with(loss, "fromLogits").get(0);
            case "apply_class_balancing" -> EveryLoss.with(loss, "classBalancing").get(0);
            case "axis" -> EveryLoss.with(loss, "eachSample").get(0);
            case "label_smoothing" -> EveryLoss.with(loss, "labelSmoothing", number(value)).get(0);
            default -> EveryLoss.with(loss, setting.getKey(), number(value)).get(0);
          };
    }
    return loss;
  }

  private static double number(String text) {
    return text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
  }

  private static double number(Golden.Case golden, String field) {
    return golden.json().get(field).getAsDouble();
  }

  private static Values values(Golden.Case golden, String field) {
    Golden.Values stored = golden.tensor(field);
    return Values.of(stored.data(), stored.shape());
  }

  private static double of(Loss loss, Values y, Values p, Optional<Values> weights) {
    return weights.isPresent() ? loss.of(y, p, weights.get()) : loss.of(y, p);
  }

  private static void close(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      close(actual[i], expected[i]);
    }
  }

  /** A millionth of the number, or what doubles cannot tell from it beside 10⁴. */
  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-6 * Math.abs(expected) + 1e-13));
  }
}
