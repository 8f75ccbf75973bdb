package org.lossbook.layer.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.activation;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.relu;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.softmax;
import static org.lossbook.Lossbook.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.formula.Expr;
import org.lossbook.plot.explorer.Explorer;
import org.lossbook.testing.JavaScriptCalls;

class ActivationLayerTest {
  private static final double[] X = {-30, -3.2, -1, -0.3, 0.2, 1, 2.7, 30};
  private static final String[] NAMES = {
    "linear",
    "relu",
    "sigmoid",
    "tanh",
    "leaky_relu",
    "elu",
    "gelu",
    "silu",
    "softplus",
    "celu",
    "exponential",
    "hard_shrink",
    "hard_sigmoid",
    "hard_silu",
    "hard_tanh",
    "log_sigmoid",
    "mish",
    "relu6",
    "selu",
    "soft_shrink",
    "softsign",
    "sparse_plus",
    "sparse_sigmoid",
    "squareplus",
    "tanh_shrink"
  };

  private static ActivationLayer mine() {
    return activation("mine", x -> x.times(x.softplus().tanh()));
  }

  @Test
  void aReadersOwnFunctionComputesAsItsFormulaDoes() {
    assertThat(activation("mish").of(1)).isEqualTo(0.8650983882673103, within(1e-15));
    assertThat(mine().of(1)).isEqualTo(0.8650983882673103, within(1e-15));
    assertThat(activation("mish").gradient(0)).isEqualTo(0.6, within(1e-15));
    assertThat(mine().of(vector(-1, 0)))
        .containsExactly(new double[] {-0.3034014613741089, 0}, within(1e-15));
    assertThat(mine().of(new double[][] {{1}, {0, 0}})[1]).containsExactly(0, 0);
    assertThat(relu(6, 0.1, 1).of(vector(-1, 2, 9)))
        .containsExactly(new double[] {-0.2, 2, 6}, within(1e-15));
  }

  @Test
  void itsMathematicsIsShown() {
    assertThat(mine().formula()).hasToString("φ(x) = x·tanh(log(1 + exp(x)))");
    assertThat(mine().formula().latex())
        .isEqualTo("\\varphi(x) = x \\tanh\\left(\\log\\left(1 + e^{x}\\right)\\right)");
    assertThat(activation("sigmoid").derivative()).hasToString("φ′(x) = σ(x)·(1 − σ(x))");
    assertThat(activation("elu").formula())
        .hasToString("φ(x) = (x if x > 0, else α·(exp(x) − 1)), α = 1");
    assertThat(activation("leaky_relu").derivative())
        .hasToString("φ′(x) = (1 if x > 0, else a), a = 0.2");
  }

  @Test
  void itsDerivativeIsDerivedRuleByRule() {
    assertThat(activation("tanh").derive())
        .hasToString(
            """
            φ′(x) = ∂/∂x⟦tanh(x)⟧
                  = 1 − tanh(x)²    hyperbolic tangent: tanh(u)′ = (1 − tanh(u)²)·u′""");
    for (String name : NAMES) {
      String[] lines = activation(name).derive().toString().split("\nwhere ", 2)[0].split("\n");
      String last = lines[lines.length - 1].replaceFirst("^.*?= ", "").split(" {3}", 2)[0];
      assertThat(activation(name).derivative().toString()).startsWith("φ′(x) = " + last);
    }
    assertThat(activation("softmax").derive().toString()).contains("= φᵢ·(δᵢⱼ − φⱼ)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mish", "relu", "gelu", "hard_sigmoid"})
  void aModelComputesWhatTheFormulaSays(String name) {
    try (var model = sequential(input(X.length), activation(name)).build()) {
      double[] found = model.predictValues(new double[][] {X}).toDoubles();
      assertThat(found).containsExactly(activation(name).of(X), within(1e-5));
    }
  }

  @Test
  void aReadersOwnFunctionTrains() {
    double[][] x = {{-2}, {-1}, {0}, {1}, {2}};
    var layer = dense(8).activation("bump", z -> z.square().negate().exp());
    try (var model =
        sequential(input(1), layer, dense(1)).compile(sgd().learningRate(0.1), mse())) {
      double before = model.evaluate(x, vector(0, 1, 0, 1, 0)).loss();
      model.fit(x, vector(0, 1, 0, 1, 0), epochs(300).seed(1).quiet());
      assertThat(model.evaluate(x, vector(0, 1, 0, 1, 0)).loss()).isLessThan(before / 4);
    }
  }

  @Test
  void figureAndExplorerSayFunctionWhereThoseOfALossSayLoss() {
    assertThat(mine().plot().mimeBundle()).containsKey("image/png");
    assertThat(mine().plot(activation("relu"), activation("celu")).alt())
        .contains("mine", "relu", "celu");
    Explorer explorer = activation("linear").celu(2).explore();
    assertThat(explorer.sliders())
        .extracting(Explorer.Slider::name)
        .containsExactly("x", "alpha α");
    assertThat(explorer.formula()).isEqualTo("φ(x) = (x if x > 0, else α·(exp(x/α) − 1))");
    assertThat(explorer.mimeBundle().get("text/html"))
        .contains("\"the input\"", "\"value\"")
        .doesNotContain("loss of one sample", "the prediction");
    assertThat(explorer).asString().startsWith("celu\n           x        φ(x)   its slope\n");
  }

