package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.data.mnist.TestDigits;
import org.lossbook.model.Model;

/** Few samples and many weights: what a course says against overfitting, all of it in one model. */
class OverfittingTest {
  @Test
  void everythingAgainstOverfittingWorksTogether() {
    var digits = TestDigits.mnist();
    var train = digits.train().take(300).oneHot();
    var test = digits.test().take(500).oneHot();
    try (var plain =
            sequential(
                    input(28, 28, 1),
                    conv2d(8, 3).relu(),
                    maxPooling2d(2),
                    flatten(),
                    dense(48).relu(),
                    dense(10).softmax())
                .compile(adam(), categoricalCrossentropy(), accuracy());
        var careful =
            sequential(
                    input(28, 28, 1),
                    conv2d(8, 3).relu().maxNorm(3),
                    maxPooling2d(2),
                    flatten(),
                    dense(48).relu().l2(1e-4).activityRegularizer(l1(1e-4)),
                    dropout(0.3),
                    dense(10).softmax())
                .compile(
                    adam().learningRate(2e-3),
                    categoricalCrossentropy().labelSmoothing(0.1),
                    accuracy())) {
      plain.fit(train, epochs(12).batchSize(16).seed(1).quiet());
      var varied = augment().shift(2).rotate(10).zoom(0.1).elastic(20, 4).mixup(0.1);
      var history =
          careful.fit(
              train.augmented(varied),
              epochs(16)
                  .batchSize(16)
                  .validation(test)
                  .callbacks(earlyStopping().patience(6).restoreBestWeights())
                  .seed(1)
                  .quiet());

      assertThat(gap(careful, train, test)).isLessThan(0.8 * gap(plain, train, test));
      assertThat(careful.evaluate(test).get("accuracy")).isGreaterThan(0.7);
      assertThat(history.last("val_loss")).isLessThan(1.3);
    }
  }

  /** How much better a model knows what it was trained on than what it was not. */
  private static double gap(Model model, Dataset train, Dataset test) {
    return model.evaluate(train).get("accuracy") - model.evaluate(test).get("accuracy");
  }
}
