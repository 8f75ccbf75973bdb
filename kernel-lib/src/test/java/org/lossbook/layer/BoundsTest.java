package org.lossbook.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;
import static org.lossbook.engine.Bounds.NONE;
import static org.lossbook.engine.Bounds.between;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/** What a layer says of the numbers it gives, and that the numbers it gives are like that. */
class BoundsTest {
  private static final double FREE = Double.POSITIVE_INFINITY;
  private static final Bounds SHARES = between(0, 1);
  private static final Bounds ROWS = new Bounds(0, 1, true);
  private static final Bounds AMOUNTS = between(0, FREE);

  private static Arguments says(Layer layer, List<Bounds> given, Bounds says, int... shape) {
    return Arguments.of(layer, given, shape.length == 0 ? new int[] {4} : shape, says);
  }

  private static Arguments says(Layer layer, Bounds given, Bounds says, int... shape) {
    return says(layer, List.of(given), says, shape);
  }

  static Stream<Arguments> known() {
    return Stream.of(
        says(dense(3), ROWS, NONE),
        says(dense(3).relu(), NONE, AMOUNTS),
        says(dense(3).softplus(), NONE, AMOUNTS),
        says(dense(3).sigmoid(), NONE, SHARES),
        says(dense(3).tanh(), NONE, between(-1, 1)),
        says(dense(3).softmax(), NONE, ROWS),
        says(dense(1).softmax(), NONE, new Bounds(1, 1, true)),
        says(dense(3).leakyRelu(), NONE, NONE),
        says(dense(3).elu(2), NONE, between(-2, FREE)),
        says(dense(3).gelu(), NONE, between(-0.1701, FREE)),
        says(dense(3).swish(), NONE, between(-0.2785, FREE)),
        says(conv2d(3, 2).softmax(), NONE, ROWS, 4, 4, 1),
        says(activation("linear"), ROWS, ROWS),
        says(activation("relu"), ROWS, ROWS),
        says(activation("relu"), between(-3, 2), between(0, 2)),
        says(activation("leaky_relu"), ROWS, ROWS),
        says(activation("elu"), AMOUNTS, AMOUNTS),
        says(activation("swish"), AMOUNTS, AMOUNTS),
        says(activation("sigmoid"), AMOUNTS, between(0.5, 1)),
        says(activation("softmax"), AMOUNTS, new Bounds(1, 1, true), 4, 1),
        says(reshape(4), ROWS, ROWS),
        says(reshape(1, 4), ROWS, ROWS),
        says(reshape(2, 2), ROWS, SHARES),
        says(reshape(4, 1), ROWS, SHARES),
        says(reshape(2, 2, 4), ROWS, ROWS, 4, 4),
        says(flatten(), ROWS, ROWS, 1, 1, 4),
        says(flatten(), ROWS, SHARES, 2, 4),
        says(flatten(), AMOUNTS, AMOUNTS, 2, 4),
        says(maxPooling2d(2), ROWS, SHARES, 4, 4, 3),
        says(averagePooling2d(2), ROWS, ROWS, 4, 4, 3),
        says(globalMaxPooling2d(), ROWS, SHARES, 4, 4, 3),
        says(globalAveragePooling2d(), ROWS, ROWS, 4, 4, 3),
        says(maxPooling1d(2), ROWS, SHARES, 4, 3),
        says(averagePooling3d(2), ROWS, ROWS, 4, 4, 4, 3),
        says(globalAveragePooling1d(), AMOUNTS, AMOUNTS, 4, 3),
        says(globalMaxPooling3d(), ROWS, SHARES, 4, 4, 4, 3),
        says(adaptiveAveragePooling2d(3), ROWS, ROWS, 4, 4, 3),
        says(adaptiveMaxPooling1d(3), ROWS, SHARES, 4, 3),
        says(conv1d(3, 2).sigmoid(), NONE, SHARES, 4, 2),
        says(conv2dTranspose(3, 2).relu(), NONE, AMOUNTS, 4, 4, 1),
        says(depthwiseConv2d(2).tanh(), NONE, between(-1, 1), 4, 4, 1),
        says(separableConv2d(3, 2).softmax(), NONE, ROWS, 4, 4, 1),
        says(batchNormalization(), SHARES, NONE),
        says(dropout(0), ROWS, ROWS),
        says(dropout(0.5), ROWS, between(0, 2)),
        says(dropout(0.5), between(1, 3), between(0, 6)),
        says(spatialDropout2d(0.75), SHARES, between(0, 4), 4, 4, 3),
        says(gaussianNoise(0), ROWS, ROWS),
        says(gaussianNoise(0.1), SHARES, NONE),
        says(gaussianDropout(0), ROWS, ROWS),
        says(gaussianDropout(0.1), AMOUNTS, NONE),
        says(add(), List.of(SHARES, AMOUNTS), AMOUNTS),
        says(add(), List.of(ROWS, ROWS, SHARES), between(0, 3)),
        says(subtract(), List.of(SHARES, SHARES), between(-1, 1)),
        says(subtract(), List.of(AMOUNTS, AMOUNTS), NONE),
        says(average(), List.of(ROWS, ROWS, ROWS), ROWS),
        says(average(), List.of(ROWS, SHARES), SHARES),
        says(average(), List.of(SHARES, NONE), NONE),
        says(maximum(), List.of(ROWS, ROWS), SHARES),
        says(maximum(), List.of(NONE, between(-1, 1)), between(-1, FREE)),
        says(minimum(), List.of(AMOUNTS, SHARES), SHARES),
        says(multiply(), List.of(SHARES, AMOUNTS), AMOUNTS),
        says(multiply(), List.of(between(-2, 1), between(-3, 1)), between(-3, 6)),
        says(multiply(), List.of(SHARES, NONE), NONE),
        says(dot(), List.of(SHARES, SHARES), between(0, 4)),
        says(dot(), List.of(ROWS, between(-2, 3)), between(-2, 3)),
        says(dot(), List.of(NONE, ROWS), NONE),
        says(dot().normalized(), List.of(NONE, AMOUNTS), between(-1, 1)),
        says(dot().normalized(), List.of(SHARES, AMOUNTS), SHARES),
        says(concatenate(), List.of(ROWS, ROWS), SHARES),
        says(concatenate(), List.of(SHARES, between(-1, 0.5)), between(-1, 1)),
        says(concatenate().axis(1), List.of(ROWS, ROWS), ROWS, 2, 4),
        says(concatenate().axis(2), List.of(ROWS, ROWS), SHARES, 2, 4),
        says(sequential(input(4), dense(2).sigmoid(), reshape(2, 1)), NONE, SHARES),
        says(sequential(input(4), reshape(1, 4)), ROWS, ROWS));
  }

