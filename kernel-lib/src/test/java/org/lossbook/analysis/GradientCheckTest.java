package org.lossbook.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.data.Dataset;
import org.lossbook.data.mnist.TestDigits;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.training.BrokenEngine;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.fit.FitTest;

class GradientCheckTest {
  private static final Dataset POINTS = FitTest.points(24, 3);

  private static Model plain() {
    return sequential(input(2), dense(8).relu(), dense(3).softmax())
        .seed(1)
        .compile(adam(), sparseCategoricalCrossentropy());
  }

  /** Ends joined and not, kinks, dropout, batch statistics, penalties, and sums of losses. */
  static Stream<Model> models() {
    return Stream.of(
        plain(),
        sequential(input(2), dense(32).relu(), dense(32).relu(), dense(3).softmax())
            .seed(2)
            .compile(adam(), sparseCategoricalCrossentropy().sum()),
        sequential(input(2), dense(8).tanh(), dense(3).softmax())
            .seed(3)
            .allowMismatch()
            .compile(adam(), sparseCategoricalCrossentropy().fromLogits()),
        sequential(
                input(2),
                dense(16),
                batchNormalization(),
                activation("relu"),
                dropout(0.4),
                dense(1))
            .seed(4)
            .compile(sgd(), mse().plus(l1l2(0.01, 0.02))),
        sequential(input(2), dense(4).sigmoid().activityRegularizer(l2(0.1)), dense(1))
            .seed(5)
            .compile(sgd(), huber()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void backpropagationAgreesWithFiniteDifferencesForEveryWeight(Model model) {
    try (model) {
      var check = gradientCheck(model, POINTS.x(), POINTS.y());

      assertThat(check.agrees()).as("%s", check).isTrue();
      assertThat(check.lines()).hasSize(check.weights());
      assertThat(check.toString()).startsWith("all %,d weights agree".formatted(check.weights()));
    }
  }

  @Test
  void oneNetworkOfImagesIsSampledByParameter() {
    var digits = TestDigits.mnist().train().take(4);
    try (Model model =
        sequential(
                input(28, 28, 1),
                conv2d(8, 3).relu(),
                maxPooling2d(2),
                flatten(),
                dense(10).softmax())
            .seed(1)
            .compile(adam(), sparseCategoricalCrossentropy())) {
      var check = gradientCheck(model, digits.x(), digits.y());

      assertThat(check.agrees()).as("%s", check).isTrue();
      assertThat(check.lines()).hasSize(72 + 8 + 100 + 10);
      assertThat(check.toString())
          .startsWith("all 190 weights, a sample of 13,610, agree")
          .contains("conv2d/kernel", "and 180 more, which agree better");
    }
  }

  @Test
  void aBackwardRunThatIsOffByAPercentIsFoundAndItsLayerNamed() {
    try (Model model = plain()) {
      CompiledModel broken =
          BrokenEngine.in(ModelState.of("test", model).compiled(), "dense_1/kernel", 1.01f);
      var check = GradientCheck.check(broken, POINTS.x(), POINTS.y());

      assertThat(check.agrees()).isFalse();
      assertThat(check.lines().get(0).parameter()).isEqualTo("dense_1/kernel");
      assertThat(check.lines().get(0).relativeError()).isCloseTo(0.01, within(2e-3));
      assertThat(check.lines().stream().filter(line -> !line.agrees()))
          .hasSizeGreaterThan(20)
          .allMatch(line -> line.parameter().equals("dense_1/kernel"));
      assertThat(check.toString())
          .contains("of 51 weights do not agree: ", "of dense_1/kernel\n", "✗");
      assertThat(check.mimeBundle().get("text/html")).contains("<table>", "dense_1/kernel", "✗");
    }
  }

  @Test
  void aSignThatIsWrongIsFoundAtKinksToo() {
    try (Model model =
        sequential(input(2), dense(64).relu(), dense(64).relu(), dense(1))
            .seed(1)
            .compile(adam(), mse())) {
      CompiledModel broken =
          BrokenEngine.in(ModelState.of("test", model).compiled(), "dense/kernel", -1);
      var check = GradientCheck.check(broken, POINTS.x(), POINTS.y());

      // What agrees in spite of the sign is too small to tell, or a unit that is off.
      assertThat(check.lines().stream().filter(line -> line.parameter().equals("dense/kernel")))
          .allMatch(line -> !line.agrees() || Math.abs(line.backpropagation()) < 20 * line.error());
      assertThat(check.lines().stream().filter(line -> !line.agrees())).hasSizeGreaterThan(100);
    }
  }

  @Test
  void theModelIsLeftAsItWasInTheMiddleOfALoopToo() {
    try (Model model = models().skip(3).findFirst().orElseThrow();
        Model undisturbed = models().skip(3).findFirst().orElseThrow()) {
      var loss = model.loss(POINTS.x(), POINTS.y());
      var other = undisturbed.loss(POINTS.x(), POINTS.y());
      var before = FitTest.weights(model);
      gradientCheck(model, POINTS.x(), POINTS.y());
      assertThat(FitTest.weights(model)).isEqualTo(before);
      loss.backward();
      other.backward();
      gradientCheck(model, POINTS.x(), POINTS.y());
      model.step();
      undisturbed.step();

      assertThat(FitTest.weights(model))
          .isEqualTo(FitTest.weights(undisturbed))
          .isNotEqualTo(before);
    }
  }

  @Test
  void anInterruptLeavesTheModelAsItWas() {
    try (Model model = plain()) {
      var before = FitTest.weights(model);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> gradientCheck(model, POINTS.x(), POINTS.y()))
          .isInstanceOf(InterruptedTraining.class)
          .hasMessage(
              "gradientCheck was interrupted after 1 of 51 weights: the model is unchanged.");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(FitTest.weights(model)).isEqualTo(before);
    }
  }

  @Test
  void samplesThatDoNotFitAreRefused() {
    try (Model model = plain()) {
      assertThatThrownBy(() -> gradientCheck(model, vector(1, 2, 3), vector(0, 1, 2)))
          .hasMessageStartingWith("gradientCheck expects samples [2], as the model's input says,");
    }
  }
}
