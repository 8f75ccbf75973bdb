package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.plot.Pictures.decoded;
import static org.lossbook.plot.Pictures.pixels;

import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.lossbook.plot.canvas.ColourMap;
import org.lossbook.plot.canvas.Palette;

class SurfaceTest {
  private static final Surface BOWL =
      Surface.of("A bowl", "x", "y", "f", Grid.of((x, y) -> x * x + y * y, -1, 1, -1, 1, 21));

  @Test
  void aSurfaceSaysItsRangeAndItsLowestPlaceInWords() {
    var figure = BOWL.mark(0, 0, "minimum").figure();

    assertThat(figure.alt())
        .isEqualTo(
            "A bowl: a landscape of f over x from -1 to 1 and y from -1 to 1: 0 to 2.000, least at (0, 0).");
    assertThat(figure).hasToString(figure.alt());
    assertThat(Pictures.pngSays(figure, figure.alt())).isTrue();
    assertThat(figure.mimeBundle()).isEqualTo(BOWL.mark(0, 0, "minimum").figure().mimeBundle());
  }

  @Test
  void itIsPaintedWithinThePictureAndFillsMuchOfIt() {
    var image = decoded(BOWL.figure());
    long paper = pixels(image, Palette.CARD);

    assertThat(paper).isBetween(150_000L, 250_000L); // of 300,800
    for (int x = 0; x < image.getWidth(); x++) {
      assertThat(image.getRGB(x, 0)).isEqualTo(Palette.CARD.getRGB());
      assertThat(image.getRGB(x, image.getHeight() - 1)).isEqualTo(Palette.CARD.getRGB());
    }
  }

  /** The near corner of the ground is where x is high and y is low. */
  @Test
  void whatIsNearHidesWhatIsBehindIt() {
    var wall = Grid.of((x, y) -> x > 0.6 ? 1 : x < -0.9 ? 0 : 0.5, -1, 1, -1, 1, 41);
    var gone = Grid.of((x, y) -> x > 0.6 ? Double.NaN : x < -0.9 ? 0 : 1, -1, 1, -1, 1, 41);
    Color plain = SurfacePainter.lit(ColourMap.of(0.5), 0, 0);
    Color behind = SurfacePainter.lit(ColourMap.of(1), 0, 0);

    assertThat(pixels(decoded(Surface.of("", "x", "y", "f", wall).figure()), plain))
        .isLessThan(pixels(decoded(Surface.of("", "x", "y", "f", gone).figure()), behind) * 3 / 4);
  }

  @Test
  void aFlatAnEmptyAndALogarithmicGridAreDrawn() {
    double nan = Double.NaN;
    for (double v : new double[] {0, 2, -1, nan}) {
      var flat = Surface.of("", "x", "y", "f", Grid.of((x, y) -> v, 0, 1, 0, 1, 3)).mark(0, 0, "a");

      assertThat(pixels(decoded(flat.figure()), Palette.FAINT_INK)).isGreaterThan(100);
      assertThat(pixels(decoded(flat.logScale().figure()), Palette.FAINT_INK)).isGreaterThan(100);
    }
    var decades =
        Surface.of("", "x", "y", "f", Grid.of((x, y) -> Math.pow(10, 4 * x), 0, 1, 0, 1, 9));
    assertThat(decades.logScale().figure().png()).isNotEqualTo(decades.figure().png());
  }
}
