package org.lossbook.layer.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.activation;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Activation;
import org.lossbook.layer.Layer;
import org.lossbook.testing.Golden;
import org.lossbook.testing.OneLayer;

/**
 * Every layer gives Keras's values and gradients, and gradients that finite differences confirm.
 */
class LayerGoldenTest {
  private static final String RANDOM =
      "its numbers are random, so DropoutTest and NoiseLayersTest check their distribution";

  private static final String IMAGES =
      "it changes images at random in training alone, so RandomImagesTest checks it";

  private static final String ATTENDS =
      "it takes several inputs, so AttentionGoldenTest compares it";

  private static final String MERGES = "it takes several inputs, so MergingGoldenTest compares it";

  private static final String TOKENS =
      "its numbers jump and it is computed by TensorFlow, so TextsGoldenTest compares it";
  private static final String RECURRENT = "RecurrentGoldenTest compares it, with states and masks";

  /** The layers that no golden file of one layer has, and why. */
  private static final Map<String, String> COMPARED_ELSEWHERE =
      Map.ofEntries(
          Map.entry("InputLayer", "it computes nothing"),
          Map.entry("Pipeline", "PipelineTest compares it with its layers"),
          Map.entry("SpectralNormalization", "SpectralNormalizationTest trains it"),
          Map.entry("Dropout", RANDOM),
          Map.entry("AlphaDropout", RANDOM),
          Map.entry("SpatialDropout1D", RANDOM),
          Map.entry("SpatialDropout2D", RANDOM),
          Map.entry("SpatialDropout3D", RANDOM),
          Map.entry("GaussianDropout", RANDOM),
          Map.entry("GaussianNoise", RANDOM),
          Map.entry("StochasticDepth", RANDOM),
          Map.entry("RandomBrightness", IMAGES),
          Map.entry("RandomContrast", IMAGES),
          Map.entry("RandomSaturation", IMAGES),
          Map.entry("RandomHue", IMAGES),
          Map.entry("RandomSharpness", IMAGES),
          Map.entry("RandomColorDegeneration", IMAGES),
          Map.entry("RandomGrayscale", IMAGES),
          Map.entry("RandomInvert", IMAGES),
          Map.entry("RandomPosterization", IMAGES),
          Map.entry("RandomRotation", IMAGES),
          Map.entry("RandomTranslation", IMAGES),
          Map.entry("RandomZoom", IMAGES),
          Map.entry("RandomShear", IMAGES),
          Map.entry("RandomPerspective", IMAGES),
          Map.entry("RandomElasticTransform", IMAGES),
          Map.entry("RandomFlip", IMAGES),
          Map.entry("RandomErasing", IMAGES),
          Map.entry("MixUp", IMAGES),
          Map.entry("CutMix", IMAGES),
          Map.entry("RandAugment", IMAGES),
          Map.entry("AugMix", IMAGES),
          Map.entry("RandomGaussianBlur", IMAGES),
          Map.entry("RandomCrop", IMAGES),
          Map.entry("RandomColorJitter", IMAGES),
          Map.entry("Solarization", IMAGES),
          Map.entry("AutoContrast", IMAGES),
          Map.entry("Equalization", IMAGES),
          Map.entry("TextVectorization", TOKENS),
          Map.entry("StringLookup", TOKENS),
          Map.entry("IntegerLookup", TOKENS),
          Map.entry("Hashing", TOKENS),
          Map.entry("Add", MERGES),
          Map.entry("Subtract", MERGES),
          Map.entry("Multiply", MERGES),
          Map.entry("Average", MERGES),
          Map.entry("Maximum", MERGES),
          Map.entry("Minimum", MERGES),
          Map.entry("Concatenate", MERGES),
          Map.entry("Dot", MERGES),
          Map.entry("MultiHeadAttention", ATTENDS),
          Map.entry("GroupQueryAttention", ATTENDS),
          Map.entry("ConvLSTM1D", RECURRENT),
          Map.entry("ConvLSTM2D", RECURRENT),
          Map.entry("ConvLSTM3D", RECURRENT),
          Map.entry("LSTMCell", RECURRENT),
          Map.entry("GRUCell", RECURRENT),
          Map.entry("SimpleRNNCell", RECURRENT),
          Map.entry("StackedRNNCells", RECURRENT),
          Map.entry("RNN", RECURRENT),
          Map.entry("Bidirectional", RECURRENT),
          Map.entry("TimeDistributed", RECURRENT),
          Map.entry("Attention", ATTENDS),
          Map.entry("AdditiveAttention", ATTENDS),
          Map.entry("PositionEmbedding", "Keras has none, so PositionsTest checks it"),
          Map.entry("SinePositions", "Keras has none, so PositionsTest checks it"),
          Map.entry("CustomScaleLayer", "it takes several inputs, see ApplicationsTest"));

