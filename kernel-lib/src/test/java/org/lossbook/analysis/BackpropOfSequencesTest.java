package org.lossbook.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.layer.Layer;
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;

/** Backpropagation through time, and through other layers of sequences, written out. */
class BackpropOfSequencesTest {
  private static final double[][][] X = {
    {{0.5, -1}, {0.3, 0.1}, {-0.7, 0.4}, {1.2, -0.2}},
    {{1.5, 2}, {-0.4, 0.6}, {0.9, -1.1}, {0.2, 0.8}},
    {{-0.25, 0.75}, {0, 0.3}, {-0.6, -0.9}, {0.1, 1.4}}
  };
  private static final int[][] IDS = {{0, 1, 2, 1}, {3, 1, 1, 0}, {2, 2, 3, 0}};
  private static final double[] ONE_EACH = {1, 0, 1};
  private static final int[][] EACH_STEP = {{1, 2, 1, 0}, {1, 1, 0, 0}, {3, 3, 2, 1}};

  private record Case(Model model, Object x, Object y) {}

  private static Case of(Object x, Object y, Loss loss, Layer... layers) {
    return new Case(sequential(layers).seed(4).allowMismatch().compile(sgd(), loss), x, y);
  }

  static Stream<Case> networks() {
    return Stream.of(
        of(X, ONE_EACH, mse(), input(4, 2), simpleRnn(3), dense(1)),
        of(X, ONE_EACH, binaryCrossentropy(), input(4, 2), lstm(3), dense(1).sigmoid()),
        of(X, ONE_EACH, mse(), input(4, 2), gru(3), dense(1)),
        of(X, ONE_EACH, mse(), input(4, 2), gru(2).resetAfter(false).useBias(false), dense(1)),
        of(
            X,
            ONE_EACH,
            mse(),
            input(4, 2),
            lstm(2).returnSequences().goBackwards().useBias(false),
            simpleRnn(2).relu().goBackwards(),
            dense(1)),
        of(
            IDS,
            EACH_STEP,
            sparseCategoricalCrossentropy(),
            input(4),
            embedding(4, 2),
            gru(3).returnSequences(),
            dense(4).softmax()),
        of(X, ONE_EACH, mse(), input(4, 2), lstm(2).returnSequences(), flatten(), dense(1)),
        of(X, ONE_EACH, mse(), input(4, 2), lstm(1)),
        of(
            IDS,
            ONE_EACH,
            mse(),
            input(4),
            embedding(4, 4),
            positionEmbedding(6),
            multiHeadAttention(2, 3).valueDim(2).causal(),
            globalAveragePooling1d(),
            dense(1)),
        of(
            X,
            ONE_EACH,
            mse(),
            input(4, 2),
            multiHeadAttention(1, 2).useBias(false).outputDim(3),
            activation("tanh"),
            flatten(),
            dense(1)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void itsGradientsAreThoseOfTheEngine(Case given) {
    try (Model model = given.model) {
      var steps = backprop(model, given.x, given.y);
      var loss = model.loss(given.x, given.y);
      loss.backward();

      assertThat(steps.value()).isCloseTo(loss.value(), within(1e-6));
      for (String name : model.weightNames()) {
        double[] engine = model.gradientValues(name).toDoubles();
        assertThat(steps.gradient(name).toDoubles()).as(name).containsExactly(engine, within(2e-6));
        assertThat(steps.gradient(name).shape())
            .as(name)
            .isEqualTo(model.gradientValues(name).shape());
      }
      assertThat(steps.toString()).doesNotContain("NaN").contains("∂L/∂A1");
      assertThat(steps.mimeBundle().get("text/markdown"))
          .contains("$$", "\\frac{\\partial L}")
          .doesNotContain("ₜ", "Σ", "∂", "ᵀ");
      assertThat(steps.plot().alt())
          .startsWith("A network of ")
          .contains("unrolled over 4 steps, values forward and gradients back");
    }
  }

  @Test
  void aRecurrentLayerIsUnrolledStepByStep() {
    try (Model model =
        sequential(input(2, 1), simpleRnn(1).relu(), dense(1))
            .compile(sgd(), mse())
            .weights("simple_rnn/kernel", matrix(row(0.5)))
            .weights("simple_rnn/recurrent_kernel", matrix(row(1)))
            .weights("simple_rnn/bias", vector(0))
            .weights("dense/kernel", matrix(row(2)))
            .weights("dense/bias", vector(0))) {
      // h₁ = 0.5 · 1, h₂ = 0.5 · 2 + 0.5, ŷ = 2 · 1.5; both steps get back 2 · 2 · (3 − 1)
      assertThat(backprop(model, new double[][][] {{{1}, {2}}}, vector(1)))
          .hasToString(
              """
              Forward
                A0 = x = [1; 2]
               simple_rnn
                Zₜ = Xₜ W + Hₜ₋₁ U + b
                Hₜ = relu(Zₜ)
                W = (0.5)
                U = (1)
                b = (0)
                    t = 1  t = 2
                Xₜ  (1)    (2)
                Zₜ  (0.5)  (1.5)
                Hₜ  (0.5)  (1.5)
                A1 = H_T = (1.5)
               dense
                Z2 = A1 W2 + b2 = (1.5) (2) + (0) = (3)
                A2 = Z2 = (3)
                L = 1/n Σᵢ (yᵢ − ŷᵢ)²
                L = 4
              Backward
               dense
                ∂L/∂ŷ = 2(ŷ − y)/n
                Δ2 = ∂L/∂A2 = (4)
                ∂L/∂W2 = A1ᵀ Δ2 = (1.5) (4) = (6)
                ∂L/∂W2[1,1] = 1.5·4 = 6
                ∂L/∂b2 = Σ over samples of Δ2 = (4)
               simple_rnn
                ∂L/∂A1 = Δ2 W2ᵀ = (8)
                ∂L/∂Hₜ = Δₜ₊₁ Uᵀ; of the last step ∂L/∂A1
                Δₜ = ∂L/∂Zₜ = ∂L/∂Hₜ ⊙ relu'(Zₜ)
                        t = 1  t = 2
                ∂L/∂Hₜ  (8)    (8)
                Δₜ      (8)    (8)
                ∂L/∂Xₜ  (4)    (4)
                ∂L/∂W = Σₜ Xₜᵀ Δₜ = (24)
                ∂L/∂U = Σₜ Hₜ₋₁ᵀ Δₜ = (4)
                ∂L/∂b = Σₜ Σ over samples of Δₜ = (16)""");
    }
  }

  @Test
  void whatCannotBeReadIsRefusedWithTheWayOut() {
    double[][][] long_ = new double[1][6][2];
    try (Model longer = sequential(input(6, 2), lstm(2), dense(1)).compile(sgd(), mse());
        Model masked =
            sequential(input(4), embedding(4, 2).maskZero(), lstm(2), dense(1))
                .compile(sgd(), mse());
        Model dropping =
            sequential(input(4, 2), lstm(2).dropout(0.5), dense(1)).compile(sgd(), mse());
        Model words =
            sequential(input(4), embedding(20, 2), lstm(2), dense(1)).compile(sgd(), mse());
        Model two =
            sequential(input(4, 2), bidirectional(lstm(2)), dense(1)).compile(sgd(), mse());
        Model plain =
            sequential(input(4), embedding(4, 2), lstm(2), dense(1)).compile(sgd(), mse())) {
      assertThatThrownBy(() -> backprop(longer, long_, vector(1)))
          .hasMessageStartingWith(
              "backprop expects sequences of at most 5 steps, so that they can be read side by side, but lstm receives (None, 6, 2): give it the first ones.");
      assertThatThrownBy(() -> backprop(masked, IDS, ONE_EACH))
          .hasMessageStartingWith(
              "backprop expects a layer of sequences as simple as it can be but embedding has mask_zero: leave that out");
      assertThatThrownBy(() -> backprop(dropping, X, ONE_EACH))
          .hasMessageContaining("lstm has dropout: leave that out");
      assertThatThrownBy(() -> backprop(words, IDS, ONE_EACH))
          .hasMessageContaining("embedding from 20 to 2");
      assertThatThrownBy(() -> backprop(two, X, ONE_EACH))
          .hasMessageContaining("receives bidirectional: of layers of sequences it writes out");
      assertThatThrownBy(() -> backprop(plain, new int[][] {{0, 1, 2, 7}}, vector(1)))
          .hasMessageStartingWith("backprop expects ids from 0 to 3 for embedding but receives 7:");
    }
  }
}
