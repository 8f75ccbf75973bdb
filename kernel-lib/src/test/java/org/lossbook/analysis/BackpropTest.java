package org.lossbook.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;

class BackpropTest {
  private static final double[][] X = {{0.5, -1}, {1.5, 2}, {-0.25, 0.75}};

  /** x 1, 2 → relu(0.5, −0.5) → 1.5 · 0.5 + 0.25: worked out in the tests below. */
  private static Model onPaper() {
    return sequential(input(2), dense(2).relu(), dense(1))
        .compile(sgd(), mse())
        .weights("dense/kernel", matrix(row(0.5, -1), row(0.25, 0.5)))
        .weights("dense/bias", vector(-0.5, -0.5))
        .weights("dense_1/kernel", matrix(row(1.5), row(2)))
        .weights("dense_1/bias", vector(0.25));
  }

  private static Model of(Loss loss, Layer... layers) {
    return sequential(layers).seed(4).allowMismatch().compile(sgd(), loss);
  }

  static Stream<Model> networks() {
    return Stream.of(
        of(mse(), input(2), dense(3).tanh(), dense(1)),
        of(mse(), input(2), dense(3).useBias(false), activation("sigmoid"), dense(1).relu()),
        of(mse(), input(2), activation("tanh"), dense(1)),
        of(huber(0.1), input(2), dense(3).swish(), dense(4).elu(), dense(1).softplus()),
        of(binaryCrossentropy(), input(2), dense(3).leakyRelu(), dense(1).sigmoid()),
        of(sparseCategoricalCrossentropy(), input(2), dense(4).tanh(), dense(3).softmax()),
        of(sparseCategoricalCrossentropy().fromLogits(), input(2), dense(3), dense(3).softmax()));
  }

  @Test
  void aRowAtEachPositionIsRefused() {
    try (var model = of(mse(), input(2, 3), dense(1))) {
      assertThatThrownBy(
              () ->
                  backprop(
                      model, Values.of(new float[12], 2, 2, 3), Values.of(new float[4], 2, 2, 1)))
          .hasMessageStartingWith(
              "backprop expects one row a sample but dense receives (None, 2, 3): make a small network of your own");
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void itsGradientsAreThoseOfTheEngine(Model model) {
    try (model) {
      double[] y = {1, 0, 1};
      var steps = backprop(model, X, y);
      var loss = model.loss(X, y);
      loss.backward();

      assertThat(steps.value()).isCloseTo(loss.value(), within(1e-6));
      for (String name : model.weightNames()) {
        double[] engine = model.gradientValues(name).toDoubles();
        assertThat(steps.gradient(name).toDoubles()).as(name).containsExactly(engine, within(2e-6));
      }
      assertThat(steps.toString()).doesNotContain("NaN");
      assertThat(steps.mimeBundle().get("text/markdown")).contains("$$", "\\frac{\\partial L}");
      assertThat(steps.plot().alt()).startsWith("A network of ");
    }
  }

  @Test
  void theStepsAreThoseOnPaper() {
    try (Model model = onPaper()) {
      // z = 0.5 + 0.5 − 0.5 and −1 + 1 − 0.5; ŷ = 1.5 · 0.5 + 0.25 = 1; the loss (1 − 3)²
      assertThat(backprop(model, matrix(row(1, 2)), vector(3)))
          .hasToString(
              """
              Forward
                A0 = x = [1, 2]
               dense
                Z1 = A0 W1 + b1 = [1, 2] [0.5, −1; 0.25, 0.5] + [−0.5, −0.5] = [0.5, −0.5]
                A1 = relu(Z1) = [0.5, 0]
               dense_1
                Z2 = A1 W2 + b2 = [0.5, 0] [1.5; 2] + (0.25) = (1)
                A2 = Z2 = (1)
                L = 1/n Σᵢ (yᵢ − ŷᵢ)²
                L = 4
              Backward
               dense_1
                ∂L/∂ŷ = 2(ŷ − y)/n
                Δ2 = ∂L/∂A2 = (−4)
                ∂L/∂W2 = A1ᵀ Δ2 = [0.5; 0] (−4) = [−2; 0]
                ∂L/∂W2[1,1] = 0.5·(−4) = −2
                ∂L/∂b2 = Σ over samples of Δ2 = (−4)
               dense
                Δ1 = (Δ2 W2ᵀ) ⊙ relu'(Z1) = ((−4) [1.5, 2]) ⊙ [1, 0] = [−6, 0]
                ∂L/∂W1 = A0ᵀ Δ1 = [1; 2] [−6, 0] = [−6, 0; −12, 0]
                ∂L/∂W1[1,1] = 1·(−6) = −6
                ∂L/∂b1 = Σ over samples of Δ1 = [−6, 0]""");
    }
  }

  @Test
  void whatIsTooLargeToReadIsRefusedWithTheLimit() {
    var start = input(2);
    var half = dense(1).of(start);
    try (Model branching = model(start, add().of(half, dense(1).of(start))).compile(sgd(), mse());
        Model wide = of(mse(), input(2), dense(9), dense(1));
        Model other = of(mse(), input(2), dense(4), dropout(0.5), dense(1));
        Model costly = of(mse().plus(l2(0.1)), input(2), dense(1));
        Model active = of(mse(), input(2), dense(1).activityRegularizer(l2(0.1)))) {
      assertThatThrownBy(() -> backprop(wide, X, vector(1, 2, 3)))
          .hasMessageStartingWith(
              "backprop expects layers of at most 8 units, so that its steps can be read, but receives dense from 2 to 9: make a small network");
      assertThatThrownBy(() -> backprop(other, X, vector(1, 2, 3)))
          .hasMessageStartingWith(
              "backprop expects dense layers and functions but receives dropout:");
      assertThatThrownBy(() -> backprop(branching, X, vector(1, 2, 3)))
          .hasMessageStartingWith("backprop expects a plain chain of layers but");
      assertThatThrownBy(() -> backprop(costly, X, vector(1, 2, 3)))
          .hasMessageStartingWith(
              "backprop expects a loss without penalties on weights and outputs but");
      assertThatThrownBy(() -> backprop(active, X, vector(1, 2, 3)))
          .hasMessageStartingWith(
              "backprop expects a loss without penalties on weights and outputs but");
    }
    try (Model model = onPaper()) {
      assertThatThrownBy(() -> backprop(model, new double[5][2], new double[5]))
          .hasMessageStartingWith(
              "backprop expects at most 4 samples, so that its steps can be read");
      var steps = backprop(model, matrix(row(1, 2)), vector(3));
      assertThatThrownBy(() -> steps.gradient("dense_7/kernel"))
          .hasMessageStartingWith(
              "gradient expects a parameter's name but receives dense_7/kernel:");
    }
  }
}
