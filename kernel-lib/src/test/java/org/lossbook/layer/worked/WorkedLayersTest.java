package org.lossbook.layer.worked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Layer;
import org.lossbook.layer.convolution.KernelConvolution;
import org.lossbook.layer.convolution.SeparableConvolution;
import org.lossbook.model.Model;

/** Worked steps beside what the engine computes with the same weights. */
class WorkedLayersTest {
  private final Random random = new Random(7);

  private Values numbers(int... shape) {
    double[] all = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(all, i -> Math.round((random.nextDouble() - 0.5) * 64) / 16.0);
    return Values.of(all, shape);
  }

  private static double[] predicted(Model model, Values x) {
    int[] batch = new int[x.rank() + 1];
    batch[0] = 1;
    System.arraycopy(x.shape(), 0, batch, 1, x.rank());
    return Values.of("test", model.predict(Values.of(x.toDoubles(), batch))).toDoubles();
  }

  private static void areAlike(Values explained, double... predicted) {
    double[] all = explained.toDoubles();
    assertThat(all).hasSameSizeAs(predicted);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isCloseTo(predicted[i], within(1e-5 * (1 + Math.abs(predicted[i]))));
    }
  }

  static Stream<Arguments> kernels() {
    BiFunction<Layer, List<Values>, LayerSteps> one =
        (layer, of) -> ((KernelConvolution<?>) layer).explain(of.get(0), of.get(1), of.get(2));
    BiFunction<Layer, List<Values>, LayerSteps> two =
        (layer, of) ->
            ((SeparableConvolution<?>) layer).explain(of.get(0), of.get(1), of.get(2), of.get(3));
    return Stream.of(
        Arguments.of(depthwiseConv2d(2), one, new int[] {3, 4, 2}),
        Arguments.of(
            depthwiseConv2d(3).depthMultiplier(2).same().strides(2).relu(),
            one,
            new int[] {5, 4, 3}),
        Arguments.of(depthwiseConv1d(2), one, new int[] {5, 1}),
        Arguments.of(conv1dTranspose(2, 3).strides(2), one, new int[] {4, 2}),
        Arguments.of(conv2dTranspose(1, 2).strides(2).relu(), one, new int[] {2, 3, 1}),
        Arguments.of(conv2dTranspose(2, 3).strides(2).same(), one, new int[] {3, 3, 2}),
        Arguments.of(conv2dTranspose(1, 3).same().dilation(2), one, new int[] {4, 4, 1}),
        Arguments.of(conv2dTranspose(1, 2).strides(3).outputPadding(1), one, new int[] {2, 2, 1}),
        Arguments.of(conv3dTranspose(1, 2), one, new int[] {2, 1, 2, 2}),
        Arguments.of(separableConv1d(2, 2), two, new int[] {5, 3}),
        Arguments.of(
            separableConv2d(3, 2).depthMultiplier(2).same().tanh(), two, new int[] {3, 4, 2}));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aConvolutionIsWhatTheEngineComputes(
      Layer layer, BiFunction<Layer, List<Values>, LayerSteps> explain, int[] shape) {
    List<Values> given = new ArrayList<>(List.of(numbers(shape)));
    Model model = sequential(input(shape), layer.named("it")).build();
    for (Parameter each : layer.parameters(shape)) {
      Values weights = numbers(each.shape());
      model.weights("it/" + each.name(), weights);
      given.add(weights);
    }

    LayerSteps steps = explain.apply(layer, given);

    areAlike(steps.result(), predicted(model, given.get(0)));
    assertThat(steps.result().shape()).isEqualTo(layer.outputShape(shape));
    assertThat(Written.requireRight(steps)).isGreaterThan(3);
    areAlike(
        layer.explain(given.get(0)).result(), predicted(firstWeights(layer, shape), given.get(0)));
  }

  /** The weights that explain takes where it is given none. */
  private static Model firstWeights(Layer layer, int... shape) {
    Model model = sequential(input(shape), layer.named("it")).build();
    for (Parameter each : layer.parameters(shape)) {
      if (!each.name().equals("bias")) {
        model.weights(
            "it/" + each.name(), GivenWeights.of("test", each, java.util.Optional.empty()));
      }
    }
    return model;
  }

  static Stream<Arguments> globalPoolings() {
    return Stream.of(
        Arguments.of(globalAveragePooling1d(), new int[] {5, 2}),
        Arguments.of(globalMaxPooling1d().keepdims(), new int[] {4, 1}),
        Arguments.of(globalAveragePooling2d(), new int[] {3, 4, 2}),
        Arguments.of(globalMaxPooling2d(), new int[] {2, 3, 3}),
        Arguments.of(globalMaxPooling3d(), new int[] {2, 2, 2, 1}),
        Arguments.of(globalAveragePooling3d().keepdims(), new int[] {1, 2, 2, 2}));
  }

  @ParameterizedTest
  @MethodSource("globalPoolings")
  void aGlobalPoolingIsWhatTheEngineComputes(Layer layer, int[] shape) {
    Values x = numbers(shape);
    LayerSteps steps = layer.explain(x);
    areAlike(steps.result(), predicted(sequential(input(shape), layer).build(), x));
    assertThat(steps.result().shape()).isEqualTo(layer.outputShape(shape));
    Written.requireRight(steps);
  }

  @Test
  void anEmbeddingTakesRows() {
    Values words = Values.of(new double[] {2, 0, 2, 3}, 4);
    Values table = numbers(4, 3);
    Model model = sequential(input(4), embedding(4, 3).named("it")).build();
    model.weights("it/embeddings", table);
    areAlike(embedding(4, 3).explain(words, table).result(), predicted(model, words));

    LayerSteps steps =
        embedding(3, 2).explain(vector(2, 0), matrix(row(1, 2), row(3, 4), row(5, 6)));
    assertThat(steps.toString())
        .contains("y₁      row 2 of the table  5, 6", "y₂      row 0 of the table  1, 2")
        .contains("[1] [2]\n 3   4 \n[5] [6]");
    assertThat(steps.result().shape()).containsExactly(2, 2);
    assertThat(embedding(3, 2).maskZero().explain(vector(0)).toString()).contains("padding");
    assertThatThrownBy(() -> embedding(3, 2).explain(vector(1, 3)))
        .hasMessage(
            "embedding.explain expects whole numbers from 0 to 2 but receives 3: give one of them, or make the table larger.");
  }

  @Test
  void theExamplesOfTheJavadocAreRight() {
    assertThat(conv1dTranspose(1, 2).strides(2).explain(vector(3, 5), vector(1, 10)).result())
        .isEqualTo(Values.of(new double[] {3, 30, 5, 50}, 4, 1));
    assertThat(
            depthwiseConv1d(2)
                .explain(matrix(row(1, 2), row(3, 4)), matrix(row(1, 1), row(1, 0)))
                .result()
                .toDoubles())
        .containsExactly(4, 2);
    assertThat(globalAveragePooling1d().explain(vector(1, 3, 8)).result().get(0)).isEqualTo(4);
    assertThat(
            separableConv1d(1, 2).explain(vector(1, 2, 3), vector(1, 1), 10).result().toDoubles())
        .containsExactly(30, 50);
  }

  @Test
  void aSeparableConvolutionWritesBothOfItsParts() {
    assertThat(separableConv1d(1, 2).explain(vector(1, 2, 3), vector(1, 1), 10).toString())
        .contains("depthwise 0  1·1 + 2·1  3", "0            3·10       30");
  }

  @Test
  void aTransposedConvolutionShadesWhatTheFirstInputReaches() {
    assertThat(conv1dTranspose(1, 2).explain(vector(3, 5), vector(1, 10)).toString())
        .contains("[3]  5 ", "[3] [35]  50 ", "3·10 + 5·1");
  }

  @Test
  void aLayerWithoutWorkedStepsSaysSo() {
    assertThatThrownBy(() -> dropout(0.5).explain(vector(1, 2)))
        .hasMessage(
            "dropout.explain expects a layer with worked steps but dropout has none: card(…) says what the layer does, and sequential(input(…), …).build().predict(x) what it gives.");
    assertThat(card(dropout(0.5)).question()).isNotEmpty();
    assertThat(sequential(input(2), dropout(0.5)).build().predict(matrix(row(1, 2)))).isNotNull();
  }

  @Test
  void whatDoesNotFitIsRefusedInWords() {
    assertThatThrownBy(() -> globalMaxPooling2d().explain(vector(1, 2)))
        .hasMessageStartingWith("global_max_pooling2d.explain expects one sample of 2 axes");
    assertThatThrownBy(() -> conv2dTranspose(1, 2).explain(vector(1, 2)))
        .hasMessageStartingWith("conv2d_transpose expects images [batch, height, width, channels]");
  }
}