  @ParameterizedTest(name = "{index}: {0} of {1} gives {3}")
  @MethodSource("known")
  void eachLayerHasTheseBounds(Layer layer, List<Bounds> given, int[] shape, Bounds says) {
    assertThat(layer.bounds(given, Collections.nCopies(given.size(), shape))).isEqualTo(says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "relu",
        "sigmoid",
        "tanh",
        "leaky_relu",
        "elu",
        "gelu",
        "swish",
        "softplus",
        "softmax"
      })
  void activationsStayWithinTheirBounds(String name) {
    Layer layer = activation(name);
    double[][] ranges = {{-100, 100}, {-1, 1}, {-3, -0.5}, {0, 2}, {0.5, 30}, {-0.3, 0}};
    var random = new Random(1);
    try (var model = sequential(input(50), layer).build()) {
      for (double[] range : ranges) {
        double[][] x = new double[4][50];
        Arrays.stream(x)
            .forEach(
                row ->
                    Arrays.setAll(
                        row, i -> range[0] + (range[1] - range[0]) * random.nextDouble()));
        Bounds bounds = layer.bounds(List.of(between(range[0], range[1])), List.of(new int[] {50}));
        assertThat(Arrays.stream(model.predictValues(x).toDoubles()))
            .allMatch(number -> number >= bounds.low() - 1e-5 && number <= bounds.high() + 1e-5);
      }
    }
  }

  @Test
  void aLayerWithoutBoundsHasNone() {
    Layer silent = new Silent();
    assertThat(silent.bounds(List.of(ROWS), List.of(new int[] {4}))).isEqualTo(NONE);
    assertThat(silent.onlyReshapes()).isFalse();
  }

  private static final class Silent extends BaseLayer<Silent> {
    @Override
    public String kind() {
      return "silent";
    }

    @Override
    protected int[] outputOf(int... inputShape) {
      return inputShape;
    }

    @Override
    protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
      return x;
    }
  }
}
