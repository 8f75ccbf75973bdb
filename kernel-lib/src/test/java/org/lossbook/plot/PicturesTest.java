package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.plot.Pictures.decoded;
import static org.lossbook.plot.Pictures.parsed;
import static org.lossbook.plot.Pictures.pixels;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lossbook.plot.Architecture.Box;
import org.lossbook.plot.ImageGrid.Tile;

class PicturesTest {
  private static final float[] CHECKERS = {1, 0, 0, 1};

  private static Tile tile(String truth, String prediction) {
    return new Tile(CHECKERS, 2, 2, 1, truth, prediction);
  }

  @Test
  void aMistakeHasAFrameAndIsNamedInWords() {
    var right = ImageGrid.figure(List.of(tile("4", "4"), tile("9", "9")));
    var wrong = ImageGrid.figure(List.of(tile("4", "9"), tile("9", "9")));

    assertThat(wrong.alt()).isEqualTo("2 images, 1 of them mistaken: 9, is 4; 9");
    assertThat(pixels(decoded(right), Role.LOSS.color(0))).isZero();
    assertThat(pixels(decoded(wrong), Role.LOSS.color(0))).isGreaterThan(500);
    assertThat(Pictures.pngSays(wrong, "1 of them mistaken")).isTrue();
  }

  @Test
  void pixelsAreShownAsTheyAreAndNotSmoothed() {
    BufferedImage grid = decoded(ImageGrid.figure(List.of(tile("7", ""))));
    // half of an image 145 pixels wide
    assertThat(pixels(grid, Color.BLACK)).isBetween(9_000L, 11_500L);
    assertThat(grid.getRGB(14, 14)).isEqualTo(Color.WHITE.getRGB());
  }

  @Test
  void imagesWithoutALabelOrAModelAreShownToo() {
    assertThat(ImageGrid.figure(List.of(tile("", ""))).alt()).isEqualTo("1 image: ");
    assertThat(ImageGrid.figure(List.of(tile("", "3"))).alt())
        .isEqualTo("1 image, 0 of them mistaken: 3");
    assertThat(ImageGrid.figure(List.of(tile("7", "")))).hasToString("1 image: 7\n@\n @");
  }

  @Test
  void colourImagesKeepTheirColours() {
    float[] red = {1, 0, 0};
    var grid = decoded(ImageGrid.figure(List.of(new Tile(red, 1, 1, 3, "", ""))));

    assertThat(pixels(grid, Color.RED)).isGreaterThan(10_000);
  }

  @Test
  void aHundredImagesStayASmallPicture() {
    var many = new ArrayList<Tile>();
    for (int i = 0; i < 100; i++) {
      int shift = i;
      float[] pixels = new float[784];
      IntStream.range(0, 784).forEach(p -> pixels[p] = (p * 31 + shift * 17) % 256 / 255f);
      many.add(new Tile(pixels, 28, 28, 1, "5", "5"));
    }

    assertThat(ImageGrid.figure(many).png().length).isLessThan(200_000);
  }

  @Test
  void imagesOfTheWrongShapeOrNoneAreRefused() {
    assertThatThrownBy(() -> new Tile(CHECKERS, 28, 28, 1, "", ""))
        .hasMessage(
            "images expects [height, width, 1 or 3] but receives 4 numbers for [28, 28, 1]: reshape them.");
    assertThatThrownBy(() -> new Tile(CHECKERS, 1, 2, 2, "", "")).hasMessageContaining("[1, 2, 2]");
    assertThatThrownBy(() -> ImageGrid.figure(List.of()))
        .hasMessage("images expects at least one image but receives none: ask for more than 0.");
  }

  @Test
  void aConfusionMatrixHasItsCountsItsNamesAndItsWorstConfusion() {
    var figure = ConfusionMatrix.figure(new int[][] {{50, 3}, {10, 40}}, List.of("no", "yes"));

    assertThat(figure.alt())
        .isEqualTo(
            "Confusion matrix of 2 classes: 90 of 103 right; most often yes is taken for no, 10 times.");
    assertThat(figure.toString()).endsWith("\ntrue  no yes\n  no  50   3\n yes  10  40");
    assertThat(parsed(figure.svg().orElseThrow()).getDocumentElement().getTextContent())
        .contains("predicted", "true", "no", "yes", "50", "40", "10", "3");
  }

  @Test
  void aConfusionMatrixWithoutAMistakeOrWithoutASampleIsDrawn() {
    assertThat(ConfusionMatrix.figure(new int[][] {{5, 0}, {0, 5}}, List.of("a", "b")).alt())
        .isEqualTo("Confusion matrix of 2 classes: 10 of 10 right.");
    assertThat(ConfusionMatrix.figure(new int[2][2], List.of("a", "b")).alt())
        .isEqualTo("Confusion matrix of 2 classes: 0 of 0 right.");
    var wide =
        ConfusionMatrix.figure(new int[30][30], Collections.nCopies(30, "a long class name"));
    assertThat(decoded(wide).getWidth()).isEqualTo(640);
  }

  @Test
  void aConfusionMatrixThatIsNotSquareIsRefused() {
    assertThatThrownBy(() -> ConfusionMatrix.figure(new int[2][2], List.of("a")))
        .hasMessage(
            "confusionMatrix expects a row and a column for each class but receives 1 names for 2 rows: give one name per row.");
  }

  @Test
  void aNetworkIsABoxALayerWithShapesAndParameters() {
    var figure =
        Architecture.figure(
            List.of(
                new Box("input", new int[] {28, 28, 1}, 0),
                new Box("conv2d", new int[] {26, 26, 32}, 320),
                new Box("dense", new int[] {10}, 1)));

    assertThat(figure.alt())
        .isEqualTo(
            "A network of 3 layers with 321 parameters: input 28×28×1, then conv2d 26×26×32, then dense 10.");
    assertThat(figure)
        .hasToString(
            """
            input    28×28×1
              ↓
            conv2d  26×26×32  320 parameters
              ↓
            dense         10  1 parameter""");
    assertThat(parsed(figure.svg().orElseThrow()).getDocumentElement().getTextContent())
        .contains("conv2d", "26×26×32", "320 parameters");
    assertThat(pixels(decoded(figure), Role.TRAINING.color(0))).isGreaterThan(500);
  }

  @Test
  void aLayerNameThatIsTooLongIsCut() {
    var figure = Architecture.figure(List.of(new Box("x".repeat(200), new int[] {1}, 0)));

    assertThat(parsed(figure.svg().orElseThrow()).getDocumentElement().getTextContent())
        .contains("x…");
  }
}
