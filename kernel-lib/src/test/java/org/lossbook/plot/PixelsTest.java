package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.pixels;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.vector;
import static org.lossbook.plot.Pictures.decoded;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PixelsTest {
  private static final Pixels EDGE =
      pixels("image", matrix(row(0, 0, 9), row(0, 9, 9)))
          .beside(pixels("kernel", matrix(row(-1, 1))));

  @Test
  void itShowsEachNumberInWordsAndInADrawing() {
    assertThat(EDGE).hasToString("image 2×3\n 0 0 9\n 0 9 9\nkernel 1×2\n -1  1");
    assertThat(EDGE.figure().alt())
        .isEqualTo(
            "Grey cells: image, 2 by 3, numbers from 0 to 9; kernel, 1 by 2, numbers from -1 to 1.");
    assertThat(EDGE.mimeBundle()).containsOnlyKeys("image/png", "text/html");
    assertThat(EDGE.figure().svg().orElseThrow()).contains(">9<").contains(">-1<");
  }

  @Test
  void zeroIsBlackUnlessNumbersBelowItOccur() {
    BufferedImage whole = decoded(pixels("", matrix(row(0, 5))).figure());
    assertThat(Pictures.pixels(whole, Color.BLACK)).isGreaterThan(1000);
    BufferedImage signed = decoded(pixels("", matrix(row(0, 5, -2))).figure());
    assertThat(Pictures.pixels(signed, new Color(128, 128, 128))).isGreaterThan(1000);
    assertThat(Pictures.pixels(signed, Color.BLACK)).isLessThan(500);
  }

  @Test
  void aLargeOneIsPixelsAndSaysWhatBlackAndWhiteAre() {
    double[][] many =
        IntStream.range(0, 28)
            .mapToObj(j -> IntStream.range(0, 28).mapToDouble(i -> i - j).toArray())
            .toArray(double[][]::new);
    Figure figure = pixels("ramp", many).figure();
    assertThat(figure.svg()).isEmpty();
    assertThat(figure.width()).isLessThanOrEqualTo(640);
    assertThat(figure.toString()).startsWith("ramp 28×28\n").contains("@");
  }

  @Test
  void channelsStandSideBySideFourInARow() {
    double[][][] colours = {{{1, 2, 3}, {4, 5, 6}}};
    assertThat(pixels("image", colours))
        .hasToString("image 1 1×2\n 1 4\nimage 2 1×2\n 2 5\nimage 3 1×2\n 3 6");
    assertThat(pixels("kernel", new double[2][2][1][6]).figure().width()).isEqualTo(640);
    assertThat(pixels("row", vector(1, 2))).hasToString("row 1×2\n 1 2");
    assertThat(pixels("hole", matrix(row(Double.NaN, 1)))).hasToString("hole 1×2\n – 1");
  }

  @Test
  void whatIsNoImageIsRefused() {
    assertThatThrownBy(() -> pixels("batch", new double[2][4][4][3]))
        .hasMessage(
            "pixels expects one image [height, width, channels] but receives [2, 4, 4, 3]: choose one of them, such as rows(0, 1).");
    assertThatThrownBy(() -> pixels(null, vector(1))).hasMessageContaining("receives null");
    assertThatThrownBy(() -> EDGE.beside((Pixels) null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> Pixels.of("image", new double[0][0])).hasMessageContaining("no row");
    assertThatThrownBy(() -> Pixels.of("image", new double[][] {{1}, {1, 2}}))
        .hasMessageContaining("rows of [1, 2]");
  }
}
