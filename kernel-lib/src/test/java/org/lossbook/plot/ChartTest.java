package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.LOSS;
import static org.lossbook.Lossbook.PREDICTION;
import static org.lossbook.Lossbook.TRUTH;
import static org.lossbook.Lossbook.bars;
import static org.lossbook.Lossbook.chart;
import static org.lossbook.Lossbook.contour;
import static org.lossbook.Lossbook.vector;
import static org.lossbook.plot.Pictures.decoded;
import static org.lossbook.plot.Pictures.pixels;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.plot.canvas.Palette;

class ChartTest {
  private static final Chart SCALE =
      chart("What a scale says")
          .x("weighing")
          .y("weight in kg")
          .points("truth", vector(1, 2), vector(3, 5))
          .points("prediction", vector(1, 2), vector(2.5, 5.5))
          .gaps("gap", vector(1, 2), vector(3, 5), vector(2.5, 5.5));

  @Test
  void itSaysInWordsWhatIsToBeSeen() {
    assertThat(SCALE.figure().alt())
        .isEqualTo(
            "What a scale says over weighing: truth from 3.000 to 5.000, prediction from 2.500 to"
                + " 5.500, gap from 3.000 to 5.500.");
    assertThat(SCALE.alt("Two gaps of half a kilogram.").figure().alt())
        .isEqualTo("Two gaps of half a kilogram.");
    assertThat(SCALE).hasToString(SCALE.figure().toString());
    assertThat(SCALE.mimeBundle()).containsOnlyKeys("image/png", "text/html");
  }

  @ParameterizedTest
  @CsvSource({
    "truth, TRUTH",
    "y, TRUTH",
    "'truth, in kg', TRUTH",
    "prediction ŷ, PREDICTION",
    "Loss, LOSS",
    "slope at 3, GRADIENT",
    "'training, mean', TRAINING",
    "validation, VALIDATION",
    "yesterday, COMPARED",
    "mse, COMPARED"
  })
  void aNameChoosesItsColour(String name, Role role) {
    assertThat(Role.named(name)).isEqualTo(role);
  }

  @Test
  void whatIsCalledTheTruthIsDrawnInTheTruthsColour() {
    BufferedImage drawn = decoded(SCALE.figure());
    assertThat(pixels(drawn, Role.TRUTH.color(0))).isGreaterThan(50);
    assertThat(pixels(drawn, Role.PREDICTION.color(0))).isGreaterThan(50);
  }

  @Test
  void aRoleGivesItsColourToTheSeriesBeforeItWhateverItsName() {
    double[] x = vector(1, 2);
    Chart measured = chart("").points("before", x, x).points("measured", x, vector(3, 5));
    Color black = Role.TRUTH.color(0);
    assertThat(pixels(decoded(measured.figure()), black)).isZero();
    assertThat(pixels(decoded(measured.role(TRUTH).figure()), black)).isGreaterThan(50);
    assertThat(measured.role(TRUTH)).hasToString(measured.toString());
    assertThat(pixels(decoded(measured.role(LOSS).figure()), Role.LOSS.color(0)))
        .isGreaterThan(pixels(decoded(measured.figure()), Role.LOSS.color(0)) + 50);
    BarChart drawn = bars("", "a", "b").with("as drawn", 1, 2);
    assertThat(pixels(decoded(drawn.figure()), black)).isZero();
    assertThat(pixels(decoded(drawn.role(TRUTH).figure()), black)).isGreaterThan(50);
    ContourChart walk = contour("", (a, b) -> a * a + b * b).path("by hand", List.of(x));
    assertThat(pixels(decoded(walk.role(PREDICTION).figure()), Role.PREDICTION.color(0)))
        .isGreaterThan(20);
  }

  @Test
  void aRoleNeedsASeriesBeforeIt() {
    assertThatThrownBy(() -> chart("").role(TRUTH))
        .hasMessage(
            "role expects a series before it but the chart has none: write .points(\"measured\", x, y).role(TRUTH).");
    assertThatThrownBy(() -> bars("", "a").role(TRUTH)).hasMessageStartingWith("role expects");
    assertThatThrownBy(() -> contour("", (a, b) -> a).role(TRUTH))
        .hasMessageStartingWith("role expects a trajectory before it");
    assertThatThrownBy(() -> chart("").line("a", 1, 2).role(null))
        .hasMessageStartingWith("role expects a role, such as TRUTH");
  }

