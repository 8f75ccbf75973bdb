package org.lossbook.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.Lossbook;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.applications.LayerScale;
import org.lossbook.layer.core.Dense;

/** The numbers of the layers' Javadoc, and what they answer to shapes that do not fit. */
class LayerShapesTest {
  private static int parameters(Layer layer, int... shape) {
    return layer.parameters(shape).stream().mapToInt(Parameter::size).sum();
  }

  @Test
  void denseCountsItsParameters() {
    assertThat(parameters(Lossbook.dense(64), 576)).isEqualTo(36_928);
    assertThat(parameters(Lossbook.dense(64).useBias(false), 576)).isEqualTo(36_864);
  }

  @Test
  void recurrentLayersCountTheirParametersAndExpectSequences() {
    assertThat(parameters(Lossbook.lstm(64), 50, 16)).isEqualTo(20_736);
    assertThat(parameters(Lossbook.gru(64), 50, 16)).isEqualTo(15_744);
    assertThat(parameters(Lossbook.simpleRnn(64), 50, 16)).isEqualTo(5_184);
    assertThat(Lossbook.lstm(64).outputShape(50, 16)).containsExactly(64);
    assertThat(Lossbook.lstm(64).returnSequences().outputShape(50, 16)).containsExactly(50, 64);
    assertThatThrownBy(() -> Lossbook.lstm(64).outputShape(16))
        .hasMessage(
            "lstm expects sequences [batch, steps, features] but receives [batch, 16]: add reshape(16, 1) before it.");
    assertThatThrownBy(() -> Lossbook.lstm(64).outputShape(28, 28, 1))
        .hasMessage(
            "lstm expects sequences [batch, steps, features] but receives [batch, 28, 28, 1]: add reshape(28, 28) before it.");
    assertThatThrownBy(
            () ->
                Lossbook.lstm(64)
                    .outputShape(List.of(new int[] {50, 16}, new int[] {64}, new int[] {32})))
        .hasMessage(
            "lstm expects a sequence and then 2 states [batch, 64] and [batch, 64] but receives 2 values [batch, 64] and [batch, 32]: write of(x, h, c).");
  }

  @Test
  void aConvolutionOnAGreyImageHas320ParametersAndCropsTheBorder() {
    assertThat(parameters(Lossbook.conv2d(32, 3), 28, 28, 1)).isEqualTo(320);
    assertThat(Lossbook.conv2d(32, 3).outputShape(28, 28, 1)).containsExactly(26, 26, 32);
    assertThat(Lossbook.conv2d(32, 3).same().outputShape(28, 28, 1)).containsExactly(28, 28, 32);
  }

  @Test
  void convolutionsOfEveryRankCountTheirParameters() {
    assertThat(parameters(Lossbook.conv1d(32, 5), 100, 3)).isEqualTo(512);
    assertThat(Lossbook.conv1d(32, 5).outputShape(100, 3)).containsExactly(96, 32);
    assertThat(Lossbook.conv1d(32, 5).causal().outputShape(100, 3)).containsExactly(100, 32);
    assertThat(parameters(Lossbook.conv3d(8, 3), 16, 28, 28, 1)).isEqualTo(224);
    assertThat(Lossbook.conv3d(8, 3).outputShape(16, 28, 28, 1)).containsExactly(14, 26, 26, 8);
    assertThat(parameters(Lossbook.depthwiseConv1d(5), 100, 3)).isEqualTo(18);
    assertThat(parameters(Lossbook.depthwiseConv2d(3), 28, 28, 32)).isEqualTo(320);
    assertThat(parameters(Lossbook.conv2d(32, 3), 28, 28, 32)).isEqualTo(9_248);
    assertThat(Lossbook.depthwiseConv2d(3).depthMultiplier(2).outputShape(28, 28, 3))
        .containsExactly(26, 26, 6);
    assertThat(parameters(Lossbook.separableConv1d(16, 5), 100, 8)).isEqualTo(184);
    assertThat(parameters(Lossbook.separableConv2d(64, 3), 28, 28, 32)).isEqualTo(2_400);
    assertThat(parameters(Lossbook.conv2d(64, 3), 28, 28, 32)).isEqualTo(18_496);
  }

