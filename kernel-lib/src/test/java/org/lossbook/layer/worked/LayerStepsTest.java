package org.lossbook.layer.worked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.activation;
import static org.lossbook.Lossbook.averagePooling1d;
import static org.lossbook.Lossbook.averagePooling2d;
import static org.lossbook.Lossbook.batchNormalization;
import static org.lossbook.Lossbook.conv1d;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.conv3d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.layerNormalization;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.maxPooling2d;
import static org.lossbook.Lossbook.maxPooling3d;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.softmax;
import static org.lossbook.Lossbook.training;
import static org.lossbook.Lossbook.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.layer.convolution.Conv1d;
import org.lossbook.layer.convolution.Conv2d;
import org.lossbook.layer.convolution.Conv3d;
import org.lossbook.layer.core.Dense;
import org.lossbook.model.Model;

class LayerStepsTest {
  private static final double[][] NINE = {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}};
  private static final double[][] FOUR = {{0, 1}, {2, 3}};

  private final Random random = new Random(5);

  private Values numbers(int... shape) {
    double[] all = random.doubles(Arrays.stream(shape).reduce(1, (a, b) -> a * b)).toArray();
    Arrays.setAll(all, i -> Math.round((all[i] - 0.5) * 64) / 16.0);
    return Values.of(all, shape);
  }

  private static double[] predicted(Model model, Values x) {
    int[] shape = x.shape();
    int[] batch = new int[shape.length + 1];
    batch[0] = 1;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    return Values.of("test", model.predict(Values.of(x.toDoubles(), batch))).toDoubles();
  }

  private static void areAlike(Values explained, double[] predicted) {
    double[] all = explained.toDoubles();
    assertThat(all).hasSameSizeAs(predicted);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isCloseTo(predicted[i], within(1e-5 * (1 + Math.abs(predicted[i]))));
    }
  }

  static Stream<Arguments> convolutions() {
    return Stream.of(
        Arguments.of(conv2d(3, 2), new int[] {4, 5, 2}),
        Arguments.of(conv2d(1, 3).same().strides(2).relu(), new int[] {5, 4, 1}),
        Arguments.of(conv2d(4, 2).groups(2).dilation(2).tanh(), new int[] {6, 5, 4}),
        Arguments.of(conv2d(3, 1).softmax(), new int[] {2, 2, 3}),
        Arguments.of(conv1d(2, 3), new int[] {7, 2}),
        Arguments.of(conv1d(2, 2).causal().dilation(2), new int[] {6, 1}),
        Arguments.of(conv3d(2, 2).same(), new int[] {3, 2, 3, 2}));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void aConvolutionIsWhatTheEngineComputes(Layer layer, int[] shape) {
    Values x = numbers(shape);
    Model model = sequential(input(shape), layer.named("it")).build();
    Values kernel = numbers(layer.parameters(shape).get(0).shape());
    Values bias = numbers(layer.parameters(shape).get(1).shape());
    model.weights("it/kernel", kernel);
    model.weights("it/bias", bias);

    LayerSteps steps =
        layer instanceof Conv2d flat
            ? flat.explain(x, kernel, bias)
            : layer instanceof Conv1d line
                ? line.explain(x, kernel, bias)
                : ((Conv3d) layer).explain(x, kernel, bias);

    areAlike(steps.result(), predicted(model, x));
    assertThat(steps.result().shape()).isEqualTo(layer.outputShape(shape));
  }

  static Stream<Arguments> poolings() {
    return Stream.of(
        pooling(maxPooling2d(2), x -> maxPooling2d(2).explain(x), 4, 5, 2),
        pooling(
            averagePooling2d(3).same().strides(2),
            x -> averagePooling2d(3).same().strides(2).explain(x),
            5,
            4,
            1),
        pooling(averagePooling1d(2), x -> averagePooling1d(2).explain(x), 7, 3),
        pooling(maxPooling3d(2), x -> maxPooling3d(2).explain(x), 2, 4, 2, 1));
  }

  private static Arguments pooling(
      Layer layer, Function<Values, LayerSteps> explain, int... shape) {
    return Arguments.of(layer, explain, shape);
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void aPoolingIsWhatTheEngineComputes(
      Layer layer, Function<Values, LayerSteps> explain, int[] shape) {
    Values x = numbers(shape);
    areAlike(explain.apply(x).result(), predicted(sequential(input(shape), layer).build(), x));
  }

  @Test
  void aDenseLayerIsWhatTheEngineComputes() {
    for (Dense layer : List.of(dense(3), dense(2).relu(), dense(4).softmax())) {
      for (int[] shape : List.of(new int[] {5}, new int[] {2, 3})) {
        Values x = numbers(shape);
        Model model = sequential(input(shape), layer.named("it")).build();
        Values kernel = numbers(layer.parameters(shape).get(0).shape());
        Values bias = numbers(layer.parameters(shape).get(1).shape());
        model.weights("it/kernel", kernel);
        model.weights("it/bias", bias);
        areAlike(layer.explain(x, kernel, bias).result(), predicted(model, x));
      }
    }
  }

  @Test
  void normalizationsAndSoftmaxAreWhatTheEngineComputes() {
    Values rows = numbers(4, 3);
    Model softmax = sequential(input(3), softmax()).build();
    Model layer = sequential(input(3), layerNormalization()).build();
    Model batch = sequential(input(3), batchNormalization()).build();
    areAlike(softmax().explain(rows).result(), Values.of("t", softmax.predict(rows)).toDoubles());
    areAlike(
        layerNormalization().explain(rows).result(),
        Values.of("t", layer.predict(rows)).toDoubles());
    areAlike(
        batchNormalization().explain(rows).result(),
        Values.of("t", batch.predict(rows, training())).toDoubles());
    areAlike(softmax().explain(vector(1000, 1001)).result(), new double[] {0.2689414, 0.7310586});
  }

  @Test
  void theWindowIsShadedAndItsProductsAreWritten() {
    LayerSteps steps = conv2d(1, 2).explain(NINE, FOUR);

    assertThat(steps.result().toDoubles()).containsExactly(19, 25, 37, 43);
    assertThat(steps.toString())
        .contains("[0] [1]  2 ", "0·0 + 1·1 + 3·2 + 4·3", "19")
        .contains("0, 1");
    assertThat(steps.mimeBundle().get("text/html"))
        .contains("background-color:rgba(86,180,233,.38)", "figcaption");
  }

  @Test
  void aDenseLayerWritesItsSum() {
    assertThat(dense(1).explain(vector(1, 2), vector(0.5, -1), 3).toString())
        .contains("1·0.5 + 2·(−1) + 3", "1.5");
    assertThat(dense(1).relu().explain(vector(1, 2), vector(0.5, -1)).toString())
        .contains("1·0.5 + 2·(−1) = −1.5, relu");
  }

  @Test
  void poolingNamesItsNumbers() {
    assertThat(maxPooling2d(2).explain(matrix(row(1, 3), row(2, 0))).toString())
        .contains("max(1, 3, 2, 0)");
    assertThat(averagePooling2d(2).explain(matrix(row(1, 3), row(2, 0))).toString())
        .contains("(1 + 3 + 2 + 0)/4");
  }

  @Test
  void anActivationPutsEachNumberIntoItsFormula() {
    for (String name : List.of("relu", "sigmoid", "tanh", "mish", "gelu", "softplus", "elu")) {
      double[] x = {-1.5, 0, 2};
      double[] values = activation(name).of(x);
      areAlike(activation(name).explain(x).result(), values);
    }
    assertThat(activation("sigmoid").explain(0).toString()).contains("0.5");
    assertThat(activation("softmax").explain(vector(0, 0)).result().toDoubles())
        .containsExactly(0.5, 0.5);
  }

  @Test
  void whatDoesNotFitIsRefusedInWords() {
    assertThatThrownBy(() -> conv2d(1, 2).explain(NINE, NINE))
        .hasMessage(
            "conv2d.explain expects a kernel of shape [2, 2, 1, 1] but receives [3, 3]: give one number for each weight.");
    assertThatThrownBy(() -> conv2d(1, 2).explain(vector(1, 2)))
        .hasMessageStartingWith("conv2d.explain expects one sample of 2 axes");
    assertThatThrownBy(() -> conv2d(1, 4).explain(NINE))
        .hasMessageStartingWith("conv2d.explain expects a sample as large as its window [4, 4]");
    assertThatThrownBy(() -> dense(2).explain(vector(1, 2), FOUR, vector(1, 2, 3)))
        .hasMessageStartingWith("dense.explain expects a bias of shape [2] but receives [3]");
  }
}
