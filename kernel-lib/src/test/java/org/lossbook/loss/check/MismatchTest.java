package org.lossbook.loss.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.layer.Layer;
import org.lossbook.loss.Loss;

/** Ends of a model that a loss refuses, and the calls that the refusal names. */
class MismatchTest {
  private static final String WAY_ROUND =
      " To see what happens anyway, call allowMismatch() on the network before compile(…).";

  private static String refusal(Loss loss, Layer... layers) {
    List<Layer> all = new java.util.ArrayList<>(List.of(input(3)));
    all.addAll(List.of(layers));
    try (var model = sequential(all.toArray(Layer[]::new)).compile(sgd(), loss)) {
      return "";
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageEndingWith(WAY_ROUND);
      return e.getMessage().replace(WAY_ROUND, "");
    }
  }

  @Test
  void adviceNamesTheCallThatIsThere() {
    Loss logits = sparseCategoricalCrossentropy().fromLogits();
    String said =
        "sparseCategoricalCrossentropy.fromLogits() expects rows of logits but the model ends in"
            + " softmax, which has already turned them into probabilities: ";
    assertThat(refusal(logits, dense(4).softmax()))
        .isEqualTo(said + "drop .softmax() from the last layer, or .fromLogits() from the loss.");
    assertThat(refusal(logits, dense(4), activation("softmax")))
        .isEqualTo(
            said + "drop activation(\"softmax\"), the last layer, or .fromLogits() from the loss.");
    Loss classes = sparseCategoricalCrossentropy();
    assertThat(refusal(classes, dense(4)))
        .endsWith("add .softmax() to the last layer, or .fromLogits() to the loss.");
    assertThat(refusal(classes, dense(4).leakyRelu()))
        .contains("put .softmax() instead of .leakyRelu()");
    assertThat(refusal(classes, dense(4), activation("relu")))
        .contains("put activation(\"softmax\") instead of activation(\"relu\")");
    assertThat(refusal(classes, dense(4), dropout(0.5)))
        .contains("add activation(\"softmax\") as the last layer");
    assertThat(refusal(categoricalCrossentropy(), dense(4), activation("sigmoid")))
        .contains("put activation(\"softmax\") instead of activation(\"sigmoid\"), or use");
    for (Layer[] fitting :
        new Layer[][] {{dense(4).softmax()}, {dense(4), activation("softmax")}}) {
      assertThat(refusal(classes, fitting)).isEmpty();
    }
  }

  @Test
  void scoresAreNotSqueezed() {
    assertThat(refusal(hinge(), dense(1).sigmoid()))
        .isEqualTo(
            "hinge expects scores but the model ends in sigmoid, which squeezes them between 0 and"
                + " 1: drop .sigmoid() from the last layer.");
    assertThat(refusal(logistic(), dense(1), activation("sigmoid")))
        .endsWith("drop activation(\"sigmoid\"), the last layer.");
    assertThat(refusal(categoricalHinge(), dense(3).softmax())).contains("drop .softmax()");
    assertThat(refusal(categoricalHinge(), dense(1))).contains("an output for each class");
    assertThat(refusal(hinge(), dense(1))).isEmpty();
    assertThat(refusal(hinge(), dense(1).tanh())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "linear, add .softplus() to the last layer",
    "tanh, put .softplus() instead of .tanh()"
  })
  void amountsDoNotGoBelowZero(String end, String advice) {
    assertThat(refusal(poisson(), dense(1).activation(end)))
        .isEqualTo(
            "poisson expects numbers of 0 or more but the model ends in "
                + end
                + ", which may go below 0: "
                + advice
                + ", or relu in its place.");
    for (String fitting : List.of("softplus", "relu", "sigmoid")) {
      assertThat(refusal(poisson(), dense(1).activation(fitting))).isEmpty();
    }
  }

  @Test
  void boxesAreFourNumbersAndNormalsTwo() {
    assertThat(refusal(iou(), dense(5)))
        .isEqualTo(
            "iou expects rows of four, the corners of a box but the model has 5 outputs: give its"
                + " last layer 4 units.");
    assertThat(refusal(iou(), dense(4).softmax())).contains("drop .softmax()");
    assertThat(refusal(iou(), dense(4).sigmoid())).isEmpty();
    assertThat(refusal(gaussianNll(), dense(1)))
        .endsWith("but the model has 1 output: give its last layer 2 units.");
    assertThat(refusal(gaussianNll(), dense(2).relu())).contains("drop .relu()");
    assertThat(refusal(gaussianNll(), dense(2))).isEmpty();
  }

  @Test
  void whoWantsToSeeItMayTryIt() {
    var network = sequential(input(3), dense(1).sigmoid());
    assertThatThrownBy(() -> network.compile(sgd(), hinge())).hasMessageContaining("hinge");
    try (var model = network.allowMismatch().compile(sgd(), hinge())) {
      assertThat(model.evaluate(matrix(row(1, 2, 3)), vector(1)).loss()).isBetween(0.0, 1.0);
    }
  }
}
