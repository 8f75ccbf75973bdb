package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.contour;
import static org.lossbook.Lossbook.vector;
import static org.lossbook.plot.Pictures.decoded;
import static org.lossbook.plot.Pictures.parsed;
import static org.lossbook.plot.Pictures.pixels;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.plot.canvas.Palette;

class ContourTest {
  private static final Grid BOWL = Grid.of((x, y) -> x * x + 4 * y * y, -2, 2, -1, 1, 21);
  private static final Contour CONTOUR = Contour.of("A bowl", "x", "y", "f", BOWL);

  @Test
  void aContourIsDrawnAsSvgAndAsPngWithItsRangeAndItsLowestPlaceInWords() {
    var figure =
        CONTOUR
            .path("sgd", Role.COMPARED, new double[] {1.5, 0.5, 0.25}, new double[] {0.5, 0, 0})
            .mark(0, 0, "minimum")
            .figure();
    String alt =
        "A bowl: f over x from -2 to 2 and y from -1 to 1: 0 to 8.000, least at (0, 0). sgd from (1.500, 0.5000) in 2 steps to (0.2500, 0).";
    var svg = parsed(figure.svg().orElseThrow()).getDocumentElement();

    assertThat(figure.alt()).isEqualTo(alt);
    assertThat(figure).hasToString(alt);
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(alt);
    assertThat(svg.getTextContent()).contains("sgd", "minimum", "A bowl");
    assertThat(pixels(decoded(figure), Role.COMPARED.color(0))).isGreaterThan(150);
  }

  @Test
  void itIsLightWhereTheNumbersAreLowAndDarkWhereTheyAreHigh() {
    var image = decoded(CONTOUR.figure());

    assertThat(image.getRGB(301, 215) & 0xff).isGreaterThan(0xe0); // the middle
    assertThat(image.getRGB(70, 45) & 0xff).isLessThan(0xa8); // a corner
  }

  /** An ellipse's area says whether every cell gave its piece, and once. */
  @Test
  void whatIsAboveALevelIsOutlinedToASmallPartOfACell() {
    var isobands = new Isobands(Grid.of((x, y) -> 1 - x * x - y * y, -2, 2, -2, 2, 81).z());
    List<List<Isobands.Corner>> outlines = isobands.outlines(0);
    double cell = 4.0 / 80;

    assertThat(outlines).hasSize(1);
    assertThat(Math.abs(area(outlines.get(0))) * cell * cell)
        .isBetween(0.997 * Math.PI, 1.001 * Math.PI);
    assertThat(outlines.get(0)).allMatch(Isobands.Corner::crossing);
  }

  @Test
  void aRingHasAHoleThatRunsTheOtherWayRound() {
    var isobands =
        new Isobands(Grid.of((x, y) -> -Math.abs(Math.hypot(x, y) - 1), -2, 2, -2, 2, 41).z());
    var areas = isobands.outlines(-0.5).stream().mapToDouble(ContourTest::area).sorted().toArray();

    assertThat(areas).hasSize(2);
    assertThat(areas[0]).isNegative();
    assertThat(areas[1]).isPositive();
  }

  @Test
  void theTwoEndsOfASaddleStayApartBelowItsMiddleAndMeetAboveIt() {
    double[][] saddle = {{1, 0}, {0, 1}};

    assertThat(new Isobands(saddle).outlines(0.75)).hasSize(2);
    assertThat(new Isobands(saddle).outlines(0.25)).hasSize(1);
  }

  @Test
  void whatIsNoNumberIsAHoleOfPaper() {
    var holed =
        Contour.of(
            "", "x", "y", "f", Grid.of((x, y) -> x < 0 ? Double.NaN : x + 1, -1, 1, -1, 1, 21));

    assertThat(holed.figure().alt()).endsWith("least at (0, -1.000), no number at 210 places.");
    assertThat(decoded(holed.figure()).getRGB(200, 200)).isEqualTo(Palette.CARD.getRGB());
  }

  @Test
  void levelsOfWhatSpansDecadesAreSomeTimesApart() {
    var decades =
        Contour.of("", "x", "y", "f", Grid.of((x, y) -> Math.pow(10, x), -3, 3, -1, 1, 21));
    String svg = decades.logScale().figure().svg().orElseThrow();

    assertThat(parsed(svg).getDocumentElement().getTextContent()).contains("0.01", "0.1", "100");
    assertThat(decades.figure().svg().orElseThrow()).doesNotContain(">0.01<");
  }

  @Test
  void aFlatOrAnEmptyGridIsDrawnAndSaysSo() {
    double nan = Double.NaN;
    for (double v : new double[] {0, 2, -1, nan, Double.POSITIVE_INFINITY}) {
      var flat = Contour.of("", "x", "y", "f", Grid.of((x, y) -> v, 0, 1, 0, 1, 3));

      assertThat(pixels(decoded(flat.figure()), Palette.FAINT_INK)).isGreaterThan(100);
      assertThat(pixels(decoded(flat.logScale().figure()), Palette.FAINT_INK)).isGreaterThan(100);
    }
    assertThat(Contour.of("", "x", "y", "f", Grid.of((x, y) -> nan, 0, 1, 0, 1, 3)).figure().alt())
        .isEqualTo("f over x from 0 to 1 and y from 0 to 1: no number anywhere.");
  }

