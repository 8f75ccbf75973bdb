package org.lossbook.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.model.Model;

/** The regularised objective J = L + λR: in cells, in training, beside Keras. */
class PenaltyTest {
  private static final double[][] X = {{1, -.5, 2}, {.5, 1.5, -1}, {0, .25, .75}, {-1, 2, .5}};
  private static final double[][] Y = {{1, 0}, {0, 2}, {-1, .5}, {2, -1}};

  private static double[] numbers(int count, IntToDoubleFunction each) {
    return IntStream.range(0, count).mapToDouble(each).toArray();
  }

  private static Model model(Regularizer penalty) {
    return sequential(input(3), dense(4).relu().named("a"), dense(2).named("b"))
        .compile(sgd().learningRate(0.1), mse().plus(penalty))
        .weights("a/kernel", numbers(12, i -> (i % 5 - 2) * 0.25))
        .weights("a/bias", vector(.1, -.1, .2, 0))
        .weights("b/kernel", numbers(8, i -> (i % 3 - 1) * 0.5 + 0.125))
        .weights("b/bias", vector(0, .3));
  }

  /** As a metric it would say L by the name of J. */
  @Test
  void aRegularisedObjectiveIsRefusedAmongTheMetrics() {
    Loss objective = mae().plus(l2(0.01));
    var network = sequential(input(1), dense(1));
    assertThatThrownBy(() -> network.compile(sgd(), mse(), objective))
        .hasMessage(
            "mae with l2(0.01) is meant to be minimized by training but is given as a metric, which sees no weights: keep plus(l2(0.01)) in the loss, and use the plain loss as the metric.");
  }

  /** Keras 3.15.1 on PyTorch: {@code kernel_regularizer=L2(0.03)}, one step of SGD(0.1), mse. */
  @Test
  void oneStepWithSquaresIsKerass() {
    try (Model model = model(l2(0.03))) {
      assertThat(model.evaluate(X, Y).loss()).isCloseTo(1.6407036781311035, within(1e-6));
      double loss = model.fit(X, Y, epochs(1).shuffle(false).quiet()).last("loss");

      assertThat(loss).isCloseTo(1.640703797340393, within(1e-6));
      close(
          model,
          "a/kernel",
          -0.4663359522819519,
          -0.24201563000679016,
          0.011347656138241291,
          0.24961328506469727,
          0.443599134683609,
          -0.5043901205062866,
          -0.21445703506469727,
          0.003339843824505806,
          0.23858056962490082,
          0.4975249171257019,
          -0.5196953415870667,
          -0.2507265508174896);
      close(
          model,
          "a/bias",
          0.08211914449930191,
          -0.110107421875,
          0.22269532084465027,
          0.0022265627048909664);
      close(
          model,
          "b/kernel",
          -0.2662641406059265,
          0.0733041986823082,
          0.627572238445282,
          -0.37113866209983826,
          0.1261289119720459,
          0.6326757669448853,
          -0.37058204412460327,
          0.13743358850479126);
      close(model, "b/bias", 0.059414058923721313, 0.3033203184604645);
      assertThat(model.evaluate(X, Y).loss()).isCloseTo(1.415172815322876, within(1e-6));
    }
  }

  /** The same with {@code L1L2(0.02, 0.01)}; two weights are 0, where a size has no slope. */
  @Test
  void oneStepWithSizesAndSquaresIsKerass() {
    try (Model model = model(l1l2(0.02, 0.01))) {
      double loss = model.fit(X, Y, epochs(1).shuffle(false).quiet()).last("loss");

      assertThat(loss).isCloseTo(1.7144538164138794, within(1e-6));
      close(
          model,
          "b/kernel",
          -0.26576414704322815,
          0.07180420309305191,
          0.6280722618103027,
          -0.3706386685371399,
          0.12462890893220901,
          0.633175790309906,
          -0.3700820207595825,
          0.13593359291553497);
      assertThat(model.evaluate(X, Y).loss()).isCloseTo(1.4854625463485718, within(1e-6));
    }
  }

  private static void close(Model model, String name, double... expected) {
    float[] actual = model.weightValues(name).toFloats();
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void kernelsOverSeveralChunksCostAndBiasesDoNot() {
    var random = new Random(1);
    double[] kernel = random.doubles(90 * 70, -1, 1).toArray(); // 6,300: a chunk and a half
    double[] second = random.doubles(70 * 60, -1, 1).toArray();
    try (var model =
        sequential(input(90), dense(70).relu().named("a"), dense(60).named("b"))
            .compile(sgd().learningRate(0.5), mse().sum().times(0).plus(l1l2(0.01, 0.1)))) {
      model.weights("a/kernel", kernel).weights("b/kernel", second);
      model.weights("a/bias", numbers(70, i -> 3)).weights("b/bias", numbers(60, i -> 5));
      double[][] x = new double[2][90];
      double[][] y = new double[2][60];
      double cost = l1l2(0.01, 0.1).of(kernel) + l1l2(0.01, 0.1).of(second);

      assertThat(model.evaluate(x, y).loss()).isCloseTo(cost, within(1e-4));
      assertThat(model.fit(x, y, epochs(1).quiet()).last("loss")).isCloseTo(cost, within(1e-4));
      float[] after = model.weightValues("a/kernel").toFloats();
      for (int i = 0; i < kernel.length; i++) {
        double step = 0.5 * (0.2 * kernel[i] + 0.01 * Math.signum(kernel[i]));
        assertThat((double) after[i]).isCloseTo(kernel[i] - step, within(1e-6));
      }
      assertThat(model.weightValues("a/bias").toFloats()).containsOnly(3);
      assertThat(model.weightValues("b/bias").toFloats()).containsOnly(5);
    }
  }

  @Test
  void aPenaltyIsOneNumberOfWeights() {
    assertThat(l2(0.01).of(vector(1, -2))).isCloseTo(0.05, within(1e-15));
    assertThat(l1(0.1).of(matrix(row(1, -2), row(0, 3)))).isCloseTo(0.6, within(1e-15));
    assertThat(l1(0.1).plus(l2(0.2)).times(2)).hasToString("l1l2(0.2, 0.4)");
    assertThatThrownBy(() -> l2(-1))
        .hasMessage(
            "l2 expects factors of 0 or more but receives -1.0: below 0 it would reward large weights.");
  }

  @Test
  void theFormulaIsJAndACellSaysWhatItLacks() {
    Loss objective = mse().plus(l2(0.01));
    assertThat(objective.formula().toString())
        .startsWith("J(θ) = ")
        .contains("λ·Σ θ²")
        .endsWith("λ = 0.01");
    assertThat(objective.formula().latex()).startsWith("J(\\theta) = ").contains("\\sum \\theta^2");
    assertThat(objective.derivative()).isEqualTo(mse().derivative());
    assertThat(objective.gradient(3, 2.5)).isEqualTo(mse().gradient(3, 2.5));
    assertThat(new TrainingLoss(mse().plus(l1(0.1)).times(2).plus(mae().plus(l2(1)))).penalty())
        .isEqualTo(l1l2(0.2, 1));
    assertThat(new TrainingLoss(mse().plus(l2(1)).sum()).penalty()).isEqualTo(l2(1));
    assertThatThrownBy(() -> objective.of(3, 2.5))
        .hasMessage(
            "mse with l2(0.01) expects the weights θ of a model but receives y and ŷ alone: add l2(0.01).of(theta) to the plain loss, or ask model.evaluate(…).");
    assertThatThrownBy(() -> objective.explain(3, 2.5)).hasMessageStartingWith("mse with l2(0.01)");
  }
}
