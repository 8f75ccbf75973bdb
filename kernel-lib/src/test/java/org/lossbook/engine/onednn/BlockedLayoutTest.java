package org.lossbook.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.data.Values;
import org.lossbook.layer.Node;
import org.lossbook.model.Model;

/** Channels in multiples of 8 and 16 have oneDNN's own layouts, others the reader's. */
class BlockedLayoutTest {
  @ParameterizedTest
  @CsvSource({"8, 8", "16, 8", "8, 3"})
  void gradientsPassThroughConcatenationsAndTransposedConvolutions(int left, int right) {
    Node x = input(4, 6, 3);
    Node wide = conv2d(left, 3).same().tanh().of(x);
    Node low = conv2d(8, 3).same().tanh().of(averagePooling2d(2).of(wide));
    Node up = conv2dTranspose(right, 2).strides(2).of(low);
    Node both = concatenate().of(wide, up, wide);
    Model model = model(x, conv2d(2, 3).same().of(both)).seed(3).compile(sgd(), mse());
    assertThat(gradientCheck(model, random(2, 4, 6, 3), random(2, 4, 6, 2)).agrees()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "5, 8"})
  void trainingAndPredictionGiveTheSame(int left, int right) {
    Node x = input(5, 4, 3);
    Node a = conv2d(left, 3).same().relu().of(x);
    Node b = conv2d(right, 3).same().relu().of(x);
    Node all = concatenate().axis(1).of(concatenate().of(a, b), concatenate().of(a, b));
    Model model = model(x, flatten().of(all)).compile(sgd(), mse());
    Values samples = random(3, 5, 4, 3);
    float[] predicted = model.predictValues(samples).toFloats();
    double loss = model.loss(samples, Values.of(predicted, 3, predicted.length / 3)).value();
    assertThat(loss).isLessThan(1e-12);
  }

  private static Values random(int... shape) {
    int size = IntStream.of(shape).reduce(1, (a, b) -> a * b);
    var random = new SplittableRandom(size);
    float[] all = new float[size];
    IntStream.range(0, size).forEach(i -> all[i] = (float) (random.nextDouble() - 0.5));
    return Values.of(all, shape);
  }
}