  @Test
  void aHistogramCountsEveryNumberOnce() {
    Chart counted = chart("").histogram("training", 4, 0, 1, 1, 2, 3, 4, Double.NaN);
    assertThat(counted.toString()).startsWith("y over x\n  training 1.000 ▁█▁█ 2.000");
  }

  @Test
  void aBarStandsOnZeroWhereverTheOthersEnd() {
    BufferedImage drawn = decoded(chart("").bars("loss", vector(1, 2), vector(10, 11)).figure());
    assertThat(inColumn(drawn, drawn.getWidth() / 4)).isGreaterThan(drawn.getHeight() / 2);
  }

  private static long inColumn(BufferedImage image, int x) {
    int bar = image.getRGB(x, image.getHeight() / 2);
    return java.util.stream.IntStream.range(0, image.getHeight())
        .filter(y -> image.getRGB(x, y) == bar)
        .count();
  }

  @Test
  void aLineThatLeavesAGivenRangeIsCutOffThere() {
    Chart steep = chart("").line("loss", 0, 10, x -> Math.exp(x)).between(0, 2);
    BufferedImage drawn = decoded(steep.figure());
    Color loss = Role.LOSS.color(0);
    int right = drawn.getWidth() * 3 / 4;
    // Only its name stands there: the line has left through the top long before.
    assertThat(pixels(drawn.getSubimage(right, 60, 60, 250), loss)).isZero();
    assertThat(pixels(drawn.getSubimage(0, 60, right, 250), loss)).isGreaterThan(100);
  }

  @Test
  void numbersOfALoopAreALine() {
    assertThat(chart("").line("loss", List.of(3, 2, 1)))
        .hasToString(chart("").line("loss", 3, 2, 1).toString());
  }

  @Test
  void numbersThatDoNotFitGetAnAnswer() {
    assertThatThrownBy(() -> chart("").points("a", vector(1, 2), vector(1)))
        .hasMessage(
            "points expects a y for each x, at least one, but receives 2 x and 1 y: give equally many.");
    assertThatThrownBy(() -> chart("").line("a", vector(Double.NaN), vector(1)))
        .hasMessageStartingWith("line expects finite numbers for x");
    assertThatThrownBy(() -> chart("").line("a", 1, 0, x -> x)).hasMessageEndingWith("swap them.");
    assertThatThrownBy(() -> chart("").between(1, 1)).hasMessageStartingWith("between expects");
    assertThatThrownBy(() -> chart("").line("a", (double[]) null))
        .hasMessageStartingWith("line expects numbers for y but receives null");
    assertThatThrownBy(() -> chart(null)).hasMessageStartingWith("chart expects a title");
    assertThatThrownBy(() -> chart("").histogram("a", 0, 1)).hasMessageStartingWith("histogram");
  }

  @Test
  void barsOverNamesSayTheirNumbers() {
    BarChart picture =
        bars("What is in the picture?", "cat", "dog")
            .y("probability")
            .with("truth", 1, 0)
            .with("prediction", 0.9, 0.1);
    assertThat(picture)
        .hasToString(
            "What is in the picture?\n  truth: cat 1.000, dog 0\n  prediction: cat 0.9000, dog"
                + " 0.1000");
    assertThat(picture.figure().alt())
        .isEqualTo(
            "Bars, What is in the picture?: truth with cat 1.000, dog 0; prediction with cat"
                + " 0.9000, dog 0.1000.");
    BufferedImage drawn = decoded(picture.figure());
    long truth = pixels(drawn, Role.TRUTH.color(0));
    long prediction = pixels(drawn, Role.PREDICTION.color(0));
    assertThat((double) prediction / truth).isBetween(0.9, 1.1); // 0.9 and 0.1 beside 1
  }

