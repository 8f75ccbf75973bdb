package org.lossbook.layer.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.Values;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Layer;
import org.lossbook.model.Model;
import org.lossbook.testing.OneLayer;

/** The numbers of these layers' Javadoc, networks with them, and what does not fit. */
class PreprocessingLayersTest {
  private static float[] output(Layer layer, float... row) {
    try (var network = new OneLayer(layer, false, 1, row.length)) {
      return network.forward(row);
    }
  }

  private static List<String> parameters(Layer layer, int... shape) {
    return layer.parameters(shape).stream().map(Parameter::toString).toList();
  }

  @Test
  void rescalingMultipliesAndAdds() {
    assertThat(output(rescaling(1 / 127.5, -1), 0, 127.5f, 255)).containsExactly(-1, 0, 1);
    assertThat(output(rescaling(1.0 / 255), 0, 255)).containsExactly(0, 1);
    assertThat(output(rescaling(new double[] {1, 2}, new double[] {3, 4}), 5, 6))
        .containsExactly(8, 16);
    assertThat(rescaling(0.5).outputShape()).isEmpty();
  }

  @Test
  void rescalingKeepsBounds() {
    List<Bounds> pixels = List.of(Bounds.between(0, 255));
    List<int[]> shape = List.of(new int[] {2});

    assertThat(rescaling(1 / 127.5, -1).bounds(pixels, shape)).isEqualTo(Bounds.between(-1, 1));
    assertThat(rescaling(-1).bounds(pixels, shape)).isEqualTo(Bounds.between(-255, 0));
    assertThat(
            rescaling(new double[] {1, -2}, new double[] {0, 10}).bounds(pixels, shape).areFinite())
        .isTrue();
    assertThat(rescaling(2).bounds(List.of(Bounds.NONE), shape)).isEqualTo(Bounds.NONE);
  }

  @Test
  void scalesThatAreNotThoseOfTheChannelsAreRefused() {
    var layer = rescaling(new double[] {1, 2}, new double[] {0});

    assertThatThrownBy(() -> layer.outputShape(4, 4, 3))
        .hasMessage(
            "rescaling expects one scale or one for each channel of [batch, 4, 4, 3] but receives"
                + " [1.0, 2.0]: rescaling(1.0 / 255) has one for all.");
    assertThatThrownBy(() -> rescaling(Double.NaN))
        .hasMessage(
            "rescaling expects finite numbers for its scale but receives [NaN]: one stands for"
                + " all, as many as there are channels for each of them.");
    assertThatThrownBy(() -> rescaling(new double[0], new double[] {1}))
        .hasMessageStartingWith("rescaling expects finite numbers for its scale but receives none");
    assertThatThrownBy(() -> rescaling(null, new double[] {1}))
        .hasMessageStartingWith("rescaling expects a number for its scale but receives null");
  }

  @Test
  void normalizationIsAdaptedToTheColumnsOfATable() {
    var adapted = normalization().adapt(new double[][] {{1, 10}, {3, 30}});

    assertThat(output(adapted, 3, 0)).containsExactly(1, -2);
    assertThat(output(adapted.invert(), 1, -2)).containsExactly(3, 0);
    assertThat(parameters(adapted, 2)).containsExactly("mean[2]", "variance[2]", "count[]");
    assertThat(output(normalization(), 3, 5)).containsExactly(3, 5);
  }

  @Test
  void normalizationCanHaveOneMeanForAllNumbersOrOneForEachPlace() {
    var data = new double[][][] {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}};