  @Test
  void aConstantOfOnesOwnFunctionHasASlider() {
    var own =
        activation("mine", x -> x.times(x.times(Expr.named("a", 2).between(0.1, 5)).sigmoid()));
    assertThat(own.explore().sliders().get(1).toString()).contains("name=a, low=0.1, high=5.0");
    assertThat(own.explore().formula()).isEqualTo("φ(x) = x·σ(x·a)");
    assertThat(own.of(1)).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
  }

  @Test
  void softmaxHasAnExplorerOfItsOwn() {
    assertThatThrownBy(() -> activation("softmax").explore())
        .hasMessage(
            "softmax works on rows, not on each number alone, and has an explorer of its own: write softmax().explore(2, 1, -1).");
    assertThat(softmax().explore(2, 1, -1).scores()).containsExactly(2.0, 1.0, -1.0);
  }

  @Test
  @Tag("slow")
  void explorersComputeInJavaScriptAsInJava() {
    var calls = new JavaScriptCalls();
    List<double[]> expected = new ArrayList<>();
    for (String name : NAMES) {
      Explorer explorer = activation(name).explore();
      for (double t : X) {
        List<Object> arguments = new ArrayList<>(List.of(1, t));
        explorer.sliders().forEach(slider -> arguments.add(slider.first()));
        calls.call(explorer.curves().get(0).function(), arguments.toArray());
        expected.add(new double[] {activation(name).of(t), activation(name).gradient(t)});
      }
    }
    List<double[]> answers = calls.answers();
    for (int i = 0; i < answers.size(); i++) {
      double size = Math.max(1e-3, Arrays.stream(expected.get(i)).map(Math::abs).max().orElse(0));
      assertThat(answers.get(i))
          .as("%s at %s", NAMES[i / X.length], X[i % X.length])
          .containsExactly(expected.get(i), within(1e-9 * size));
    }
  }

  @Test
  void functionsOfRowsComputeAndShowTheirMathematics() {
    assertThat(activation("softmax").of(vector(0, 0))).containsExactly(0.5, 0.5);
    assertThat(activation("log_softmax").of(vector(0, 1000))).containsExactly(-1000, 0);
    assertThat(activation("sparsemax").of(vector(0.5, 0, -1)))
        .containsExactly(new double[] {0.75, 0.25, 0}, within(1e-15));
    assertThat(activation("glu").of(vector(3, 0))).containsExactly(1.5);
    assertThat(activation("glu").formula()).hasToString("φ(a, b)ᵢ = aᵢ·σ(bᵢ), the halves of a row");
    assertThat(activation("log_softmax").derivative()).hasToString("∂φᵢ/∂xⱼ = δᵢⱼ − exp(φⱼ)");
  }

  @Test
  void aGatedLinearUnitHalvesTheOutputsAndTrains() {
    assertThat(dense(6).glu().outputShape(4)).containsExactly(3);
    assertThat(conv2d(4, 3).glu().outputShape(5, 5, 1)).containsExactly(3, 3, 2);
    assertThatThrownBy(() -> dense(5).glu().outputShape(4))
        .hasMessage(
            "glu expects an even number of channels, to halve, but receives [batch, 5]: give the layer before it 6.");
    double[][] x = {{-2}, {-1}, {0}, {1}, {2}};
    try (var model =
        sequential(input(1), dense(8).glu(), dense(4).sparsemax(), dense(1))
            .compile(sgd().learningRate(0.1), mse())) {
      assertThat(gradientCheck(model, x, vector(0, 1, 0, 1, 0)).toString()).isNotEmpty();
      double before = model.evaluate(x, vector(0, 1, 0, 1, 0)).loss();
      model.fit(x, vector(0, 1, 0, 1, 0), epochs(200).seed(1).quiet());
      assertThat(model.evaluate(x, vector(0, 1, 0, 1, 0)).loss()).isLessThan(before);
    }
  }

  @Test
  void theEndsOfALossKnowTheBoundsOfFunctionsOfRows() {
    var none = List.of(org.lossbook.engine.Bounds.NONE);
    assertThat(dense(3).sparsemax().bounds(none, List.of(new int[] {2})).sumToOne()).isTrue();
    assertThat(dense(3).logSoftmax().bounds(none, List.of(new int[] {2})).high()).isZero();
  }

  @Test
  void wrongArgumentsAreRefusedInWords() {
    assertThatThrownBy(() -> activation("softmax").plot())
        .hasMessageStartingWith("softmax works on rows, not on each number alone");
    assertThatThrownBy(() -> activation("mish").of((double[]) null))
        .hasMessageStartingWith("mish expects numbers but receives null");
    assertThatThrownBy(() -> activation("mush"))
        .hasMessageContaining("but receives \"mush\": use one of these names");
    assertThatThrownBy(() -> activation("one", x -> null)).hasMessageContaining("a formula of x");
  }
}
