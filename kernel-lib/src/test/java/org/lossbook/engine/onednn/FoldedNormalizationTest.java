package org.lossbook.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.layer.Node;
import org.lossbook.model.Model;

/** Inference leaves a batch normalization to the weights before it. */
class FoldedNormalizationTest {
  static Stream<Layer> before() {
    return Stream.of(
        conv2d(5, 3),
        conv2d(6, 2).same().strides(2).useBias(false),
        conv2d(6, 3).groups(2),
        conv2d(9, 1).groups(3),
        conv2d(8, 3).same().dilation(2),
        conv2dTranspose(5, 3).strides(2).same(),
        conv2dTranspose(4, 2).strides(3).useBias(false),
        depthwiseConv2d(3),
        depthwiseConv2d(3).strides(2).same().depthMultiplier(3),
        separableConv2d(5, 3));
  }

  @ParameterizedTest
  @MethodSource("before")
  void predictsAsTheTwoLayersOneAfterTheOther(Layer weighted) {
    check(weighted, batchNormalization().epsilon(0.01), 7, 9, 6);
  }

  @Test
  void foldsIntoConvolutionsOfSequencesAndVolumes() {
    check(conv1d(5, 3).causal(), batchNormalization(), 9, 2);
    check(conv1dTranspose(5, 3).strides(2), batchNormalization(), 9, 2);
    check(depthwiseConv1d(3), batchNormalization(), 9, 2);
    check(conv3d(3, 2), batchNormalization(), 4, 5, 3, 2);
    check(conv3dTranspose(3, 2).strides(2), batchNormalization(), 2, 3, 3, 2);
  }

  @Test
  void foldsIntoDenseLayersWithoutScaleOrCenterToo() {
    check(dense(5), batchNormalization().scale(false), 6);
    check(dense(4), batchNormalization().center(false), 3);
  }

  @Test
  void aNormalizationAlongAnotherAxisIsNotFolded() {
    check(conv2d(5, 3), batchNormalization().axis(1), 7, 7, 2);
    check(conv2d(5, 3), batchNormalization().axis(2), 7, 7, 2);
  }

  @Test
  void newMovingStatisticsAreFoldedAnew() {
    Model model =
        sequential(input(4), dense(3), batchNormalization(), dense(1)).compile(sgd(), mse());
    Values x = random(16, 4);
    var before = model.predict(x);
    model.fit(x, random(16, 1), epochs(3).quiet());
    assertThat(model.predict(x)).isNotEqualTo(before);
    assertThat(model.evaluate(x, Values.of("y", model.predict(x))).get("loss"))
        .isCloseTo(0, within(1e-9));
  }

  /** Compares with a network in which another output needs the value before the normalization. */
  private static void check(Layer weighted, Layer normalization, int... shape) {
    Node x = input(shape);
    Node h = weighted.named("weighted").of(x);
    Node y = activation("relu").of(normalization.named("normalization").of(h));
    Model folded = model(x, y).compile(adam(), mse());
    Model apart = model(x, List.of(h, y)).compile(adam(), List.of(mse(), mse()));
    var random = new SplittableRandom(5);
    for (String name : folded.weightNames()) {
      Values before = folded.weightValues(name);
      float[] values = new float[before.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.3 + random.nextDouble());
      }
      folded.weights(name, Values.of(values, before.shape()));
      apart.weights(name, folded.weightValues(name));
    }
    Values samples = random(IntStream.concat(IntStream.of(3), IntStream.of(shape)).toArray());
    float[] expected = apart.predictValues(samples, "activation").toFloats();
    float[] received = folded.predictValues(samples).toFloats();
    assertThat(received).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(received[i]).isCloseTo(expected[i], within(1e-5f * Math.max(1, expected[i])));
    }
  }

  private static Values random(int... shape) {
    float[] all = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    var random = new SplittableRandom(all.length);
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) (random.nextDouble() - 0.5);
    }
    return Values.of(all, shape);
  }
}
