package org.lossbook.loss.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.barron;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.uncertaintyWeighted;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lossbook.Lossbook;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.loss.CustomLoss;
import org.lossbook.loss.EveryLoss;
import org.lossbook.loss.Loss;
import org.lossbook.loss.LossSpecs;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.loss.spec.Setting;
import org.lossbook.plot.explorer.ComparedExplorer;
import org.lossbook.plot.explorer.Explorer;
import org.lossbook.plot.explorer.Explorer.Group;
import org.lossbook.testing.JavaScriptCalls;

/** What an explorer computes with; how it moves in a page is tested in a browser. */
class ExplorationTest {
  @Test
  @Tag("slow")
  void everyExplorersCurvesAreThoseOfJava() {
    JavaScriptCalls calls = new JavaScriptCalls();
    List<String> names = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    for (Loss each : EveryLoss.inEveryForm()) {
      LossSpec loss = LossSpecs.of(each).drawn();
      ProbeSample sweep = ProbeSamples.of(loss);
      Explorer explorer = each.explore();
      for (int k = 0; k < sweep.prediction().size(); k++) {
        FormulaSlider knob = sweep.prediction().get(k);
        Expr value = sweep.loss(loss, knob);
        Output slope = new Output(value.gradient(ProbeSample.T), Shape.SCALAR);
        Program program = Program.of(sweep.columns(), value, slope);
        for (double share : new double[] {0.07, 0.33, 0.61, 0.93}) {
          double t = knob.low() + share * (knob.high() - knob.low());
          program.parameter(ProbeSample.T).set(t);
          expected.add(new double[] {program.run(1), program.output(0).number()});
          names.add(loss + " at " + knob.name() + " " + t);
          calls.call(explorer.curves().get(k).function(), arguments(explorer, t));
        }
      }
    }
    List<double[]> answers = calls.answers();
    assertThat(answers).hasSameSizeAs(expected);
    for (int i = 0; i < answers.size(); i++) {
      double[] java = expected.get(i);
      double size = Math.max(1e-3, Math.abs(java[0]) + Math.abs(java[1]));
      assertThat(answers.get(i)).as(names.get(i)).containsExactly(java, within(1e-9 * size));
    }
  }

  private static Object[] arguments(Explorer explorer, double t) {
    List<Object> arguments = new ArrayList<>(List.of(1, t));
    explorer.sliders().forEach(slider -> arguments.add(slider.first()));
    return arguments.toArray();
  }

  /** Wherever a slider can go, and where a formula might have a hole. */
  @Test
  @Tag("slow")
  void settingsMoveTheCurveInJavaScriptAsInJava() {
    JavaScriptCalls calls = new JavaScriptCalls();
    List<String> names = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    List<Loss> losses = new ArrayList<>(EveryLoss.plain());
    losses.add(barron().sum());
    losses.add(barron().times(0.5).plus(huber()));
    losses.add(barron().output(0));
    losses.add(uncertaintyWeighted(barron(), mse()));
    for (Loss each : losses) {
      LossSpec loss = LossSpecs.of(each).drawn();
      ProbeSample sweep = ProbeSamples.of(loss);
      Expr value = sweep.loss(loss, sweep.prediction().get(0));
      Output slope = new Output(value.gradient(ProbeSample.T), Shape.SCALAR);
      Program program = Program.of(sweep.columns(), value, slope);
      program.parameter(ProbeSample.T).set(0.4);
      Explorer explorer = each.explore();
      int first = explorer.sliders().size() - loss.settings().size();
      for (int i = first; i < explorer.sliders().size(); i++) {
        Explorer.Slider slider = explorer.sliders().get(i);
        Setting setting = loss.settings().get(i - first);
        for (double there : new double[] {slider.low(), 0, 1, 2, slider.high()}) {
          if (there < slider.low() || there > slider.high()) {
            continue;
          }
          program.parameter(setting.expr()).set(there);
          expected.add(new double[] {program.run(1), program.output(0).number()});
          Object[] arguments = arguments(explorer, 0.4);
          arguments[i + 2] = there;
          calls.call(explorer.curves().get(0).function(), arguments);
          names.add(loss + " with " + slider.name() + " = " + there);
        }
        program.parameter(setting.expr()).set(setting.value());
      }
    }
    List<double[]> answers = calls.answers();
    assertThat(answers).hasSameSizeAs(expected);
    for (int i = 0; i < answers.size(); i++) {
      double[] java = expected.get(i);
      double size = Math.max(1e-3, Math.abs(java[0]) + Math.abs(java[1]));
      assertThat(java[0]).as(names.get(i)).isFinite();
      assertThat(answers.get(i)).as(names.get(i)).containsExactly(java, within(1e-9 * size));
    }
  }

