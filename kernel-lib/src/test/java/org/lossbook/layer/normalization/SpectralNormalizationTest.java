package org.lossbook.layer.normalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Layer;
import org.lossbook.model.Model;
import org.lossbook.testing.Golden;

/** Spectral normalization predicts and trains as Keras's, by fit and by hand. */
class SpectralNormalizationTest {
  private static final String PREFIX = "spectral_normalization/";

  static Stream<Golden.Case> cases() {
    return Golden.cases("spectral");
  }

  private static Model model(Golden.Case golden) {
    Layer inner = Golden.read(LAYERS, golden.text("class"), golden.object("layer"));
    int iterations = golden.json().get("power_iterations").getAsInt();
    int[] shape = golden.tensor("x").shape();
    Model model =
        sequential(
                input(Arrays.copyOfRange(shape, 1, shape.length)),
                spectralNormalization(inner).powerIterations(iterations))
            .compile(sgd().learningRate(0.125), mse());
    for (Map.Entry<String, JsonElement> weight : golden.object("weights").entrySet()) {
      Golden.Values values = Golden.Values.of(weight.getValue().getAsJsonObject());
      model.weights(PREFIX + weight.getKey(), Values.of(values.data(), values.shape()));
    }
    return model;
  }

  private static Values values(Golden.Case golden, String field) {
    return Values.of(golden.tensor(field).data(), golden.tensor(field).shape());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictsAndTrainsAsKeras(Golden.Case golden) {
    try (Model model = model(golden)) {
      Values x = values(golden, "x");
      assertClose(model.predictValues(x).toDoubles(), golden.tensor("predicted").data());

      model.fit(x, values(golden, "y"), epochs(3).batchSize(x.rows()).shuffle(false).quiet());

      assertAfter(model, golden);
      List<Double> losses = model.history().get("loss");
      for (int i = 0; i < 3; i++) {
        double expected = golden.json().getAsJsonArray("losses").get(i).getAsDouble();
        assertThat(losses.get(i)).isCloseTo(expected, within(1e-5 * (1 + expected)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainsTheSameByHand(Golden.Case golden) {
    try (Model model = model(golden)) {
      for (int step = 0; step < 3; step++) {
        model.loss(values(golden, "x"), values(golden, "y")).backward();
        model.step();
        model.zeroGrad();
      }
      assertAfter(model, golden);
    }
  }

  private static void assertAfter(Model model, Golden.Case golden) {
    for (Map.Entry<String, JsonElement> weight : golden.object("after").entrySet()) {
      Golden.Values expected = Golden.Values.of(weight.getValue().getAsJsonObject());
      assertClose(model.weightValues(PREFIX + weight.getKey()).toDoubles(), expected.data());
    }
  }

  private static void assertClose(double[] received, double[] expected) {
    assertThat(received).hasSameSizeAs(expected);
    for (int i = 0; i < received.length; i++) {
      assertThat(received[i]).isCloseTo(expected[i], within(1e-5 * (1 + Math.abs(expected[i]))));
    }
  }

  @Test
  void itHasTheWeightsOfItsLayerAndAVector() {
    List<Parameter> parameters = spectralNormalization(dense(64)).parameters(576);

    assertThat(parameters.stream().map(Parameter::toString))
        .containsExactly("kernel[576, 64]", "bias[64]", "vector_u[1, 64]");
    assertThat(parameters.stream().mapToInt(Parameter::size).sum()).isEqualTo(36_928 + 64);
  }

  @Test
  void itIsInOtherRespectsTheLayer() {
    Layer layer = spectralNormalization(dense(3).sigmoid().l2(0.1).maxNorm(2));

    assertThat(layer.activation().kerasName()).isEqualTo("sigmoid");
    assertThat(layer.linear().activation().kerasName()).isEqualTo("linear");
    assertThat(layer.penalty("kernel")).isEqualTo(l2(0.1));
    assertThat(layer.constraint("kernel")).isPresent();
    assertThat(layer.bounds(List.of(Bounds.NONE), List.of(new int[] {2})))
        .isEqualTo(Bounds.between(0, 1));
    assertThat(spectralNormalization(dense(3).frozen()).isFrozen()).isTrue();
  }

  @Test
  void aLayerWithoutAKernelIsRefused() {
    assertThatThrownBy(() -> spectralNormalization(flatten()).parameters(2, 3))
        .hasMessage(
            "spectral_normalization expects a layer with a kernel but receives flatten: dense(64)"
                + " and conv2d(32, 3) have one.");
    assertThatThrownBy(() -> spectralNormalization(null))
        .hasMessage(
            "spectral_normalization expects a layer but receives null: write"
                + " spectralNormalization(dense(64)).");
    assertThatThrownBy(() -> spectralNormalization(dense(2)).powerIterations(0))
        .hasMessage("spectral_normalization expects power iterations of 1 or more but receives 0.");
  }

  @Test
  void aKernelOfZerosStaysAsItIs() {
    Model model = sequential(input(2), spectralNormalization(dense(3))).compile(sgd(), mse());
    model.weights(PREFIX + "kernel", Values.of(new double[6], 2, 3));
    double[] vector = model.weightValues(PREFIX + "vector_u").toDoubles();

    model.fit(new double[][] {{0, 0}}, new double[][] {{1, 1, 1}}, epochs(1).quiet());

    assertThat(model.weightValues(PREFIX + "kernel").toDoubles()).containsOnly(0);
    assertThat(model.weightValues(PREFIX + "vector_u").toDoubles()).isEqualTo(vector);
  }

  @Test
  void itIsSavedWithItsLayer(@TempDir Path folder) {
    Model model =
        sequential(
                input(5, 4, 2),
                spectralNormalization(conv2d(3, 2).relu().named("within")).powerIterations(2),
                flatten(),
                spectralNormalization(dense(2)))
            .compile(sgd(), mse());
    Values x = Values.of(new double[40], 1, 5, 4, 2);
    model.weights(PREFIX + "bias", Values.of(new double[] {1, 2, 3}, 3));

    model.save(folder.resolve("spectral.keras"));
    Model loaded = loadModel(folder.resolve("spectral.keras"));

    assertThat(loaded.predictValues(x)).isEqualTo(model.predictValues(x));
    assertThat(loaded.weightNames()).isEqualTo(model.weightNames());
    for (String name : model.weightNames()) {
      assertThat(loaded.weightValues(name)).isEqualTo(model.weightValues(name));
    }
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    Model model =
        sequential(input(3), spectralNormalization(dense(4).tanh()), dense(1))
            .compile(sgd(), mse());

    assertThat(gradientCheck(model, new double[][] {{1, 2, 3}, {0, 1, -1}}, vector(1, 2)).agrees())
        .isTrue();
  }
}
