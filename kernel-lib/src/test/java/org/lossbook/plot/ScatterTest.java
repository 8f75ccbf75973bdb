package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.plot.Pictures.decoded;
import static org.lossbook.plot.Pictures.parsed;
import static org.lossbook.plot.Pictures.pixels;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lossbook.plot.Scatter.Group;

class ScatterTest {
  private static Group group(String name, int points, double from) {
    double[] numbers = IntStream.range(0, points).mapToDouble(i -> from + i).toArray();
    return new Group(name, numbers, numbers);
  }

  @Test
  void eachGroupHasAColourAndAName() {
    var figure =
        new Scatter("two", "a", "b", List.of(group("one", 20, 0), group("other", 20, 30))).figure();

    assertThat(figure.width()).isEqualTo(640);
    assertThat(pixels(decoded(figure), Role.COMPARED.color(0))).isGreaterThan(200);
    assertThat(pixels(decoded(figure), Role.COMPARED.color(1))).isGreaterThan(200);
    assertThat(parsed(figure.svg().orElseThrow()).getDocumentElement().getTextContent())
        .contains("one", "other", "two");
    assertThat(figure)
        .hasToString(
            "two: points of b over a: 20 one, 20 other; a from 0 to 49.00, b from 0 to 49.00.");
  }

  @Test
  void manyPointsStayASmallFileAndThatIsSaid() {
    var figure = new Scatter("many", "a", "b", List.of(group("all", 100_000, 0))).figure();

    assertThat(figure.svg().orElseThrow())
        .contains("many (one point in 50)")
        .hasSizeLessThan(1_000_000);
  }

  @Test
  void pointsWithoutANumberOneValueAndManyGroupsAreDrawn() {
    double[] holes = {1, Double.NaN, 3};
    double[] alike = {2, 2, 2};
    assertThat(new Scatter("h", "a", "b", List.of(new Group("g", holes, alike))).figure().alt())
        .contains("a from 1.000 to 3.000, b from 2.000 to 2.000");
    var many = IntStream.range(0, 30).mapToObj(i -> group("class " + i, 3, i)).toList();
    assertThat(new Scatter("m", "a", "b", many).figure().svg().orElseThrow())
        .contains("and 17 more");
    assertThatThrownBy(() -> new Group("g", holes, new double[2]))
        .hasMessage("g expects a y for each x but receives 3 x and 2 y: give equally many.");
  }
}