  static Stream<Golden.Case> cases() {
    return Golden.layerFiles().flatMap(Golden::cases);
  }

  static Stream<Golden.Case> casesWithStatistics() {
    return trainingCases().filter(golden -> golden.json().has("updated"));
  }

  static Stream<Golden.Case> casesWithoutStatistics() {
    return cases().filter(golden -> !golden.json().has("updated"));
  }

  static Stream<Golden.Case> trainingCasesWithoutStatistics() {
    return trainingCases().filter(golden -> !golden.json().has("updated"));
  }

  static Stream<Golden.Case> trainingCases() {
    return cases().filter(LayerGoldenTest::training);
  }

  @Test
  void everyFileOfALayerIsFound() {
    assertThat(Golden.layerFiles())
        .contains("activation", "batch_normalization", "conv2d", "dense", "pooling", "shape");
  }

  @Test
  void everyLayerThatAFileCanNameHasAGoldenFile() {
    Set<String> compared =
        cases()
            .map(golden -> golden.text("layer").replace("_", ""))
            .collect(Collectors.toUnmodifiableSet());

    assertThat(LAYERS.classes())
        .filteredOn(className -> !compared.contains(className.toLowerCase(Locale.ROOT)))
        .as("classes of LayerRegistry without a case in a golden file, which golden.py writes")
        .containsExactlyInAnyOrderElementsOf(COMPARED_ELSEWHERE.keySet());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputIsThatOfKeras(Golden.Case golden) {
    try (OneLayer network = network(golden, training(golden))) {
      assertClose(network.forward(golden.tensor("x").floats()), golden.tensor("y"), "y");
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithoutStatistics")
  void outputWithoutTrainingIsTheSame(Golden.Case golden) {
    try (OneLayer network = network(golden, false)) {
      assertClose(network.forward(golden.tensor("x").floats()), golden.tensor("y"), "y");
    }
  }

  @ParameterizedTest
  @MethodSource("trainingCasesWithoutStatistics")
  void theGradientOfTheInputIsTheSameWhereNoWeightHasOne(Golden.Case golden) {
    try (OneLayer network = network(golden, true)) {
      float[] dx = network.inputGradient(golden.tensor("x").floats(), golden.tensor("dy").floats());
      assertClose(dx, golden.tensor("dx"), "dx");
    }
  }

  @ParameterizedTest
  @MethodSource("trainingCases")
  void gradientsAreThoseOfKeras(Golden.Case golden) {
    try (OneLayer network = network(golden, true)) {
      network.forward(golden.tensor("x").floats());
      float[] dx = network.backward(golden.tensor("dy").floats());
      assertClose(dx, golden.tensor("dx"), "dx");
      for (Map.Entry<String, JsonElement> entry : golden.object("gradients").entrySet()) {
        assertClose(
            network.gradient(entry.getKey()),
            Golden.Values.of(entry.getValue().getAsJsonObject()),
            entry.getKey());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithStatistics")
  void movingStatisticsAreThoseOfKeras(Golden.Case golden) {
    JsonObject updated = golden.object("updated");
    assertThat(updated.keySet()).containsExactlyInAnyOrder("moving_mean", "moving_variance");
    try (OneLayer network = network(golden, true)) {
      network.forward(golden.tensor("x").floats());
      network.backward(golden.tensor("dy").floats());
      for (Map.Entry<String, JsonElement> entry : updated.entrySet()) {
        assertClose(
            network.get(entry.getKey()),
            Golden.Values.of(entry.getValue().getAsJsonObject()),
            entry.getKey());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("trainingCases")
  void weightGradientsAgreeWithFiniteDifferences(Golden.Case golden) {
    try (OneLayer network = network(golden, true)) {
      float[] x = golden.tensor("x").floats();
      float[] dy = golden.tensor("dy").floats();
      network.forward(x);
      network.backward(dy);
      Random random = new Random(7);
      for (String name : golden.object("gradients").keySet()) {
        float[] weights = network.get(name);
        float[] gradient = network.gradient(name);
        float[] direction = new float[weights.length];
        double expected = 0;
        double size = 0;
        for (int i = 0; i < direction.length; i++) {
          direction[i] = (float) random.nextGaussian();
          expected += (double) gradient[i] * direction[i];
          size += Math.abs((double) gradient[i] * direction[i]);
        }
        double step = 2e-3;
        double ahead = value(network, name, weights, direction, step, x, dy);
        double behind = value(network, name, weights, direction, -step, x, dy);
        network.set(name, weights);
        assertThat((ahead - behind) / (2 * step))
            .as(name)
            .isCloseTo(expected, within(0.02 * size + 0.02));
      }
    }
  }

  /** Σ dy · y with the weights moved along the direction. */
  private static double value(
      OneLayer network,
      String name,
      float[] weights,
      float[] direction,
      double step,
      float[] x,
      float[] dy) {
    float[] moved = new float[weights.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (weights[i] + step * direction[i]);
    }
    network.set(name, moved);
    float[] y = network.forward(x);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += (double) y[i] * dy[i];
    }
    return sum;
  }

  private static OneLayer network(Golden.Case golden, boolean training) {
    OneLayer network = new OneLayer(layer(golden), training, golden.tensor("x").shape());
    for (Map.Entry<String, JsonElement> entry : golden.object("weights").entrySet()) {
      network.set(entry.getKey(), Golden.Values.of(entry.getValue().getAsJsonObject()).floats());
    }
    return network;
  }

  /** Keras's layers, and functions with settings, which no layer of Keras's can name. */
  private static Layer layer(Golden.Case golden) {
    JsonObject settings = golden.object("settings");
    ToDoubleFunction<String> number = name -> settings.get(name).getAsDouble();
    return switch (golden.text("layer")) {
      case "gelu" ->
          new ActivationLayer(
              settings.get("approximate").getAsBoolean()
                  ? new Activation(Activation.Kind.GELU_TANH, 0)
                  : Activation.GELU);
      case "log_softmax", "sparsemax", "glu" -> activation(golden.text("layer"));
      case "celu" -> activation("celu").celu(number.applyAsDouble("alpha"));
      case "squareplus" -> activation("linear").squareplus(number.applyAsDouble("b"));
      case "hard_shrink" -> activation("linear").hardShrink(number.applyAsDouble("threshold"));
      case "soft_shrink" -> activation("linear").softShrink(number.applyAsDouble("threshold"));
      case "threshold" ->
          activation("linear")
              .threshold(number.applyAsDouble("threshold"), number.applyAsDouble("default_value"));
      default -> Golden.read(LAYERS, golden.text("layer"), settings);
    };
  }

  private static boolean training(Golden.Case golden) {
    return !golden.json().has("training") || golden.json().get("training").getAsBoolean();
  }

  private static void assertClose(float[] actual, Golden.Values expected, String what) {
    assertThat(actual).as(what).hasSize(expected.data().length);
    double scale = 1;
    for (double value : expected.data()) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", what, i)
          .isCloseTo(
              expected.data()[i], within(2e-6 * scale + 1e-5 * Math.abs(expected.data()[i])));
    }
  }
}