  @Test
  void transposedConvolutionsOfEveryRankCountTheirParameters() {
    var sequence = Lossbook.conv1dTranspose(16, 4).strides(2).same();
    assertThat(parameters(sequence, 50, 8)).isEqualTo(528);
    assertThat(sequence.outputShape(50, 8)).containsExactly(100, 16);
    var volume = Lossbook.conv3dTranspose(4, 2).strides(2);
    assertThat(parameters(volume, 8, 8, 8, 16)).isEqualTo(516);
    assertThat(volume.outputShape(8, 8, 8, 16)).containsExactly(16, 16, 16, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | sequences [batch, length, channels] | 100 | 100, 1",
        "1 | sequences [batch, length, channels] | 8, 9, 3 | 72, 3",
        "1 | sequences [batch, length, channels] | 4, 8, 9, 3 | 288, 3",
        "2 | images [batch, height, width, channels] | 49 | 7, 7, 1",
        "2 | images [batch, height, width, channels] | 9, 8 | 9, 8, 1",
        "2 | images [batch, height, width, channels] | 4, 9, 8, 3 | 36, 8, 3",
        "3 | volumes [batch, depth, height, width, channels] | 512 | 8, 8, 8, 1",
        "3 | volumes [batch, depth, height, width, channels] | 9, 8, 7 | 9, 8, 7, 1",
        "3 | volumes [batch, depth, height, width, channels] | 9, 8 | 9, 8, 1, 1",
        "3 | volumes [batch, depth, height, width, channels] | 2, 4, 5, 6, 3 | 8, 5, 6, 3",
      })
  void anotherRankIsRefusedWithAReshapeThatHelps(
      int axes, String wanted, String shape, String fix) {
    for (Layer layer : ofRank(axes)) {
      assertThatThrownBy(() -> layer.outputShape(numbers(shape)))
          .hasMessage(
              "%s expects %s but receives [batch, %s]: add reshape(%s) before it.",
              layer.kind(), wanted, shape, fix);
      assertThat(layer.outputShape(Lossbook.reshape(numbers(fix)).outputShape(numbers(shape))))
          .isNotEmpty();
    }
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(", ")).mapToInt(Integer::parseInt).toArray();
  }

  private static List<Layer> ofRank(int axes) {
    return switch (axes) {
      case 1 ->
          List.of(
              Lossbook.conv1d(2, 2).same(),
              Lossbook.conv1dTranspose(2, 2),
              Lossbook.depthwiseConv1d(2).same(),
              Lossbook.separableConv1d(2, 2).same(),
              Lossbook.maxPooling1d(2).same(),
              Lossbook.globalAveragePooling1d(),
              Lossbook.adaptiveMaxPooling1d(2));
      case 2 ->
          List.of(
              Lossbook.conv2d(2, 2).same(),
              Lossbook.conv2dTranspose(2, 2),
              Lossbook.depthwiseConv2d(2).same(),
              Lossbook.separableConv2d(2, 2).same(),
              Lossbook.averagePooling2d(2).same(),
              Lossbook.globalMaxPooling2d(),
              Lossbook.adaptiveAveragePooling2d(2));
      default ->
          List.of(
              Lossbook.conv3d(2, 2).same(),
              Lossbook.conv3dTranspose(2, 2),
              Lossbook.maxPooling3d(2).same(),
              Lossbook.globalAveragePooling3d(),
              Lossbook.adaptiveMaxPooling3d(2));
    };
  }

  @Test
  void aConvolutionOfVolumesSuggestsTheReshape() {
    assertThatThrownBy(() -> Lossbook.conv3d(4, 3).outputShape(9, 28, 28))
        .hasMessage(
            "conv3d expects volumes [batch, depth, height, width, channels] but receives [batch, 9,"
                + " 28, 28]: add reshape(9, 28, 28, 1) before it.");
    assertThatThrownBy(() -> Lossbook.conv3d(4, 3).outputShape(512))
        .hasMessageEndingWith("receives [batch, 512]: add reshape(8, 8, 8, 1) before it.");
    assertThatThrownBy(() -> Lossbook.conv3d(4, 5).outputShape(9, 28, 4, 1))
        .hasMessage(
            "conv3d expects volumes at least as large as its window of 5×5×5 but receives [batch, 9,"
                + " 28, 4, 1]: use a smaller window, same(), or fewer poolings before it.");
    assertThat(Lossbook.conv1d(4, 2).dilation(512).causal().outputShape(100, 1))
        .containsExactly(100, 4);
    assertThatThrownBy(() -> Lossbook.conv1d(4, 2).dilation(1_000_000).causal().outputShape(9, 1))
        .hasMessage(
            "conv1d expects sequences at most 10000 steps smaller than its window of 1000001 but"
                + " receives [batch, 9, 1]: use a smaller window.");
    assertThatThrownBy(() -> Lossbook.conv1d(4, 100).same().outputShape(9, 1))
        .hasMessage(
            "conv1d expects sequences at most 64 steps smaller than its window of 100 but receives"
                + " [batch, 9, 1]: use a smaller window.");
  }

  @Test
  void aTransposedConvolutionUndoesStrides() {
    var layer = Lossbook.conv2dTranspose(16, 3).strides(2);
    assertThat(parameters(layer, 7, 7, 32)).isEqualTo(4_624);
    assertThat(layer.same().outputShape(7, 7, 32)).containsExactly(14, 14, 16);
    assertThat(layer.outputShape(7, 7, 32)).containsExactly(15, 15, 16);
    assertThat(layer.outputPadding(1).outputShape(7, 7, 32)).containsExactly(16, 16, 16);
    assertThat(layer.same().outputPadding(1, 0).outputShape(7, 7, 32)).containsExactly(14, 13, 16);
    assertThat(layer).hasToString("conv2d_transpose(16, 3×3)");
  }

  @Test
  void aTransposedConvolutionRefusesWhatLeavesNoOutput() {
    var layer = Lossbook.conv2dTranspose(4, 2).strides(2).same();
    assertThatThrownBy(() -> layer.outputPadding(2).outputShape(4, 4, 1))
        .hasMessage(
            "conv2d_transpose expects an outputPadding below its strides of 2 but receives 2: write"
                + " outputPadding(1) or less, or larger strides.");
    assertThatThrownBy(() -> layer.outputPadding(0).outputShape(1, 4, 1))
        .hasMessage(
            "conv2d_transpose expects images that leave an output but receives [batch, 1, 4, 1], of"
                + " which 0 would remain: leave out outputPadding(…).");
    assertThatThrownBy(() -> layer.outputShape(64))
        .hasMessage(
            "conv2d_transpose expects images [batch, height, width, channels] but receives [batch,"
                + " 64]: add reshape(8, 8, 1) before it.");
    assertThatThrownBy(() -> layer.strides(1, 2, 3))
        .hasMessage(
            "conv2d_transpose expects strides as one number or as 2 numbers but receives 3, [1, 2,"
                + " 3].");
    assertThatThrownBy(() -> layer.strides())
        .hasMessageContaining("strides as one number or as 2 numbers but receives none");
    assertThatThrownBy(() -> layer.outputPadding(-1))
        .hasMessage("conv2d_transpose expects outputPadding of 0 or more but receives -1.");
  }

  @Test
  void poolingHalvesAnImage() {
    assertThat(Lossbook.maxPooling2d(2).outputShape(26, 26, 32)).containsExactly(13, 13, 32);
    assertThat(Lossbook.averagePooling2d(2).outputShape(26, 26, 32)).containsExactly(13, 13, 32);
  }

  @Test
  void poolingOfEveryRankHalves() {
    assertThat(Lossbook.maxPooling1d(2).outputShape(100, 3)).containsExactly(50, 3);
    assertThat(Lossbook.averagePooling1d(2).outputShape(100, 3)).containsExactly(50, 3);
    assertThat(Lossbook.maxPooling3d(2).outputShape(16, 26, 26, 3)).containsExactly(8, 13, 13, 3);
    assertThat(Lossbook.averagePooling3d(2).outputShape(16, 26, 26, 3))
        .containsExactly(8, 13, 13, 3);
  }

  @Test
  void globalAndAdaptivePoolingTakeAnySize() {
    assertThat(Lossbook.globalMaxPooling1d().outputShape(100, 3)).containsExactly(3);
    assertThat(Lossbook.globalAveragePooling1d().keepdims().outputShape(100, 3))
        .containsExactly(1, 3);
    assertThat(Lossbook.globalAveragePooling3d().keepdims().outputShape(4, 5, 6, 3))
        .containsExactly(1, 1, 1, 3);
    for (int size : new int[] {1, 7, 100}) {
      assertThat(Lossbook.adaptiveAveragePooling2d(3, 2).outputShape(size, size, 5))
          .containsExactly(3, 2, 5);
    }
    assertThat(Lossbook.adaptiveMaxPooling3d(2).outputShape(4, 5, 6, 3))
        .containsExactly(2, 2, 2, 3);
  }

  @Test
  void poolingOfAnotherRankSuggestsTheReshape() {
    assertThatThrownBy(() -> Lossbook.globalAveragePooling1d().outputShape(28, 28, 3))
        .hasMessage(
            "global_average_pooling1d expects sequences [batch, length, channels] but receives"
                + " [batch, 28, 28, 3]: add reshape(784, 3) before it.");
    assertThatThrownBy(() -> Lossbook.adaptiveMaxPooling2d(3).outputShape(49))
        .hasMessageEndingWith("receives [batch, 49]: add reshape(7, 7, 1) before it.");
    assertThatThrownBy(() -> Lossbook.averagePooling3d(3).outputShape(2, 8, 8, 1))
        .hasMessageStartingWith(
            "average_pooling3d expects volumes at least as large as its window of 3×3×3 but");
    assertThatThrownBy(() -> Lossbook.adaptiveMaxPooling2d(0))
        .hasMessage("adaptive_max_pooling2d expects an output size of 1 or more but receives 0.");
  }

  @Test
  void flattenAndReshapeKeepTheNumbers() {
    assertThat(Lossbook.flatten().outputShape(3, 3, 64)).containsExactly(576);
    assertThat(Lossbook.reshape(28, 28, 1).outputShape(784)).containsExactly(28, 28, 1);
    assertThat(Lossbook.reshape(-1, 4).outputShape(12)).containsExactly(3, 4);
  }

  @Test
  void aChainedCallDoesNotChangeTheLayerItIsCalledOn() {
    Dense linear = Lossbook.dense(3);
    assertThat(linear.relu().activation().kerasName()).isEqualTo("relu");
    assertThat(linear.activation().kerasName()).isEqualTo("linear");
    assertThat(linear.named("last").name()).contains("last");
    assertThat(linear.name()).isEmpty();
  }

  @Test
  void aConvolutionOnRowsSuggestsTheReshape() {
    assertThatThrownBy(() -> Lossbook.conv2d(32, 3).outputShape(784))
        .hasMessage(
            "conv2d expects images [batch, height, width, channels] but receives [batch, 784]:"
                + " add reshape(28, 28, 1) before it.");
  }

  @Test
  void denseWorksOverTheLastAxis() {
    assertThat(Lossbook.dense(10).outputShape(28, 28, 3)).containsExactly(28, 28, 10);
    assertThat(parameters(Lossbook.dense(10), 28, 28, 3)).isEqualTo(40);
  }

  @Test
  void denseOnSingleNumbersSuggestsReshape() {
    assertThatThrownBy(() -> Lossbook.dense(10).outputShape())
        .hasMessage(
            "dense expects rows [batch, inputs] but receives [batch]: add reshape(1) before it.");
  }

  @Test
  void aWindowLargerThanTheImageIsRefused() {
    assertThatThrownBy(() -> Lossbook.maxPooling2d(3).outputShape(2, 2, 8))
        .hasMessage(
            "max_pooling2d expects images at least as large as its window of 3×3 but receives"
                + " [batch, 2, 2, 8]: use a smaller window, same(), or fewer poolings before it.");
  }

  @Test
  void groupsThatDoNotDivideAreRefused() {
    assertThatThrownBy(() -> Lossbook.conv2d(6, 3).groups(4))
        .hasMessage(
            "conv2d expects groups that divide its 6 filters but receives 4: change one of the"
                + " two.");
    assertThatThrownBy(() -> Lossbook.conv2d(6, 3).groups(2).outputShape(8, 8, 3))
        .hasMessageContaining("channels that its 2 groups divide but receives [batch, 8, 8, 3]");
  }

  @Test
  void reshapeToAnotherCountIsRefused() {
    assertThatThrownBy(() -> Lossbook.reshape(27, 28).outputShape(784))
        .hasMessage(
            "reshape expects numbers that fill [batch, 27, 28] but receives [batch, 784], 784 a"
                + " sample: name extents with that product.");
  }

  @Test
  void anUnknownActivationListsTheKnown() {
    assertThatThrownBy(() -> Lossbook.activation("rectify"))
        .hasMessageContaining(
            "activation expects one of [celu, elu, exponential, gelu, glu, hard_shrink")
        .hasMessageContaining("but receives \"rectify\"");
  }

  @Test
  void layerScaleTakesItsOwnNumberOfChannels() {
    assertThat(new LayerScale(1e-6, 3).outputShape(5, 5, 3)).containsExactly(5, 5, 3);
    assertThatThrownBy(() -> new LayerScale(1e-6, 3).outputShape(5, 5, 4))
        .hasMessage(
            "layerScale expects [batch, …, 3] but receives [batch, 5, 5, 4]: give it as many channels, layerScale(1.0E-6, 4).");
  }
}
