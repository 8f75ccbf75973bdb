package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.augment;
import static org.lossbook.Lossbook.batchSize;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.stream;
import static org.lossbook.Lossbook.vector;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Batch;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.training.fit.FitOptions;

class WeightedDataTest {
  private static final int N = 10;

  private static Values numbers(int... shape) {
    float[] all = new float[IntStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) Math.sin(1.7 * i + shape.length);
    }
    return Values.of(all, shape);
  }

  /** Different numbers of 0 or more. */
  private static Values weights(int... shape) {
    float[] all = new float[IntStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < all.length; i++) {
      all[i] = i % 4 == 3 ? 0 : 0.5f + i;
    }
    return Values.of(all, shape);
  }

  private static Model model() {
    return sequential(input(6, 3), dense(1)).seed(1).compile(sgd().learningRate(0.001), mse());
  }

  private static float[] trained(Dataset data, FitOptions options) {
    try (Model model = model()) {
      model.fit(data, options);
      return model.predictValues(numbers(N, 6, 3)).toFloats();
    }
  }

  private static float[] of(Dataset data) {
    float[] all = new float[data.size() * data.weightsPerSample()];
    data.gatherWeights(IntStream.range(0, data.size()).toArray(), 0, data.size(), all);
    return all;
  }

  @Test
  void weightsOfADatasetCountAsWeightsGivenToFitAndEvaluate() {
    Values x = numbers(N, 6, 3);
    Values y = numbers(N, 6, 1);
    for (Values w : List.of(weights(N), weights(N, 6))) {
      Dataset weighted = dataset(x, y, w);
      var options = epochs(3).batchSize(4).seed(5).quiet();
      assertThat(trained(weighted, options))
          .isEqualTo(trained(dataset(x, y), options.sampleWeight(w)))
          .isNotEqualTo(trained(dataset(x, y), options));
      assertThat(trained(weighted, options.validationSplit(0.3)))
          .isEqualTo(trained(dataset(x, y), options.sampleWeight(w).validationSplit(0.3)));
      try (Model model = model()) {
        double expected = model.evaluate(x, y, w).loss();
        assertThat(model.evaluate(weighted).loss()).isEqualTo(expected);
        assertThat(model.evaluate(weighted, batchSize(3)).loss()).isCloseTo(expected, within(1e-6));
        assertThat(model.evaluate(weighted.shuffled(2)).loss()).isCloseTo(expected, within(1e-6));
        assertThat(model.evaluate(stream(List.of(weighted))).loss())
            .isCloseTo(expected, within(1e-6));
        var history = model.fit(weighted, epochs(1).validation(weighted).quiet());
        assertThat(history.last("val_loss"))
            .isCloseTo(model.evaluate(x, y, w).loss(), within(1e-6));
        var held = model.fit(dataset(x, y), epochs(1).validation(x, y, w).quiet());
        assertThat(held.last("val_loss")).isCloseTo(model.evaluate(weighted).loss(), within(1e-6));
      }
    }
  }

  @Test
  void weightsStayWithTheirSamplesInEveryView() {
    var labels = vector(0, 1, 2, 0);
    Dataset data = dataset(numbers(4, 2), labels, vector(1, 2, 3, 4));

    assertThat(data.toString()).isEqualTo("4 samples [2], 3 classes, with weights");
    assertThat(of(data.rows(1, 3))).containsExactly(2, 3);
    assertThat(of(data.rows(new int[] {3, 0, 3}))).containsExactly(4, 1, 4);
    assertThat(of(data.oneHot().take(2))).containsExactly(1, 2);
    assertThat(of(data.oneAgainstRest(1).map(x -> x.toFloats()))).containsExactly(1, 2, 3, 4);
    assertThat(of(data.map(x -> x.toFloats(), y -> y.get(0) * 2))).containsExactly(1, 2, 3, 4);
    assertThat(of(data.augmented(augment().noise(0.1)))).containsExactly(1, 2, 3, 4);
    var split = data.split(0.5, 3);
    assertThat(of(split.train().concat(split.test()))).containsExactlyInAnyOrder(1, 2, 3, 4);
    Dataset plain = dataset(numbers(4, 2), labels);
    assertThat(of(plain.concat(data))).containsExactly(1, 1, 1, 1, 1, 2, 3, 4);
    Dataset rows = dataset(numbers(2, 2), numbers(2, 3), weights(2, 3));
    Dataset each = dataset(numbers(2, 2), numbers(2, 3), vector(5, 6));
    assertThat(of(each.concat(rows))).startsWith(5, 5, 5, 6, 6, 6).hasSize(12);
    assertThat(of(data.shuffled(1))).containsExactly(of(data.rows(order(data.shuffled(1), data))));
    for (Batch batch : data.batches(3)) {
      assertThat(batch.weights()).isPresent();
      assertThat(batch.weights().get()).hasSize(batch.size());
    }
    assertThat(plain.batches(3).iterator().next().weights()).isEmpty();
    assertThat(of(plain.weighted(vector(1, 1, 5, 1)).shuffled(1))).containsOnlyOnce(5);
  }

  /** Where the samples of a view lie in its base. */
  private static int[] order(Dataset view, Dataset base) {
    float[] all = base.x().toArray();
    float[] seen = view.x().toArray();
    return IntStream.range(0, view.size())
        .map(
            i ->
                IntStream.range(0, base.size())
                    .filter(j -> all[2 * j] == seen[2 * i])
                    .findFirst()
                    .orElseThrow())
        .toArray();
  }

  @Test
  void weightsOfPixelsMoveWithTheirImages() {
    float[] pixels = new float[64];
    float[] masks = new float[64];
    float[] levels = new float[64];
    for (int i = 0; i < 64; i++) {
      pixels[i] = i % 8 < 3 ? 1 : 0;
      masks[i] = pixels[i];
      levels[i] = 1 + pixels[i];
    }
    Dataset data =
        dataset(
            Values.of(pixels, 1, 8, 8, 1), Values.of(masks, 1, 8, 8), Values.of(levels, 1, 8, 8));
    Dataset turned = data.augmented(augment().shift(2).flipHorizontally().flipVertically());

    for (int epoch = 1; epoch < 4; epoch++) {
      Dataset now = turned.forEpoch(epoch);
      float[] y = now.y().toArray();
      float[] w = of(now);
      for (int i = 0; i < 64; i++) {
        assertThat(w[i]).isEqualTo(1 + y[i]);
      }
    }
    assertThat(of(data.augmented(augment().rotate(45).fill(0)).forEpoch(3))).contains(0f);
    try (Model model =
        sequential(input(8, 8, 1), conv2d(2, 1).softmax())
            .seed(1)
            .compile(sgd().learningRate(0.1), sparseCategoricalCrossentropy(), accuracy())) {
      assertThat(model.fit(turned, epochs(2).quiet()).last("loss")).isFinite();
    }
  }

  @Test
  void weightsThatDoNotFitAreRefused() {
    Values x = numbers(4, 6, 3);
    Values y = numbers(4, 6, 1);
    Dataset data = dataset(x, y, vector(1, 2, 3, 4));

    assertThatThrownBy(() -> dataset(x, y, vector(1, 2)))
        .hasMessageStartingWith("dataset expects one weight for each of the 4 samples")
        .hasMessageEndingWith("but receives 2: give one per sample.");
    assertThatThrownBy(() -> dataset(x, y, vector(1, 2, 3, -4)))
        .hasMessageContaining("dataset expects weights of 0 or more but receives -4.0");
    assertThatThrownBy(() -> data.weighted("much")).hasMessageContaining("weighted");
    assertThatThrownBy(
            () ->
                dataset(x, y, vector(1, 2, 3, 4))
                    .concat(dataset(x, y, weights(4, 2)))
                    .concat(dataset(x, y, weights(4, 3))))
        .hasMessageContaining("concat expects weights at the same positions in all parts");
    try (Model model = model()) {
      assertThatThrownBy(() -> model.fit(data, epochs(1).sampleWeight(vector(1, 2, 3, 4)).quiet()))
          .hasMessage(
              "sampleWeight expects weights once but receives 4 for a dataset that has its own: give one or the other.");
      assertThatThrownBy(() -> model.fit(dataset(x, y, weights(4, 5)), epochs(1)))
          .hasMessageContaining("sampleWeight expects one weight for each of the 4 samples, or 24");
      assertThatThrownBy(() -> model.evaluate(dataset(x, y, weights(4, 5))))
          .hasMessageContaining("evaluate expects one weight");
    }
  }
}