    assertThat(output(normalization().axis().adapt(data), 4.5f)).containsExactly(0);
    assertThat(parameters(normalization().axis().adapt(data), 2, 2))
        .containsExactly("mean[]", "variance[]", "count[]");
    try (var network = new OneLayer(normalization().axis(1).adapt(data), false, 1, 2, 2)) {
      // means (3.5, 5.5), variances 4.25
      assertThat(network.forward(new float[] {3.5f, 3.5f, 5.5f, 5.5f})).containsOnly(0);
    }
    assertThat(parameters(normalization().axis(1, 2).adapt(data), 2, 2))
        .containsExactly("mean[2, 2]", "variance[2, 2]", "count[]");
  }

  @Test
  void aMeanAndAVarianceThatAreGivenNeedNoWeights() {
    var given = normalization().mean(2).variance(4);

    assertThat(output(given, 6, 0)).containsExactly(2, -1);
    assertThat(output(given.invert(), 2)).containsExactly(6);
    assertThat(parameters(given, 2)).isEmpty();
    assertThat(output(normalization().mean(1, 2).variance(1, 0.25), 0, 3)).containsExactly(-1, 2);
  }

  @Test
  void normalizationSaysWhatDoesNotFit() {
    assertThatThrownBy(() -> normalization().mean(2).outputShape(3))
        .hasMessage(
            "normalization expects a mean and a variance but receives a mean alone: add"
                + " variance(1), or measure both with adapt(x).");
    assertThatThrownBy(() -> normalization().mean(1, 2).variance(1).outputShape(3))
        .hasMessage(
            "normalization expects one mean or one for each place along its axes of [batch, 3] but"
                + " receives [1.0, 2.0]: mean(0).variance(1) has one for all.");
    assertThatThrownBy(() -> normalization().variance(-1))
        .hasMessage(
            "normalization expects a variance of 0 or more but receives -1.0: it is the square of"
                + " the deviation.");
    assertThatThrownBy(
            () -> normalization().adapt(new double[][] {{1, 2}, {3, 5}}).outputShape(4, 3))
        .hasMessage(
            "normalization was adapted to samples with [2] along its axes but receives"
                + " [batch, 4, 3]: adapt it to such samples.");
    assertThatThrownBy(() -> normalization().adapt(new double[] {1, 2}))
        .hasMessage(
            "normalization expects an axis of [batch] but receives -1: add reshape(1) before it.");
    assertThatThrownBy(() -> normalization().adapt(null))
        .hasMessageContaining("normalization.adapt");
    assertThatThrownBy(() -> normalization().adapt(new double[][] {{1, Double.NaN}}))
        .hasMessageStartingWith("normalization.adapt expects finite numbers but data has NaN");
  }

  @Test
  void resizingGivesOneSize() {
    assertThat(image(resizing(2, 2), 4, 4)).containsExactly(2.5f, 4.5f, 10.5f, 12.5f);
    assertThat(resizing(32, 32).cropToAspectRatio().outputShape(48, 64, 3))
        .containsExactly(32, 32, 3);
    assertThatThrownBy(() -> resizing(2, 2).outputShape(16))
        .hasMessage(
            "resizing expects images [batch, height, width, channels] but receives [batch, 16]:"
                + " add reshape(4, 4, 1) before it.");
    assertThatThrownBy(() -> resizing(0, 2))
        .hasMessage("resizing expects a height of 1 or more but receives 0.");
    assertThatThrownBy(() -> resizing(2, 2).cropToAspectRatio().padToAspectRatio())
        .hasMessage(
            "resizing expects to crop or to pad to the new proportions but receives both: leave"
                + " cropToAspectRatio() or padToAspectRatio() out.");
    assertThatThrownBy(() -> resizing(2, 2).interpolation("area"))
        .hasMessageStartingWith("resizing expects an interpolation of nearest, bilinear,");
    assertThatThrownBy(() -> resizing(1, 40_000).padToAspectRatio().outputShape(40_000, 1, 1))
        .hasMessageStartingWith("resizing expects samples of at most 2,147,483,647 numbers");
  }

  @Test
  void resizingStaysWithinTheBoundsOfItsPixelsUnlessItOvershoots() {
    List<Bounds> pixels = List.of(Bounds.between(0, 1));
    List<int[]> shape = List.of(new int[] {4, 6, 1});

    assertThat(resizing(2, 2).bounds(pixels, shape)).isEqualTo(Bounds.between(0, 1));
    assertThat(resizing(2, 2).interpolation("bicubic").bounds(pixels, shape))
        .isEqualTo(Bounds.NONE);
    assertThat(resizing(2, 2).padToAspectRatio().fillValue(-1).bounds(pixels, shape))
        .isEqualTo(Bounds.between(-1, 1));
  }

  @Test
  void centerCropCutsOutTheMiddle() {
    assertThat(image(centerCrop(2, 2), 4, 4)).containsExactly(5, 6, 9, 10);
    assertThat(centerCrop(24, 24).outputShape(28, 28, 3)).containsExactly(24, 24, 3);
    assertThatThrownBy(() -> centerCrop(2, 2).outputShape(4, 4))
        .hasMessage(
            "center_crop expects images [batch, height, width, channels] but receives [batch, 4,"
                + " 4]: add reshape(4, 4, 1) before it.");
  }

  @Test
  void categoriesBecomeRows() {
    assertThat(output(categoryEncoding(4), 3, 1, 1)).containsExactly(0, 1, 0, 1);
    assertThat(output(categoryEncoding(4).outputMode("count"), 3, 1, 1))
        .containsExactly(0, 2, 0, 1);
    assertThat(output(categoryEncoding(4).outputMode("one_hot"), 3)).containsExactly(0, 0, 0, 1);
    assertThat(categoryEncoding(4).outputMode("one_hot").outputShape(3, 2))
        .containsExactly(3, 2, 4);
    assertThat(categoryEncoding(4).outputMode("one_hot").outputShape()).containsExactly(4);
    assertThat(bounds(categoryEncoding(4), 3)).isEqualTo(Bounds.between(0, 1));
    assertThat(bounds(categoryEncoding(4).outputMode("count"), 3)).isEqualTo(Bounds.between(0, 3));
    assertThat(bounds(categoryEncoding(4).outputMode("one_hot"), 3).sumToOne()).isTrue();
  }

  private static Bounds bounds(Layer layer, int... shape) {
    return layer.bounds(List.of(Bounds.NONE), List.of(shape));
  }

  @Test
  void whatIsNoCategoryIsRefused() {
    assertThatThrownBy(() -> output(categoryEncoding(4), 1, 4))
        .hasMessage(
            "categoryEncoding(4) expects whole numbers from 0 to 3 but receives 4.0: number the"
                + " categories from 0, or take as many as there are.");
    assertThatThrownBy(() -> output(categoryEncoding(4), 0.5f)).hasMessageContaining("0.5");
    assertThatThrownBy(() -> output(categoryEncoding(4), Float.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> categoryEncoding(4).outputShape(3, 2))
        .hasMessage(
            "category_encoding expects lists of categories [batch, n] but receives [batch, 3, 2]:"
                + " add flatten() before it, or take outputMode(\"one_hot\").");
    assertThatThrownBy(() -> categoryEncoding(4).outputShape())
        .hasMessage(
            "category_encoding expects several categories a sample for multi_hot but receives"
                + " [batch]: add reshape(1) before it, or take outputMode(\"one_hot\").");
    assertThatThrownBy(() -> categoryEncoding(4).outputMode("int"))
        .hasMessage(
            "category_encoding expects an output mode of multi_hot, one_hot, count but receives"
                + " \"int\": use one of these names.");
    assertThatThrownBy(() -> categoryEncoding(0))
        .hasMessage("category_encoding expects categories of 1 or more but receives 0.");
  }

  @Test
  void discretizationGivesTheNumberOfTheBin() {
    assertThat(output(discretization(0, 1, 2), -1.5f, 1, 3.4f, 0.5f)).containsExactly(0, 2, 3, 1);
    assertThat(output(discretization(0, 1).outputMode("one_hot"), 0.5f)).containsExactly(0, 1, 0);
    assertThat(bounds(discretization(0, 1), 3)).isEqualTo(Bounds.between(0, 2));
    assertThat(output(discretization().numBins(2).adapt(new double[] {1, 2, 3, 4}), 1, 1.9f, 2, 4))
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void discretizationSaysWhatDoesNotFit() {
    assertThatThrownBy(() -> discretization(1, 0))
        .hasMessage(
            "discretization expects finite boundaries in ascending order but receives [1.0, 0.0]:"
                + " sort them.");
    assertThatThrownBy(() -> discretization().outputShape(3))
        .hasMessage(
            "discretization expects boundaries but has none yet: give them, discretization(0, 1),"
                + " or measure them, discretization().numBins(4).adapt(x).");
    assertThatThrownBy(() -> discretization().adapt(new double[] {1, 2}))
        .hasMessage(
            "discretization.adapt expects a number of bins but has none: write"
                + " discretization().numBins(4).adapt(x).");
    assertThatThrownBy(() -> discretization(0, 1).numBins(4))
        .hasMessage(
            "discretization expects boundaries or a number of bins but receives both: write"
                + " discretization().numBins(4).");
  }

  @Test
  void whatComesBeforeCategoriesGetsNoGradient() {
    try (var network = new OneLayer(discretization(0), true, 1, 2)) {
      network.forward(new float[] {-1, 1});
      assertThat(network.backward(new float[] {5, 7})).containsExactly(0, 0);
    }
  }

  /** What a layer makes of an image with the pixels 0, 1, 2, …. */
  private static float[] image(Layer layer, int height, int width) {
    float[] pixels = new float[height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i;
    }
    try (var network = new OneLayer(layer, false, 1, height, width, 1)) {
      return network.forward(pixels);
    }
  }

  @Test
  void aNetworkThatBeginsWithRescalingTrains() {
    float[] pixels = new float[64 * 16];
    float[] labels = new float[64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i * 7919 % 256;
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
      Arrays.fill(pixels, 16 * i, 16 * i + 8, i % 2 == 0 ? 20 : 230);
    }
    Model model =
        sequential(
                input(4, 4, 1),
                rescaling(1.0 / 255),
                conv2d(4, 3).relu(),
                flatten(),
                dense(1).sigmoid())
            .seed(3)
            .compile(adam().learningRate(0.01), binaryCrossentropy());

    model.fit(Values.of(pixels, 64, 4, 4, 1), Values.of(labels, 64, 1), epochs(30).quiet());

    assertThat(model.history().get("loss").get(29)).isLessThan(0.2);
  }

  @Test
  void anAdaptedNetworkPredictsTheSameFromItsFile(@TempDir Path folder) {
    var x = new double[][] {{1000, 0.001}, {3000, 0.003}, {2000, 0.005}};
    Model model =
        sequential(input(2), normalization().adapt(x), dense(3).tanh(), layerNormalization())
            .compile(adam(), mse());
    double[] before = model.predictValues(x).toDoubles();

    model.save(folder.resolve("adapted.keras"));

    assertThat(loadModel(folder.resolve("adapted.keras")).predictValues(x).toDoubles())
        .isEqualTo(before);
    assertThat(model.weightValues("normalization/mean").toDoubles()[0]).isEqualTo(2000);
    assertThat(model.weightValues("normalization/count").size()).isEqualTo(1);
  }
}