  @Test
  void aNameIsTextAndNeverTheEndOfTheScript() {
    String html =
        CustomLoss.loss("</script><b>$x$", (y, p) -> y.minus(p).abs())
            .explore()
            .mimeBundle()
            .get("text/html");
    assertThat(html.split("</script>", -1)).hasSize(2);
    assertThat(html.contains("<b>")).isFalse();
  }

  @Test
  @Tag("slow")
  void aRowHasItsWholeGradient() {
    JavaScriptCalls calls = new JavaScriptCalls();
    Explorer explorer = categoricalCrossentropy().fromLogits().explore();
    calls.call(explorer.gradient(), 1, 0, 1, 0, 2.0, -1.0, 0.5);
    double[] y = {0, 1, 0};
    double[] z = {2, -1, 0.5};
    var loss = categoricalCrossentropy().fromLogits();
    double[] slopes = loss.gradient(y, z);
    assertThat(calls.answers().get(0))
        .containsExactly(
            new double[] {loss.of(y, z), slopes[0], slopes[1], slopes[2]}, within(1e-12));
  }

  @Test
  @Tag("slow")
  void eachSettingHasASliderInsideItsBounds() {
    for (Loss loss : EveryLoss.plain()) {
      List<Explorer.Slider> settings =
          loss.explore().sliders().stream().filter(s -> s.group() == Group.SETTING).toList();
      assertThat(settings).hasSameSizeAs(loss.settings());
      for (int i = 0; i < settings.size(); i++) {
        Explorer.Slider slider = settings.get(i);
        loss.settings().get(i).to(slider.low());
        loss.settings().get(i).to(slider.high());
        assertThat(slider.first()).isBetween(slider.low(), slider.high());
        assertThat((slider.high() - slider.low()) / slider.step()).isBetween(20.0, 300.0);
      }
    }
  }

  @Test
  @Tag("slow")
  void aLossOfOnesOwnOverARowMovesOneScoreOfSeveral() {
    Loss loss = CustomLoss.loss("mine", (y, z) -> y.times(z.logSoftmax()).sum().negate());
    Explorer explorer = loss.explore();
    assertThat(explorer.sliders()).hasSize(6);
    JavaScriptCalls calls = new JavaScriptCalls();
    calls.call(explorer.gradient(), 1, 0, 1, 0, 2.0, -1.0, 0.5);
    double[][] y = {{0, 1, 0}};
    double[][] z = {{2, -1, 0.5}};
    double[] slopes = loss.gradient(y, z)[0];
    assertThat(calls.answers().get(0))
        .containsExactly(
            new double[] {loss.of(y, z), slopes[0], slopes[1], slopes[2]}, within(1e-12));
    assertThat(loss.plot().alt()).contains("loss from 6.703 to 0.0050");
    assertThat(CustomLoss.loss("plain", (y1, p) -> y1.minus(p).abs()).explore().sliders())
        .hasSize(2);
  }

