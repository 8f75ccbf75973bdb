package org.lossbook.plot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.plot.Pictures.decoded;
import static org.lossbook.plot.Pictures.parsed;
import static org.lossbook.plot.Pictures.pixels;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lossbook.plot.canvas.Canvas;
import org.lossbook.plot.canvas.Palette;
import org.w3c.dom.Element;

class CurvesTest {
  private static final Curves LOSS =
      Curves.of("Loss", "epoch", "loss")
          .with(Series.counted("training", Role.TRAINING, 0.31, 0.12, 0.08))
          .with(Series.counted("validation", Role.VALIDATION, 0.14, 0.10, 0.09));

  /** XChart never came back from numbers like that. */
  @Test
  void aLineThatRunsAwayIsDrawnAsFarAsItCan() {
    double[] x = {0, 1, 2};
    Figure figure =
        Curves.of("f", "x", "y").with("f", Role.LOSS, x, new double[] {0, 1, 1e20}).figure();
    assertThat(figure.alt()).contains("f from 0 to 1");
  }

  @Test
  void aCurveIsDrawnAsSvgAndAsPngWithWhatItShowsInWords() {
    var figure = LOSS.figure();
    var svg = parsed(figure.svg().orElseThrow());
    String alt =
        "Loss over epoch: training from 0.3100 to 0.0800, validation from 0.1400 to 0.0900.";

    assertThat(figure.alt()).isEqualTo(alt);
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(alt);
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getDocumentElement().getTextContent()).contains("training", "validation");
    assertThat(Pictures.pngSays(figure, alt)).isTrue();
  }

  @Test
  void aPageShowsAnImageThatSaysWhatIsToBeSeen() {
    var drawn = LOSS.figure();
    var pixels = PixelFigure.of(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "a \"2\"");

    var image = image(drawn);
    assertThat(image.getAttribute("alt")).isEqualTo(drawn.alt());
    assertThat(image.getAttribute("width")).isEqualTo("640");
    assertThat(image.getAttribute("src"))
        .isEqualTo(
            "data:image/svg+xml;base64," + base64(drawn.svg().orElseThrow().getBytes(UTF_8)));
    var small = image(pixels);
    assertThat(small.getAttribute("alt")).isEqualTo("a \"2\"");
    assertThat(small.getAttribute("src"))
        .isEqualTo("data:image/png;base64," + base64(pixels.png()));
    assertThat(pixels.svg()).isEmpty();
  }

  /** The one image of its page, beside which stands how it looks where the page is dark. */
  private static Element image(Figure figure) {
    var page = parsed("<div>" + figure.mimeBundle().get("text/html") + "</div>");
    assertThat(page.getElementsByTagName("img").getLength()).isEqualTo(1);
    return (Element) page.getElementsByTagName("img").item(0);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void inATerminalACurveIsALineOfBarsBetweenItsNumbers() {
    assertThat(LOSS.figure())
        .hasToString(
            "loss over epoch\n"
                + "  training   0.3100 █▂▁ 0.0800\n"
                + "  validation 0.1400 █▂▁ 0.0900");
  }

  @ParameterizedTest
  @EnumSource
  void everyRoleIsDrawnInItsColour(Role role) {
    var one = Curves.of("", "x", "y").with("line", role, new double[] {1, 2}, new double[] {3, 4});

    assertThat(pixels(decoded(one.figure()), role.color(0))).isGreaterThan(200);
  }

  @ParameterizedTest
  @EnumSource
  void aNameInTheColourOfItsLineCanBeRead(Role role) {
    for (int i = 0; i < 7; i++) {
      assertThat(Palette.contrast(Palette.words(role.hex(i)), Palette.CARD))
          .isGreaterThanOrEqualTo(4.5);
    }
    assertThat(Palette.words("#000000")).isEqualTo(Color.BLACK);
  }

  @Test
  void everyMeaningHasAColourOfItsOwn() {
    Set<Color> colours = new HashSet<>();
    for (Role role : Role.values()) {
      if (role != Role.COMPARED) {
        assertThat(colours.add(role.color(0))).as(role.name()).isTrue();
      }
    }
  }

  @Test
  void severalOfAKindShareOutThePaletteAndTurnDashedWhenItComesRound() {
    Set<String> looks = new HashSet<>();
    for (int i = 0; i < 14; i++) {
      looks.add(Role.COMPARED.hex(i) + Role.COMPARED.dashed(i));
    }

    assertThat(looks).hasSize(14);
  }

  @Test
  void panelsStandSideBySide() {
    var accuracy =
        Curves.of("Accuracy", "epoch", "accuracy")
            .with(Series.counted("prediction", Role.PREDICTION, 0.9, 0.95));
    var image = decoded(Curves.beside(LOSS, accuracy));

    assertThat(pixels(image, Role.TRAINING.color(0), 0, 320)).isGreaterThan(100);
    assertThat(pixels(image, Role.TRAINING.color(0), 320, 640)).isZero();
    assertThat(pixels(image, Role.PREDICTION.color(0), 320, 640)).isGreaterThan(100);
    assertThat(pixels(image, Role.PREDICTION.color(0), 0, 320)).isZero();
  }

  @Test
  void aNumberThatIsNoneIsAGapAndALineOfGapsIsLeftOut() {
    double nan = Double.NaN;
    var gap = Curves.of("", "x", "y").with(Series.counted("a", Role.TRUTH, 1, 1, nan, nan, 1, 1));
    var whole = Curves.of("", "x", "y").with(Series.counted("a", Role.TRUTH, 1, 1, 1, 1, 1, 1));
    var none = Curves.of("Loss", "x", "y").with(Series.counted("a", Role.TRUTH, nan, nan));

    long drawn = pixels(decoded(gap.figure()), Color.BLACK);
    assertThat(drawn).isPositive().isLessThan(pixels(decoded(whole.figure()), Color.BLACK) / 2);
    assertThat(none.figure().alt()).isEqualTo("Loss over x: no line.");
  }

  @Test
  void aLogarithmicAxisLeavesOutWhatItCannotShow() {
    var line = Series.counted("training", Role.TRAINING, 0, 100, 1, 0.01);
    var figure = Curves.of("", "step", "loss").with(line).logScale().figure();

    assertThat(figure.alt()).contains("training from 100.00 to 0.0100");
    assertThat(pixels(decoded(figure), Role.TRAINING.color(0))).isGreaterThan(100);
  }

  @Test
  void flatAndSinglePointLinesAreDrawn() {
    for (double[] y : new double[][] {{0}, {0.5}, {-2, -2, -2}, {1e-9, 1e-9}, {1e12}}) {
      var curves = Curves.of("", "epoch", "loss").with(Series.counted("loss", Role.LOSS, y));

      // One point is a dot of 20 whole pixels; the name beside it is a shade darker.
      assertThat(pixels(decoded(curves.figure()), Role.LOSS.color(0))).isGreaterThanOrEqualTo(20);
      assertThat(pixels(decoded(curves.figure()), Palette.words(Role.LOSS.hex(0)))).isPositive();
    }
  }

  @Test
  void aMarkedPointIsADotWithItsWord() {
    var plain = Curves.of("", "x", "y").with(Series.counted("loss", Role.LOSS, 1, 2, 3));
    var marked = plain.mark(2, 2, "here").figure();

    assertThat(parsed(marked.svg().orElseThrow()).getDocumentElement().getTextContent())
        .contains("here");
    assertThat(pixels(decoded(marked), Palette.INK))
        .isGreaterThan(pixels(decoded(plain.figure()), Palette.INK) + 40);
  }

  @Test
  void aFigureOfLongCurvesStaysSmall() {
    double[] x = IntStream.range(0, 100_000).mapToDouble(i -> i).toArray();
    double[] y = DoubleStream.of(x).map(Math::sin).toArray();
    var figure = Curves.of("", "x", "y").with("a", Role.LOSS, x, y).figure();

    assertThat(figure.svg().orElseThrow().length()).isLessThan(60_000);
    assertThat(figure.png().length).isLessThan(90_000);
  }

  @Test
  void theSameCurvesGiveTheSameFile() {
    assertThat(LOSS.figure().mimeBundle()).isEqualTo(LOSS.figure().mimeBundle());
  }

  @Test
  void aSeriesWithoutAYForEachXIsRefused() {
    assertThatThrownBy(() -> new Series("loss", Role.LOSS, new double[2], new double[3]))
        .hasMessage("loss expects a y for each x but receives 2 x and 3 y: give equally many.");
  }

  @Test
  void aMachineWithoutAFontIsToldWhatToInstall() {
    for (Throwable failure :
        new Throwable[] {
          new InternalError("font manager"),
          new NoClassDefFoundError("sun/font"),
          new RuntimeException("Fontconfig head is null")
        }) {
      assertThatThrownBy(() -> Canvas.withFont(() -> sneak(failure)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("apt-get install fontconfig fonts-dejavu-core")
          .hasCause(failure);
    }
  }

  private static void sneak(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
