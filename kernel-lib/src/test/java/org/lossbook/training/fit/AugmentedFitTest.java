package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.data.augment.Augmentation;
import org.lossbook.data.mnist.TestDigits;
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;

/** Training on samples that are varied on the way. */
class AugmentedFitTest {
  /** So loud that nobody could mistake a varied sample for a plain one. */
  private static final Augmentation LOUD = augment().noise(20);

  private static Model points(Loss loss) {
    return sequential(input(2), dense(8).relu(), dense(3).softmax())
        .compile(adam().learningRate(0.01), loss, accuracy());
  }

  @Test
  void validationSeesSamplesAsTheyAre() {
    Dataset data = FitTest.points(60, 1);
    try (var model = points(sparseCategoricalCrossentropy())) {
      var split = model.fit(data.augmented(LOUD), epochs(1).validationSplit(0.25).seed(1).quiet());
      assertThat(split.last("val_loss")).isEqualTo(model.evaluate(data.rows(45, 60)).get("loss"));

      var given = model.fit(data, epochs(1).validation(data.augmented(LOUD)).seed(1).quiet());
      assertThat(given.last("val_loss")).isEqualTo(model.evaluate(data).get("loss"));
    }
  }

  @Test
  void theSeedOfTheRunIsThatOfTheVariants() {
    Dataset data = FitTest.points(50, 1).augmented(augment().noise(0.3));
    try (var one = points(sparseCategoricalCrossentropy());
        var two = points(sparseCategoricalCrossentropy());
        var plain = points(sparseCategoricalCrossentropy());
        var parts = points(sparseCategoricalCrossentropy())) {
      one.fit(data, epochs(4).seed(3).quiet());
      two.fit(data, epochs(4).seed(3).quiet());
      plain.fit(data.plain(), epochs(4).seed(3).quiet());
      parts.fit(data, epochs(2).seed(3).quiet());
      parts.fit(data, epochs(2).seed(3).quiet());

      assertThat(FitTest.weights(one)).isEqualTo(FitTest.weights(two));
      assertThat(FitTest.weights(one)).isEqualTo(FitTest.weights(parts));
      assertThat(FitTest.weights(one)).isNotEqualTo(FitTest.weights(plain));
    }
  }

  @Test
  void mixupTrainsFromRowsAndRefusesLabels() {
    Dataset data = FitTest.points(300, 2);
    assertThatThrownBy(() -> data.augmented(augment().mixup(0.2)))
        .hasMessageContaining("call oneHot() before augmented(…)");
    try (var model = points(categoricalCrossentropy())) {
      model.fit(
          data.oneHot().augmented(augment().mixup(0.2)), epochs(30).batchSize(16).seed(1).quiet());

      assertThat(model.evaluate(data.oneHot()).get("accuracy")).isGreaterThan(0.9);
    }
  }

  @Test
  void aNetworkThatTrainsOnMovedDigitsReadsMovedDigits() {
    var digits = TestDigits.mnist();
    var moves = augment().shift(4);
    var train = digits.train().take(3000);
    var test = digits.test().take(500).augmented(moves);
    try (var with = reader();
        var without = reader()) {
      with.fit(train.augmented(moves), epochs(3).seed(1).quiet());
      without.fit(train, epochs(3).seed(1).quiet());

      assertThat(with.evaluate(test).get("accuracy"))
          .isGreaterThan(without.evaluate(test).get("accuracy") + 0.05);
    }
  }

  private static Model reader() {
    return sequential(
            input(28, 28, 1),
            conv2d(8, 3).relu(),
            maxPooling2d(2),
            conv2d(16, 3).relu(),
            maxPooling2d(2),
            flatten(),
            dense(10).softmax())
        .compile(adam().learningRate(3e-3), sparseCategoricalCrossentropy(), accuracy());
  }
}
