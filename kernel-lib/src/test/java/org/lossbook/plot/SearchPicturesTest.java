package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.plot.ParallelCoordinates.Axis;
import org.lossbook.plot.canvas.ColourMap;

/** Pictures of searches: maps of two settings, lines across several. */
class SearchPicturesTest {
  private static final Color BEST = Role.VALIDATION.color(0);

  private static HeatMap map(boolean rising, double[]... z) {
    return new HeatMap(
        "rate", List.of("0.1", "1"), "units", List.of("4", "8"), "val_mae", z, rising);
  }

  @Test
  void aHeatMapFramesTheBestAndLeavesHolesEmpty() {
    Figure figure = map(false, new double[] {3, 2}, new double[] {Double.NaN, 1e30}).figure();
    assertThat(figure.alt())
        .isEqualTo(
            "val_mae for 2 values of rate and 2 of units; the best, 2.000, at rate 1 and units 4.");
    assertThat(figure.toString()).contains("units").contains("–").contains("1.0e+30");
    var image = Pictures.decoded(figure);
    assertThat(Pictures.pixels(image, BEST)).isGreaterThan(300);
    // One value that is far off leaves the others apart.
    assertThat(Pictures.pixels(image, ColourMap.of(1))).isGreaterThan(1000);
    assertThat(Pictures.pixels(image, ColourMap.of(0.5))).isGreaterThan(1000);

    assertThat(map(true, new double[] {3, 2}, new double[] {1, 0}).figure().alt())
        .contains("the best, 3.000, at rate 0.1 and units 4");
    assertThatThrownBy(() -> map(true, new double[] {1})).hasMessageContaining("z[row][column]");
    Pictures.parsed(figure.svg().orElseThrow());
  }

  @Test
  void linesGoFromSettingToSettingAndTheBestIsInColour() {
    var lines =
        new ParallelCoordinates(
            List.of(
                Axis.words("loss", List.of("mse", "mae"), 0, 1, 1),
                Axis.numbers("rate", true, 0.001, 0.1, 1)),
            Axis.numbers("val_mae", false, 0.5, 0.25, Double.NaN),
            false);
    Figure figure = lines.figure();
    assertThat(figure.alt())
        .isEqualTo(
            "3 trials of loss, rate and their val_mae; the best is loss mae, rate 0.1000 with val_mae 0.2500; 1 without a result.");
    assertThat(figure.toString().lines()).hasSize(4);
    assertThat(lines.order()).containsExactly(2, 0, 1);
    assertThat(Pictures.pixels(Pictures.decoded(figure), BEST)).isGreaterThan(500);
    Pictures.parsed(figure.svg().orElseThrow());
    assertThat(Axis.numbers("a", true, 1, 10, 100).share(10)).isEqualTo(0.5);
    assertThat(Axis.numbers("a", false, 1, 2, 1e9).within(1, 3).share(1e9)).isEqualTo(1);
    assertThat(Axis.numbers("a", false, 5, 5).share(5)).isEqualTo(0.5);
    assertThatThrownBy(() -> new ParallelCoordinates(List.of(), Axis.numbers("r", false, 1), true))
        .hasMessageStartingWith("Parallel lines expect 1 to 8 settings");
    assertThatThrownBy(
            () ->
                new ParallelCoordinates(
                    List.of(Axis.numbers("a", false, 1)), Axis.numbers("r", false, 1, 2), true))
        .hasMessageContaining("one for each trial");
  }
}