  @Test
  @Tag("slow")
  void aConstantOfALossOfOnesOwnHasASliderOverItsRange() {
    Expr delta = Expr.named("δ", 1).between(0.1, 5);
    Loss loss = CustomLoss.loss("mine", (y, p) -> y.minus(p).abs().times(delta).pow(2));
    Explorer explorer = loss.explore();
    Explorer.Slider slider = explorer.sliders().get(2);
    assertThat(slider.name()).isEqualTo("δ");
    assertThat(List.of(slider.low(), slider.first(), slider.high())).containsExactly(0.1, 1.0, 5.0);
    assertThat(loss.of(new double[] {3}, new double[] {1})).isEqualTo(4);
    JavaScriptCalls calls = new JavaScriptCalls();
    calls.call(explorer.curves().get(0).function(), 1, 1.0, 3.0, 2.5, 0.5);
    assertThat(calls.answers().get(0)).containsExactly(new double[] {1, -1}, within(1e-12));
  }

  @Test
  @Tag("slow")
  void twoSettingsOfOneLossMoveOverTheSameSliders() {
    ComparedExplorer explorer = Lossbook.explore(huber(1), huber(5));
    assertThat(explorer.losses())
        .extracting(ComparedExplorer.Compared::name)
        .containsExactly("huber, δ = 1", "huber, δ = 5");
    JavaScriptCalls calls = new JavaScriptCalls();
    explorer.losses().forEach(loss -> calls.call(loss.function(), 1, 4.0, 1.0, 0.0, 2.0));
    explorer.losses().forEach(loss -> calls.call(loss.function(), 1, 4.0, 1.0, 0.0, 5.0));
    double[] two = {huber(2).of(1, 4), huber(2).gradient(1, 4)};
    double[] five = {huber(5).of(1, 4), huber(5).gradient(1, 4)};
    assertThat(calls.answers()).containsExactly(two, two, five, five);
    String html = explorer.mimeBundle().get("text/html");
    assertThat(html).contains("<img alt=", "settings of").hasSizeLessThan(60_000);
    assertThat(explorer.mimeBundle()).isEqualTo(huber(1).explore(huber(5)).mimeBundle());
    assertThatThrownBy(() -> mse().explore(categoricalCrossentropy()))
        .hasMessageContaining("losses of the same kind of prediction");
  }

  @Test
  void aRangeIsThatOfANamedConstantInsideIt() {
    assertThatThrownBy(() -> Expr.named("δ", 9).between(0.1, 5))
        .hasMessage(
            "between expects a named number inside its range but receives δ between 0.1 and 5:"
                + " write named(\"δ\", 1).between(0.1, 5).");
    assertThatThrownBy(() -> Expr.of(1).between(0.1, 5)).hasMessageContaining("receives 1 between");
  }

  @Test
  void theFormulaHasTheSettingsLetterAndTheSliderItsNumber() {
    Explorer explorer = huber(0.5).explore();
    assertThat(explorer.formula())
        .isEqualTo("L = ((y − ŷ)²/2 if |y − ŷ| ≤ δ, else δ·(|y − ŷ| − δ/2))");
    assertThat(explorer.sliders()).extracting(Explorer.Slider::name).contains("delta δ");
    assertThat(mse().explore().curves().get(0).derivative()).isEqualTo("dL/dŷ = 2(ŷ − y)");
  }

  @Test
  void whereNoScriptRunsThereIsAPictureAndInATerminalATable() {
    var bundle = mse().explore().mimeBundle();
    assertThat(bundle).containsOnlyKeys("text/html", "image/png");
    assertThat(bundle.get("text/html"))
        .contains("<img alt=\"mse over prediction", "src=\"data:image/png;base64,")
        .doesNotContain("http:", "https:");
    assertThat(mse().explore().toString())
        .startsWith("mse, prediction ŷ, where the truth is y = 1\n")
        .contains("           4           9           6");
  }

  @Test
  void aSettingsSliderCoversTheRangeThatItAsksForAndItsOwnValue() {
    Setting epsilon = Setting.positive("some", "epsilon", "ε", "\\varepsilon", 0.001);
    FormulaSlider slider = FormulaSlider.of(epsilon.sliderRange(0.001, 1));
    assertThat(slider.low()).isEqualTo(0.001);
    assertThat(slider.high()).isEqualTo(1);
    assertThat(FormulaSlider.of(epsilon.sliderRange(0.001, 1).to(3)).high()).isEqualTo(3);
  }
}
