package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.Batch;
import org.lossbook.data.Values;

/** Networks that leave lengths and sizes to the data. */
class AnySizeTest {
  @Test
  void predictsImagesOfEachSizeLikeANetworkOfThatSize() {
    Model any = network(anySize(), anySize()).compile(adam(), mse());
    for (int[] size : new int[][] {{8, 8}, {5, 9}, {3, 4}, {8, 8}}) {
      Model fixed = network(size[0], size[1]).compile(adam(), mse());
      for (String name : Arrays.asList("conv2d/kernel", "conv2d/bias", "dense/kernel")) {
        fixed.weights(name, any.weights(name));
      }
      Values x = random(3, size[0], size[1], 2);
      assertThat(any.predict(x)).isEqualTo(fixed.predict(x));
    }
  }

  @Test
  void trainsOnImagesOfOneSizeAndThenOfAnother() {
    Model any = network(anySize(), anySize()).compile(sgd(), mse());
    Model fixed = network(6, 7).compile(sgd(), mse());
    for (String name : Arrays.asList("conv2d/kernel", "conv2d/bias", "dense/kernel")) {
      any.weights(name, any.weights(name)); // which a seed of fit then leaves as they are
      fixed.weights(name, any.weights(name));
    }
    Values x = random(8, 6, 7, 2);
    Values y = random(8, 1);
    any.fit(x, y, epochs(2).batchSize(3).seed(1).quiet());
    fixed.fit(x, y, epochs(2).batchSize(3).seed(1).quiet());
    assertThat(any.weights("conv2d/kernel")).isEqualTo(fixed.weights("conv2d/kernel"));
    double before = any.evaluate(random(4, 9, 5, 2), random(4, 1)).get("loss");
    any.fit(random(8, 9, 5, 2), y, epochs(1).validation(random(2, 4, 4, 2), random(2, 1)).quiet());
    assertThat(any.evaluate(random(4, 9, 5, 2), random(4, 1)).get("loss")).isNotEqualTo(before);
  }

  @Test
  void theManualLoopTakesABatchOfEachSize() {
    Model any = network(anySize(), anySize()).compile(sgd(), mse());
    for (int side = 3; side < 6; side++) {
      var before = any.weights("dense/kernel");
      any.zeroGrad();
      any.loss(random(2, side, side, 2), random(2, 1)).backward();
      any.step();
      assertThat(any.weights("dense/kernel")).isNotEqualTo(before);
    }
  }

  @Test
  void isSavedWithItsSizesLeftOpen(@TempDir Path folder) {
    Model any = network(anySize(), anySize()).compile(adam(), mse());
    String file = folder.resolve("any.keras").toString();
    any.save(file);
    Model loaded = loadModel(file);
    Values x = random(2, 5, 6, 2);
    assertThat(loaded.predict(x)).isEqualTo(any.predict(x));
    assertThat(loaded.summary().toString()).contains("(None, None, None, 3)");
  }

  @Test
  void aNetworkOfAnySizeIsALayerOfOneOfAFixedSize() {
    var inner = sequential(input(anySize(), anySize(), 2), conv2d(3, 2).relu());
    Model outer = sequential(input(4, 5, 2), inner, flatten(), dense(1)).compile(adam(), mse());
    assertThat(outer.summary().toString()).contains("(None, 3, 4, 3)").contains("(None, 36)");
    assertThat(outer.predict(random(2, 4, 5, 2)).shape()).containsExactly(2, 1);
  }

  @Test
  void refusesWeightsThatDependOnAnUnknownSize() {
    assertThatThrownBy(() -> sequential(input(anySize(), anySize(), 2), flatten(), dense(1)))
        .hasMessage(
            "dense expects a fixed number of inputs, as its kernel depends on it, but receives"
                + " [batch, any]: give input(…) that extent, or put globalAveragePooling2d() or"
                + " another layer before it that takes any size.");
  }

  @Test
  void aRefusalSpeaksOfTheSizeThatIsNotFixed() {
    assertThatThrownBy(() -> sequential(input(anyLength(), 3), conv2d(2, 3)))
        .hasMessageStartingWith(
            "conv2d expects images [batch, height, width, channels] but receives [batch, any, 3]");
  }

  @Test
  void saysWhichSizeDoesNotFitALayer() {
    Model any = network(anySize(), anySize()).compile(adam(), mse());
    assertThatThrownBy(() -> any.predict(random(1, 1, 4, 2))).hasMessageStartingWith("conv2d ");
    assertThatThrownBy(() -> any.predict(random(1, 4, 4, 3)))
        .hasMessageStartingWith(
            "predict expects samples [any, any, 2], as the model's input says, but receives [4, 4,"
                + " 3]");
  }

  @Test
  void theGradientIsCheckedOnSamplesOfAnySize() {
    Model any = segmenting().compile(sgd(), sparseCategoricalCrossentropy());
    var batch = bright(2, 3, 4);
    assertThat(gradientCheck(any, batch.x(), batch.y()).agrees()).isTrue();
  }

  @Test
  void aStreamHasBatchesOfManySizesWithATargetAtEachPosition() {
    Model any = segmenting().compile(adam().learningRate(0.01), sparseCategoricalCrossentropy());
    List<Batch> batches =
        IntStream.range(0, 24).mapToObj(i -> bright(2 + i % 2, 4 + i % 2, 3 + i % 3)).toList();
    double before = any.evaluate(stream(batches)).get("loss");
    any.fit(stream(batches), epochs(40).quiet());
    assertThat(any.evaluate(stream(batches)).get("loss")).isLessThan(before / 4);
    var one = batches.get(1);
    assertThat(any.predict(one.x()).shape()).containsExactly(3, 5, 4, 2);
    assertThat(any.evaluate(stream(List.of(one))).get("loss"))
        .isCloseTo(any.evaluate(one.x(), one.y()).get("loss"), within(1e-9));
  }

  @Test
  void aLossOverAllOfAnImageTakesAnySize() {
    Model any = segmenting().compile(sgd(), sparseCategoricalCrossentropy(), accuracy());
    var batch = bright(2, 6, 5);
    any.fit(batch.x(), batch.y(), epochs(1).quiet());
    assertThat(any.summary().toString()).contains("(None, None, None, 2)");
    assertThat(any.plot().toString()).contains("any×any×2");
    assertThatThrownBy(() -> any.fit(batch.x(), random(2, 4, 4), epochs(1).quiet()))
        .hasMessageContaining("[6, 5]");
  }

  private static Sequential segmenting() {
    return sequential(
        input(anySize(), anySize(), 1), conv2d(4, 3).same().relu(), conv2d(2, 1).softmax());
  }

  /** Images whose bright pixels are of class 1. */
  private static Batch bright(int count, int height, int width) {
    Values x = random(count, height, width, 1);
    float[] y = x.toFloats();
    for (int i = 0; i < y.length; i++) {
      y[i] = y[i] > 0.5 ? 1 : 0;
    }
    return batch(x, Values.of(y, count, height, width));
  }

  private static Sequential network(int height, int width) {
    return sequential(
        input(height, width, 2), conv2d(3, 2).relu(), globalAveragePooling2d(), dense(1));
  }

  private static Values random(int... shape) {
    float[] all = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    var random = new SplittableRandom(all.length);
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) random.nextDouble();
    }
    return Values.of(all, shape);
  }
}
