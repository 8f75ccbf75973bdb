package org.lossbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.hinge;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.regions;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.vector;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.plot.Figure;

class RegionsTest {
  private static final double[][] CORNERS = matrix(row(0, 0), row(1, 0), row(0, 1), row(1, 1));

  private static BufferedImage image(Figure figure) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(figure.png()));
  }

  /** The colours of a place, by its share of the figure's width and height. */
  private static int[] colour(BufferedImage image, double x, double y) {
    int rgb = image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight()));
    return new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
  }

  private static Model right(String kind) {
    Model model =
        switch (kind) {
          case "logits" ->
              sequential(input(2), dense(1).named("it"))
                  .compile(adam(), binaryCrossentropy().fromLogits());
          case "sigmoid" ->
              sequential(input(2), dense(1).sigmoid().named("it"))
                  .compile(adam(), binaryCrossentropy());
          case "hinge" -> sequential(input(2), dense(1).named("it")).compile(adam(), hinge());
          default ->
              sequential(input(2), dense(2).softmax().named("it"))
                  .compile(adam(), sparseCategoricalCrossentropy());
        };
    boolean isRow = kind.equals("softmax");
    model.weights("it/kernel", isRow ? matrix(row(0, 9), row(0, 0)) : matrix(row(9), row(0)));
    return model.weights("it/bias", isRow ? vector(0, -4.5) : vector(-4.5));
  }

  @Test
  void eachSideHasTheColourOfTheClassThatIsAnswered() throws IOException {
    Dataset data = dataset(CORNERS, vector(0, 1, 0, 1));
    for (String kind : new String[] {"logits", "sigmoid", "hinge", "softmax"}) {
      BufferedImage image = image(regions(right(kind), data));
      int[] left = colour(image, 0.2, 0.55);
      int[] right = colour(image, 0.75, 0.55);
      int[] middle = colour(image, 0.5, 0.55);
      assertThat(left[0]).as(kind).isGreaterThan(left[2] + 30); // vermilion, made pale
      assertThat(right[2]).as(kind).isGreaterThan(right[0] + 30); // blue, made pale
      assertThat(Math.abs(middle[0] - middle[2])).as(kind).isLessThan(30); // not sure
    }
  }

  @Test
  void anOutputStaysSmall() {
    Figure figure = regions(right("logits"), dataset(CORNERS, vector(0, 1, 0, 1)));
    figure
        .mimeBundle()
        .forEach((type, text) -> assertThat(text.length()).as(type).isLessThan(200_000));
  }

  @Test
  void itIsDescribedInWords() {
    assertThat(regions(right("logits"), dataset(CORNERS, vector(0, 1, 0, 1))).toString())
        .startsWith("What the model answers where: points of x₂ over x₁: 2 0, 2 1");
  }

  @Test
  void samplesOfMoreNumbersAndModelsWithoutClassesAreRefused() {
    Dataset wide = dataset(matrix(row(1, 2, 3), row(3, 4, 5)), vector(0, 1));
    Model three = sequential(input(3), dense(1)).compile(adam(), binaryCrossentropy().fromLogits());
    assertThatThrownBy(() -> regions(three, wide))
        .hasMessageStartingWith(
            "regions expects samples of two numbers, the two axes of its figure, but receives samples of shape [3]");
    Model regression = sequential(input(2), dense(1)).compile(adam(), mse());
    assertThatThrownBy(() -> regions(regression, dataset(CORNERS, vector(0.5, 1.5, 0, 1))))
        .hasMessageContaining("regions");
  }
}
