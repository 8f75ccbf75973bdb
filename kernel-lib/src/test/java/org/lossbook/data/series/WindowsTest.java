package org.lossbook.data.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.testing.Golden;
import org.lossbook.testing.JavadocExamples;

class WindowsTest {
  static Stream<Golden.Case> golden() {
    return Golden.cases("series");
  }

  private static Windows windows(JsonObject given) {
    JsonObject settings = given.getAsJsonObject("settings");
    return org.lossbook.Lossbook.windows(
            Golden.doubles(given.get("series")), settings.get("length").getAsInt())
        .horizon(settings.get("horizon").getAsInt())
        .stride(settings.get("stride").getAsInt());
  }

  private static double[] flat(JsonObject given, String name) {
    var rows = given.getAsJsonArray(name);
    return rows.asList().stream()
        .flatMapToDouble(row -> Arrays.stream(Golden.doubles(row)))
        .toArray();
  }

  private static double[] numbers(Object view) {
    return Values.of("test", view).toDoubles();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void windowsOfPastAndFutureAreNumPys(Golden.Case each) {
    JsonObject given = each.json();
    var split = windows(given).split(given.getAsJsonObject("settings").get("share").getAsDouble());
    for (String name : new String[] {"train", "test"}) {
      Windows part = name.equals("train") ? split.train() : split.test();
      JsonObject want = given.getAsJsonObject(name);
      assertThat(numbers(part.x())).containsExactly(flat(want, "x"), within(1e-6));
      assertThat(numbers(part.y())).containsExactly(flat(want, "y"), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void whatIsStandardizedIsLearnedOnThePast(Golden.Case each) {
    JsonObject given = each.json();
    double share = given.getAsJsonObject("settings").get("share").getAsDouble();
    Windows test = windows(given).standardized().split(share).test();
    assertThat(test.mean()).isCloseTo(given.get("mean").getAsDouble(), within(1e-12));
    assertThat(test.deviation()).isCloseTo(given.get("deviation").getAsDouble(), within(1e-12));
    double[] y = flat(given.getAsJsonObject("test"), "y");
    assertThat(test.restored(test.y()).toDoubles()).containsExactly(y, within(1e-5));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void forecastsAndTheirErrorsAreThoseOfNumPyAndScikitLearn(Golden.Case each) {
    JsonObject given = each.json();
    JsonObject settings = given.getAsJsonObject("settings");
    int period = settings.get("period").getAsInt();
    Windows test = windows(given).split(settings.get("share").getAsDouble()).test();
    var forecasts = forecasts(test).naive().seasonal(period);
    given
        .getAsJsonObject("forecasts")
        .asMap()
        .forEach(
            (who, want) -> {
              String name = who.equals("naive") ? who : "seasonal " + period;
              JsonObject numbers = want.getAsJsonObject();
              assertThat(forecasts.values(name).toDoubles())
                  .containsExactly(flat(numbers, "y"), within(1e-12));
              assertThat(forecasts.mae(name))
                  .isCloseTo(numbers.get("mae").getAsDouble(), within(1e-9));
              assertThat(forecasts.rmse(name))
                  .isCloseTo(numbers.get("rmse").getAsDouble(), within(1e-9));
              assertThat(forecasts.mase(name))
                  .isCloseTo(numbers.get("mase").getAsDouble(), within(1e-9));
            });
  }

  @Property(tries = 200)
  void noTrainingTargetLiesAfterATestTarget(
      @ForAll @IntRange(min = 1, max = 8) int length,
      @ForAll @IntRange(min = 1, max = 5) int horizon,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 60, max = 90) int steps,
      @ForAll @IntRange(min = 30, max = 70) int percent) {
    double[] clock = new double[steps]; // each number is its own time
    Arrays.setAll(clock, t -> t);
    var split =
        org.lossbook.Lossbook.windows(clock, length)
            .horizon(horizon)
            .stride(stride)
            .split(percent / 100.0);
    double lastLearned = Arrays.stream(numbers(split.train().y())).max().orElseThrow();
    double firstAsked = Arrays.stream(numbers(split.test().y())).min().orElseThrow();
    assertThat(lastLearned).isLessThan(firstAsked);
    for (Windows part : new Windows[] {split.train(), split.test()}) {
      double[] x = numbers(part.x());
      double[] y = numbers(part.y());
      for (int i = 0; i < part.size(); i++) {
        for (int k = 0; k < length; k++) {
          assertThat(x[i * length + k]).isEqualTo(y[i * horizon] - length + k);
        }
      }
    }
  }

  @Property(tries = 50)
  void theFutureDoesNotChangeWhatIsTrainedOn(@ForAll @IntRange(min = -1000, max = 1000) int later) {
    double[] calm = makeSeries(50).season(5, 1).noise(0.1).values();
    double[] wild = calm.clone();
    Arrays.fill(wild, 40, 50, later);
    var one = org.lossbook.Lossbook.windows(calm, 4).standardized().split(0.8);
    var other = org.lossbook.Lossbook.windows(wild, 4).standardized().split(0.8);
    assertThat(numbers(other.train().x())).containsExactly(numbers(one.train().x()));
    assertThat(numbers(other.train().y())).containsExactly(numbers(one.train().y()));
  }

  @Test
  void thePastIsNotShuffledIntoTheFuture() {
    Windows whole = org.lossbook.Lossbook.windows(co2(), 24);
    assertThatThrownBy(() -> whole.split(0.8, 42))
        .hasMessageStartingWith("windows expects a split in time")
        .hasMessageContaining("write split(0.8)");
    assertThatThrownBy(() -> whole.kFold(5, 42)).hasMessageContaining("write split(0.8)");
    assertThatThrownBy(() -> whole.shuffled(1)).hasMessageContaining("split(0.8).train()");
    assertThat(whole.split(0.8).train().shuffled(1).size()).isEqualTo(389);
    assertThatThrownBy(() -> whole.split(0.8).train().split(0.8))
        .hasMessageContaining("split(0.7, 0.15)");
    assertThatThrownBy(() -> whole.split(0.8).validation())
        .hasMessageContaining("split(0.7, 0.15)");
  }

  @Test
  void standardizedWindowsAreReadOnceTheyAreSplit() {
    Windows whole = org.lossbook.Lossbook.windows(co2(), 24).standardized();
    assertThatThrownBy(() -> numbers(whole.x()))
        .hasMessageContaining("windows(…).standardized().split(0.8)");
    assertThat(numbers(whole.split(0.8).train().x())).isNotEmpty();
  }

  @Test
  void whatDoesNotFitIsRefusedWithAFix() {
    assertThatThrownBy(() -> org.lossbook.Lossbook.windows(vector(1, 2, 3), 3))
        .hasMessageContaining("at least 4 steps")
        .hasMessageContaining("series of 3");
    assertThatThrownBy(() -> org.lossbook.Lossbook.windows(vector(1, Double.NaN, 3), 1))
        .hasMessageContaining("finite");
    Windows test = org.lossbook.Lossbook.windows(co2(), 24).split(0.8).test();
    assertThatThrownBy(() -> forecasts(test).with("mine", vector(1, 2)))
        .hasMessageContaining("expects 103 predictions")
        .hasMessageContaining("receives 2");
    assertThatThrownBy(() -> forecasts(test).naive().mae("navie")).hasMessageContaining("naive");
    assertThatThrownBy(() -> forecasts(org.lossbook.Lossbook.windows(co2(), 24)))
        .hasMessageContaining("split(0.8).test()");
    assertThatThrownBy(() -> test.horizon(2)).hasMessageContaining("before the split");
  }

  @Test
  void ofSeveralFeaturesOneIsForecast() {
    double[][] rows = {{1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}};
    Windows two = org.lossbook.Lossbook.windows(rows, 2);
    assertThat(two.sampleShape()).containsExactly(2, 2);
    assertThat(numbers(two.y())).containsExactly(3, 4, 5);
    assertThat(numbers(two.target(1).y())).containsExactly(30, 40, 50);
    assertThat(numbers(two.x())).startsWith(1, 10, 2, 20);
    assertThatThrownBy(() -> two.target(2)).hasMessageContaining("from 0 to 1");
  }

  @Test
  void aLinearModelBeatsTheSimpleForecastsOfCarbonDioxide() {
    var data = org.lossbook.Lossbook.windows(co2(), 24).standardized().split(0.9);
    try (var model =
        sequential(input(24, 1), flatten(), dense(1))
            .seed(1)
            .compile(adam().learningRate(0.003), mse())) {
      model.fit(data.train(), epochs(200).quiet());
      var forecasts =
          forecasts(data.test())
              .naive()
              .seasonal(12)
              .with("linear", model.predict(data.test().x()));
      assertThat(forecasts.mae("linear")).isLessThan(forecasts.mae("naive") * 0.6);
      assertThat(forecasts.mae("linear")).isLessThan(forecasts.mae("seasonal 12") * 0.6);
      assertThat(forecasts.toString()).contains("MASE", "seasonal 12", "linear");
      assertThat(forecasts.mimeBundle().get("text/html")).contains("<table");
      assertThat(forecasts.plot().alt()).contains("truth", "naive", "linear");
    }
    assertThat(data.plot().alt()).contains("training", "test");
  }

  @Test
  void theRealSeriesAreWhole() {
    assertThat(sunspots().values()).hasSize(309).startsWith(5, 11, 16).endsWith(15.2, 7.5, 2.9);
    assertThat(sunspots().times()).startsWith(1700).endsWith(2008);
    assertThat(co2().values()).hasSize(516);
    assertThat(co2().times()[515]).isCloseTo(2001 + 11 / 12.0, within(1e-9));
    assertThat(co2().plot().alt()).contains("CO₂");
  }

  @Test
  void theJavadocExamplesAreTrue() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/data/series"), 5);
  }
}
