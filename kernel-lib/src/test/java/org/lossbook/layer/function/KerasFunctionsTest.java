package org.lossbook.layer.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.activation;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.where;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.config.Config;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.ElementFunction;
import org.lossbook.formula.Expr;
import org.lossbook.io.Json;
import org.lossbook.layer.Activations;
import org.lossbook.layer.Layer;
import org.lossbook.layer.saved.LayerRegistry;

class KerasFunctionsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  static Stream<String> names() {
    return KerasFunctions.byName().keySet().stream().sorted();
  }

  private static ElementFunction function(String name) {
    return Activations.named(name).function().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("names")
  void itsDerivativeIsThatOfFiniteDifferences(String name) {
    var evaluator = function(name).evaluator(true);
    double step = 1e-5;
    for (double x = -7.03; x < 7; x += 0.0971) { // no corner is near one of these
      double[] y = new double[3];
      evaluator.value(new double[] {x - step, x, x + step}, y, 3);
      double[] slopes = new double[3];
      evaluator.derivative(new double[3], slopes, 3);
      assertThat(slopes[1])
          .as("at %s", x)
          .isCloseTo((y[2] - y[0]) / (2 * step), within(1e-7 * Math.max(1, Math.abs(y[1]))));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void itAndItsDerivativeAreNumbersForAllFloatsAndMonotonicIfSaid(String name) {
    double[] x = {-1e39, -3e38, -1e20, -1000, -90, -1e-40, 0, 1e-40, 90, 1000, 1e20, 3e38, 1e39};
    double[] y = new double[x.length];
    double[] slopes = new double[x.length];
    var evaluator = function(name).evaluator(true);
    evaluator.value(x, y, x.length);
    evaluator.derivative(x, slopes, x.length);
    for (int i = 0; i < x.length; i++) {
      assertThat(y[i]).as("%s(%s)", name, x[i]).isNotNaN();
      assertThat(slopes[i]).as("%s'(%s)", name, x[i]).isNotNaN();
      assertThat(i > 0 && y[i] < y[i - 1] && function(name).rises()).isFalse();
    }
  }

  @Test
  void itsBoundsAreTheLeastAndTheGreatestValue() {
    Map<String, List<Double>> expected =
        Map.ofEntries(
            Map.entry("celu", List.of(-1.0, INF)),
            Map.entry("exponential", List.of(0.0, INF)),
            Map.entry("hard_sigmoid", List.of(0.0, 1.0)),
            Map.entry("hard_silu", List.of(-0.375, INF)),
            Map.entry("hard_swish", List.of(-0.375, INF)),
            Map.entry("hard_tanh", List.of(-1.0, 1.0)),
            Map.entry("log_sigmoid", List.of(-INF, 0.0)),
            Map.entry("mish", List.of(-0.3088434, INF)),
            Map.entry("relu6", List.of(0.0, 6.0)),
            Map.entry("selu", List.of(-1.758099, INF)),
            Map.entry("softsign", List.of(-1.0, 1.0)),
            Map.entry("sparse_plus", List.of(0.0, INF)),
            Map.entry("sparse_sigmoid", List.of(0.0, 1.0)),
            Map.entry("squareplus", List.of(0.0, INF)));
    expected.forEach(
        (name, ends) -> {
          Bounds bounds = function(name).bounds(Bounds.NONE);
          assertThat(bounds.low()).as(name).isCloseTo(ends.get(0), within(1e-6));
          assertThat(bounds.high()).as(name).isCloseTo(ends.get(1), within(1e-6));
        });
    assertThat(function("mish").bounds(Bounds.between(0, 1)))
        .isEqualTo(Bounds.between(0, 0.8650983882673103));
    assertThat(function("tanh_shrink").bounds(Bounds.NONE)).isEqualTo(Bounds.NONE);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFileNamesItAsKerasDoes(String name) {
    var config = dense(3).activation(name).config().orElseThrow();
    String saved = name.equals("hard_swish") ? "hard_silu" : name; // one function in Keras
    assertThat(config.get("activation")).contains(saved);
    var read = LayerRegistry.LAYERS.read(config);
    assertThat(read.activation()).isEqualTo(Activations.named(name));
    var layer = activation(name).config().orElseThrow();
    assertThat(LayerRegistry.LAYERS.read(layer).activation()).isEqualTo(Activations.named(name));
  }

  @Test
  void aChainedCallIsTheFunctionOfThatName() {
    assertThat(dense(3).mish().activation()).isEqualTo(Activations.named("mish"));
    try (var model = sequential(input(2), activation("mish")).build()) {
      assertThat(model.predictValues(new double[][] {{1, -1}}).toDoubles())
          .containsExactly(new double[] {0.8650983882673103, -0.3034014613741090}, within(1e-7));
    }
  }

  @Test
  void twoOfOneFormulaAreEqualAndOfTwoSettingsAreNot() {
    assertThat(KerasFunctions.celu(1)).isEqualTo(Activations.named("celu"));
    assertThat(KerasFunctions.celu(2)).isNotEqualTo(Activations.named("celu"));
    assertThat(Activation.RELU).isNotEqualTo(Activations.named("relu6"));
  }

  private static Layer saved(Layer layer) {
    Object json = Json.object(Json.text(Json.keras(layer.config().orElseThrow())));
    return LayerRegistry.LAYERS.read(Json.converted(json));
  }

  @Test
  void aFunctionWithSettingsIsSavedAsTheDataOfItsFormula() {
    for (Layer layer :
        List.<Layer>of(
            dense(3).celu(2),
            dense(3).squareplus(1),
            dense(3).hardShrink(1),
            dense(3).softShrink(2),
            dense(3).threshold(1, -1),
            activation("linear").celu(0.5),
            dense(3).activation("mine", x -> x.normalCdf().times(x).log1p().min(x.exp())),
            dense(3).activation("cases", x -> where(x.greaterThan(2), x.abs(), x.clip(-1, 1))),
            dense(3).activation("named", x -> x.tanh().as("t", "t").log(2).pow(3)))) {
      Layer read = saved(layer);
      assertThat(read.activation()).isEqualTo(layer.activation());
      assertThat(read.config()).isEqualTo(layer.config());
    }
  }

  @Test
  void areluWithSettingsIsKerasOwnLayer() {
    Layer relu = saved(activation("linear").relu(6, 0.1, 1));
    assertThat(relu.config().orElseThrow().className()).isEqualTo("ReLU");
    assertThat(relu.config().orElseThrow().settings())
        .isEqualTo(Map.of("max_value", 6.0, "negative_slope", 0.1, "threshold", 1.0));
    assertThat(saved(dense(2).relu(INF, 0.1, 0)).activation()).isEqualTo(Activation.leakyRelu(0.1));
  }

  @Test
  void aReadersOwnFormulaThatKerasHasIsSavedUnderItsNameThere() {
    var mine = dense(3).activation("my mish", x -> x.times(x.softplus().tanh()));
    assertThat(mine.config().orElseThrow().get("activation")).contains("mish");
    assertThat(dense(3).activation("twice", x -> x.times(2)).config().orElseThrow().settings())
        .containsEntry(
            "activation",
            Config.ours("Formula")
                .with("name", "twice")
                .with("formula", List.of(List.of("times", 2.0, "x"))));
  }

  @Test
  void aFormulaOverRowsOrOfNoXIsRefusedInWords() {
    assertThatThrownBy(() -> dense(3).activation("share", x -> x.over(x.sum())))
        .hasMessageContaining(
            "share expects a formula of each number alone but receives x/(Σₖ xₖ)");
    assertThatThrownBy(() -> dense(3).activation("one", x -> Expr.of(1)))
        .hasMessageStartingWith("one expects a formula of x but receives 1");
    assertThatThrownBy(() -> dense(3).activation("none", x -> null))
        .hasMessageStartingWith("none expects a formula of x but receives null");
    assertThatThrownBy(() -> dense(3).relu(-1, 0, 0))
        .hasMessageStartingWith("relu expects maxValue of 0 or more but receives -1");
  }

  @Test
  void aHostileFormulaIsRefusedInWords() {
    for (Object formula :
        List.of(
            List.of(),
            "x",
            List.of(List.of("evil", "x")),
            List.of(List.of("exp", "x", "x")),
            List.of(List.of("exp", "#0")),
            List.of(List.of("exp", "y")),
            List.of(List.of("parameter", "a", "a", "x")),
            List.of(List.of()),
            List.of(3.0),
            java.util.Collections.nCopies(5_000, List.of("exp", "x")))) {
      var config =
          Config.of("keras.layers", "Dense")
              .with("units", 3)
              .with(
                  "activation", Config.ours("Formula").with("name", "f").with("formula", formula));
      assertThatThrownBy(() -> LayerRegistry.LAYERS.read(config))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expects");
    }
  }
}