  @Test
  void barsThatDoNotFitGetAnAnswer() {
    assertThatThrownBy(() -> bars("t"))
        .hasMessageStartingWith("bars expects at least one name, each different");
    assertThatThrownBy(() -> bars("t", "a", "a")).hasMessageContaining("[a, a]");
    assertThatThrownBy(() -> bars("t", "a", "b").with("truth", 1))
        .hasMessage(
            "truth expects a finite number for each of [a, b] but receives [1.0]: give one for each.");
    assertThatThrownBy(() -> bars("t", "a").figure())
        .hasMessageStartingWith("bars expects numbers");
  }

  @Test
  void threeSideBySideStandInOneRowAndEachShowsItsLine() {
    Chart one = chart("one").line("loss", 3, 2, 1);
    BufferedImage drawn = decoded(one.beside(chart("two").line("mse", 1, 2), one));

    assertThat(drawn.getHeight()).isEqualTo(decoded(one.beside(one)).getHeight());
    for (int place : new int[] {0, 2}) {
      var third = drawn.getSubimage(place * 213, 0, 213, drawn.getHeight());
      assertThat(pixels(third, Role.LOSS.color(0))).isGreaterThan(100);
    }
  }

  @Test
  void anAxisThatSharesTheRowHasMoreThanOneTick() {
    Chart one = chart("score").x("z").line("cross-entropy", -8, 8, z -> z);
    BufferedImage drawn = decoded(one.beside(one));
    int ticks = 0;
    for (int x = 45, paper = 0; x < 230; x++) {
      var column = drawn.getSubimage(x, drawn.getHeight() - 38, 1, 12);
      boolean isInk = pixels(column, Palette.FAINT_INK) > 0;
      ticks += isInk && paper > 15 ? 1 : 0; // within a number there is less paper
      paper = isInk ? 0 : paper + 1;
    }
    assertThat(ticks).as("−5, 0 and 5").isEqualTo(3);
  }

  @Test
  void threeOfLongNamesStandInTwoRowsAndEachShowsItsLine() {
    Chart one = chart("one").line("loss, in nats", 3, 2, 1);
    BufferedImage drawn = decoded(one.beside(chart("two").line("mse", 1, 2), one));

    assertThat(drawn.getHeight()).isEqualTo(2 * decoded(one.beside(one)).getHeight());
    var below = drawn.getSubimage(0, drawn.getHeight() / 2, 240, drawn.getHeight() / 2);
    assertThat(pixels(below, Role.LOSS.color(0))).isGreaterThan(100);
  }

  /** The way of a line through axes of its own from its first place within them to its last. */
  @ParameterizedTest
  @CsvSource({"0, 9", "-9, 9", "9, 0", "2, 1"})
  void aLineEndsWhereItLeavesItsAxesInADrawingToo(double first, double last) {
    Chart ramp = chart("ramp").line("loss", vector(0, 1), vector(first, last)).between(0, 3);
    String svg = ramp.figure().svg().orElseThrow();

    assertThat(heights(svg)).isNotEmpty().allMatch(y -> y > 20 && y < CurveFigure.HEIGHT - 40);
  }

  @Test
  void whatLiesBeyondTheAxesIsNotDrawn() {
    Chart beyond = chart("up").line("loss", vector(0, 1, 2, 3), vector(1, 9, 9, 1)).between(0, 3);

    List<Double> drawn = heights(beyond.figure().svg().orElseThrow());
    assertThat(drawn).hasSize(4).allMatch(y -> y > 20);
    assertThat(drawn.get(1)).isEqualTo(drawn.get(2)); // out at the top, and in again there
  }

  /** How far down the page the points of the loss's line are. */
  private static List<Double> heights(String svg) {
    return Pattern.compile("<path[^>]*>")
        .matcher(svg)
        .results()
        .map(path -> path.group())
        .filter(path -> path.contains("stroke:rgb(213,94,0)"))
        .flatMap(path -> Pattern.compile("[ML]-?[0-9.]+,(-?[0-9.]+)").matcher(path).results())
        .map(point -> Double.parseDouble(point.group(1)))
        .toList();
  }
}