  @Test
  void aWalkThatLeavesThePictureOrDivergesIsDrawnAsFarAsItIsThere() {
    double[] out = {0, 5, 1, Double.POSITIVE_INFINITY, 0};
    double[] still = {0, 0, 0.5, 0, 0};
    var figure = CONTOUR.path("far", Role.COMPARED, out, still).figure();
    var image = decoded(figure);

    assertThat(figure.alt()).endsWith("far from (0, 0) in 2 steps to (1.000, 0.5000).");
    assertThat(pixels(image, Role.COMPARED.color(0), 541, 640)).isZero();
    assertThat(pixels(image, Role.COMPARED.color(0), 301, 540)).isGreaterThan(300);
  }

  @Test
  void theSameContourGivesTheSameSmallFile() {
    var figure = CONTOUR.figure();

    assertThat(figure.mimeBundle()).isEqualTo(CONTOUR.figure().mimeBundle());
    assertThat(figure.svg().orElseThrow().length()).isLessThan(60_000);
    assertThat(figure.png().length).isLessThan(60_000);
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    double[] two = {0, 1};
    assertThatThrownBy(() -> new Grid(two, new double[] {1, 1}, new double[2][2]))
        .hasMessageStartingWith(
            "A grid expects at least two increasing numbers for y but receives [1.0, 1.0]: ");
    assertThatThrownBy(() -> new Grid(two, two, new double[2][3]))
        .hasMessageStartingWith("A grid expects a row of z for each y and a number in it for each");
    assertThatThrownBy(() -> CONTOUR.path("sgd", Role.COMPARED, two, new double[3]))
        .hasMessage("sgd expects a y for each x but receives 2 x and 3 y: give equally many.");
  }

  private static double area(List<Isobands.Corner> outline) {
    double twice = 0;
    for (int i = 0; i < outline.size(); i++) {
      var a = outline.get(i);
      var b = outline.get((i + 1) % outline.size());
      twice += a.column() * b.row() - b.column() * a.row();
    }
    return twice / 2;
  }

  @Test
  void aFunctionOfTwoNumbersIsDrawnWithTheWalksThatALoopHasCollected() {
    var chart =
        contour("How wrong each line is", (slope, start) -> slope * slope + 4 * start * start)
            .x("slope", -2, 2)
            .y("start in kg", -1, 1)
            .z("loss in kg²")
            .path("descent", List.of(vector(1.5, 0.5), vector(0.5, 0), vector(0.25, 0)))
            .mark(0, 0, "the best line");
    String alt =
        "How wrong each line is: loss in kg² over slope from -2 to 2 and start in kg from -1 to 1: 0 to 8.000, least at (0, 0). descent from (1.500, 0.5000) in 2 steps to (0.2500, 0).";

    assertThat(chart).hasToString(alt);
    assertThat(chart.figure().alt()).isEqualTo(alt);
    assertThat(chart.mimeBundle()).containsOnlyKeys("image/png", "text/html");
    assertThat(pixels(decoded(chart.figure()), Role.COMPARED.color(0))).isGreaterThan(150);
    assertThat(chart.alt("A bowl.").figure().alt()).isEqualTo("A bowl.");
    assertThat(chart.surface().alt()).startsWith("How wrong each line is: a landscape of loss");
    assertThat(decoded(chart.logScale().figure()).getRGB(301, 215))
        .isNotEqualTo(decoded(chart.figure()).getRGB(301, 215));
  }

  @Test
  void whatDoesNotFitAContourGetsAnAnswer() {
    var chart = contour("t", (a, b) -> a * b);
    assertThatThrownBy(() -> contour(null, (a, b) -> a))
        .hasMessageStartingWith("contour expects a title and a function but receives null");
    assertThatThrownBy(() -> contour("t", null)).hasMessageStartingWith("contour expects a title");
    assertThatThrownBy(() -> chart.x("a", 1, 1))
        .hasMessage(
            "x expects a low end below a high end but receives 1.000 and 1.000: swap them.");
    assertThatThrownBy(() -> chart.y(null, 0, 1)).hasMessageStartingWith("y expects the name");
    assertThatThrownBy(() -> chart.z(null)).hasMessageStartingWith("z expects the name");
    assertThatThrownBy(() -> chart.path("p", List.of()))
        .hasMessageStartingWith("path expects points of two numbers, at least one");
    assertThatThrownBy(() -> chart.path("p", List.of(vector(1))))
        .hasMessageContaining("add vector(a, b) to a list at each step");
    assertThatThrownBy(() -> chart.mark(0, 0, null)).hasMessageStartingWith("mark expects a word");
  }

  @Test
  void namesOfWalksThatDoNotFitARowStandInTwo() {
    String[] names = {"plain descent", "with momentum 0.9", "with Nesterov's momentum, 0.9"};
    var some = CONTOUR;
    for (String name : names) {
      some = some.path(name, Role.COMPARED, new double[] {1, 0}, new double[] {0, 0});
    }
    assertThat(some.figure().svg().orElseThrow()).contains(names[0], names[1], "with Nesterov");
  }
}
