package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.layer.Layer;

class SequentialTest {
  private static Sequential cnn() {
    return sequential(
        input(28, 28, 1),
        conv2d(32, 3).relu(),
        maxPooling2d(2),
        conv2d(64, 3).relu(),
        maxPooling2d(2),
        conv2d(64, 3).relu(),
        flatten(),
        dense(64).relu(),
        dense(10).softmax());
  }

  @Test
  void theSummaryNamesAndCountsAsKerasDoes() {
    assertThat(cnn().summary().totalParameters()).isEqualTo(93_322);
    assertThat(cnn().summary().trainableParameters()).isEqualTo(93_322);
    assertThat(cnn().summary())
        .hasToString(
            """
            Layer            Output shape        Parameters
            conv2d           (None, 26, 26, 32)         320
            max_pooling2d    (None, 13, 13, 32)           0
            conv2d_1         (None, 11, 11, 64)      18,496
            max_pooling2d_1  (None, 5, 5, 64)             0
            conv2d_2         (None, 3, 3, 64)        36,928
            flatten          (None, 576)                  0
            dense            (None, 64)              36,928
            dense_1          (None, 10)                 650
            Total parameters: 93,322 (364.5 KB)""");
    assertThat(cnn().mimeBundle().get("text/html"))
        .contains("text-align:left\">conv2d_1</td>")
        .contains("Total parameters: 93,322");
  }

  @Test
  void aModelSaysWhatItConsistsOf() {
    try (var model = cnn().compile(adam(), sparseCategoricalCrossentropy())) {
      assertThat(model)
          .hasToString("model of 8 layers, 93,322 parameters, adam, sparseCategoricalCrossentropy");
      assertThat(model.summary()).isEqualTo(cnn().summary());
    }
  }

  @Test
  void whatIsKeptBesideTheWeightsIsCountedApart() {
    var summary = sequential(input(4), batchNormalization(), dense(1)).summary();

    assertThat(summary.totalParameters()).isEqualTo(4 * 4 + 5);
    assertThat(summary.trainableParameters()).isEqualTo(2 * 4 + 5);
    assertThat(summary.toString()).endsWith("Trainable: 13 (52 B); non-trainable: 8 (32 B)");
  }

  @Test
  void aGivenNameIsKeptAndAutomaticOnesStepAside() {
    try (var model =
        sequential(input(4), dense(3), dense(2).named("dense_1"), dense(1)).compile(sgd(), mse())) {
      assertThat(model.weightNames())
          .containsExactly(
              "dense/kernel",
              "dense/bias",
              "dense_1/kernel",
              "dense_1/bias",
              "dense_2/kernel",
              "dense_2/bias");
    }
  }

  @Test
  void withoutAnInputItSaysHowToBegin() {
    assertThatThrownBy(() -> sequential(dense(3)))
        .hasMessage(
            "sequential expects an input first but receives dense(3): start with input(28, 28, 1), the shape of one sample of yours.");
    assertThatThrownBy(() -> sequential())
        .hasMessageStartingWith("sequential expects an input first but receives no layers");
    assertThatThrownBy(() -> sequential(input(3)))
        .hasMessageStartingWith("sequential expects layers after the input");
  }

  @Test
  void aLayerThatDoesNotFitIsNamed() {
    assertThatThrownBy(
            () ->
                sequential(
                    input(28, 28, 1), conv2d(8, 3), flatten(), dense(9), conv2d(8, 3).relu()))
        .hasMessage(
            "conv2d_1 expects images [batch, height, width, channels] but receives [batch, 9]: add reshape(3, 3, 1) before it.");
    assertThatThrownBy(() -> sequential(input(4), dense(3).named("a"), dense(3).named("a")))
        .hasMessageContaining("receives a twice: rename one of them");
  }

  @Test
  void aLossThatDoesNotFitTheEndIsRefusedUnlessAllowed() {
    var softmax = sequential(input(4), dense(3).softmax());
    var fromLogits = sparseCategoricalCrossentropy().fromLogits();

    assertThatThrownBy(() -> softmax.compile(adam(), fromLogits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fromLogits");
    assertThatThrownBy(
            () ->
                sequential(input(4), dense(1).sigmoid())
                    .compile(sgd(), binaryCrossentropy().fromLogits()))
        .hasMessageContaining("fromLogits");
    assertThatThrownBy(
            () -> sequential(input(4), dense(3)).compile(sgd(), sparseCategoricalCrossentropy()))
        .hasMessageContaining("softmax");

    try (var model = softmax.allowMismatch().compile(adam(), fromLogits)) {
      double[][] x = {{1, 2, 3, 4}, {4, 3, 2, 1}, {0, 0, 1, 0}};
      assertThat(model.fit(x, vector(0, 1, 2), epochs(2).quiet()).last("loss")).isPositive();
    }
  }

  @Test
  void aLoopMayMakeTheLayers() {
    List<Layer> layers = new ArrayList<>(List.of(input(4)));
    for (int i = 0; i < 3; i++) {
      layers.add(dense(2).tanh());
    }
    var made = sequential(layers);
    layers.clear();

    assertThat(made.summary().totalParameters()).isEqualTo(5 * 2 + 2 * (3 * 2));
    assertThatThrownBy(() -> sequential(layers)).hasMessageContaining("receives no layers");
    assertThatThrownBy(() -> sequential((List<Layer>) null))
        .hasMessageContaining("sequential expects layers but receives null");
  }
}
