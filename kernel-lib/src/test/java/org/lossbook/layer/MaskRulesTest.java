package org.lossbook.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.testing.Golden;

/** Which layers pass a mask on, beside Keras. */
class MaskRulesTest {
  private static final String IMAGES = "it changes images";
  private static final String OWN = "it is one of keras.applications";
  private static final String OTHERS = "Keras does not have it";
  private static final String WORDS = "its input is text or categories, which have no mask";
  private static final String CELLS = "a cell sees one step";
  private static final String AROUND = "it is made with another layer, whose tests tell";

  /** The layers that the golden file leaves out, and why. */
  private static final Map<String, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry("RandomColorDegeneration", IMAGES),
          Map.entry("RandomGrayscale", IMAGES),
          Map.entry("AugMix", IMAGES),
          Map.entry("RandAugment", IMAGES),
          Map.entry("RandomHue", IMAGES),
          Map.entry("RandomPosterization", IMAGES),
          Map.entry("RandomSaturation", IMAGES),
          Map.entry("RandomTranslation", IMAGES),
          Map.entry("RandomZoom", IMAGES),
          Map.entry("CustomScaleLayer", OWN),
          Map.entry("LayerScale", OWN),
          Map.entry("PositionEmbedding", OTHERS),
          Map.entry("SinePositions", OTHERS),
          Map.entry("StochasticDepth", OWN),
          Map.entry("CategoryEncoding", WORDS),
          Map.entry("Discretization", WORDS),
          Map.entry("Hashing", WORDS),
          Map.entry("IntegerLookup", WORDS),
          Map.entry("StringLookup", WORDS),
          Map.entry("TextVectorization", WORDS),
          Map.entry("GRUCell", CELLS),
          Map.entry("LSTMCell", CELLS),
          Map.entry("SimpleRNNCell", CELLS),
          Map.entry("StackedRNNCells", CELLS),
          Map.entry("Bidirectional", AROUND),
          Map.entry("Pipeline", AROUND),
          Map.entry("RNN", AROUND),
          Map.entry("SpectralNormalization", AROUND),
          Map.entry("TimeDistributed", AROUND),
          Map.entry("GroupQueryAttention", "its tests compare it with masks"),
          Map.entry("ConvLSTM3D", "it is as ConvLSTM2D, for inputs with one axis more"),
          Map.entry("RepeatVector", "its input is a single row"),
          Map.entry("Softmax", "Keras's refuses the mask that it is given"),
          Map.entry("InputLayer", "it has no input"));

  static Stream<Golden.Case> cases() {
    return Golden.cases("mask_rules")
        .filter(golden -> LAYERS.classes().contains(golden.text("layer")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLayerPassesAMaskOnWhereKerasDoes(Golden.Case golden) {
    Layer layer = Golden.read(LAYERS, golden.text("layer"), golden.object("settings"));
    int inputs = golden.json().get("inputs").getAsInt();
    int[] shape = Golden.ints(golden.json().get("shape"));

    assertThat(layer.hasMask(Collections.nCopies(inputs, true), Collections.nCopies(inputs, shape)))
        .isEqualTo(golden.json().get("passes").getAsBoolean());
  }

  @Test
  void noLayerIsForgotten() {
    Set<String> compared =
        cases().map(golden -> golden.text("layer")).collect(Collectors.toUnmodifiableSet());

    assertThat(LAYERS.classes())
        .filteredOn(className -> !compared.contains(className))
        .containsExactlyInAnyOrderElementsOf(LEFT_OUT.keySet());
  }

  @Test
  void whereOneOfTwoInputsHasAMaskMergesPassNone() {
    List<int[]> shapes = List.of(new int[] {5, 3}, new int[] {5, 3});

    assertThat(add().hasMask(List.of(true, false), shapes)).isFalse();
    assertThat(concatenate().axis(1).hasMask(List.of(true, false), shapes)).isTrue();
  }
}
