package org.lossbook.optimizer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adadelta;
import static org.lossbook.Lossbook.adafactor;
import static org.lossbook.Lossbook.adagrad;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.adamax;
import static org.lossbook.Lossbook.adamw;
import static org.lossbook.Lossbook.cosineDecay;
import static org.lossbook.Lossbook.descend;
import static org.lossbook.Lossbook.ftrl;
import static org.lossbook.Lossbook.lamb;
import static org.lossbook.Lossbook.lion;
import static org.lossbook.Lossbook.muon;
import static org.lossbook.Lossbook.nadam;
import static org.lossbook.Lossbook.rmsprop;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.vector;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.testing.JavaScriptCalls;

class DescentExplorerTest {
  private static final Optimizer[] ALL = {
    sgd().learningRate(0.1),
    sgd().learningRate(0.05).momentum(0.8),
    sgd().learningRate(0.05).momentum(0.8).nesterov(),
    sgd().learningRate(0.1).clipNorm(0.5),
    sgd().learningRate(0.1).globalClipNorm(0.5),
    sgd().learningRate(cosineDecay(0.2, 30)),
    sgd().learningRate(0.1).gradientAccumulationSteps(3),
    adagrad().learningRate(0.5),
    adadelta().learningRate(50),
    rmsprop().learningRate(0.1),
    adam().learningRate(0.2),
    adam().amsgrad().learningRate(0.2),
    adamw().learningRate(0.1).weightDecay(0.1),
    adamax().learningRate(0.1),
    nadam().learningRate(0.1),
    lion().learningRate(0.05),
    lamb().learningRate(0.1),
    ftrl().learningRate(0.5),
    adafactor().learningRate(0.1),
    muon().learningRate(0.1),
    muon().learningRate(0.1).adamLrRatio(0.5).adamWeightDecay(0.2).clipNorm(0.5),
    muon().learningRate(cosineDecay(0.2, 30)).adamLrRatio(2),
    sgd().learningRate(step -> 0.2 / (1 + step)),
    adam().learningRate(step -> step < 10 ? 0.3 : 0.05).gradientAccumulationSteps(3)
  };

  /** The script walks as Java does, on a curve and on a plane. */
  @Test
  void everyPathIsThatOfJava() {
    Descent line = descend(x -> x.minus(1).square().plus(x.exp().times(0.1)), 3, ALL);
    Descent plane =
        descend((x, y) -> x.square().times(0.1).plus(y.square().times(2)), vector(-5, 2), ALL);
    for (Descent descent : List.of(line, plane)) {
      var calls = new JavaScriptCalls();
      String it = "(() => (" + descent.explore().data() + "))()";
      for (int k = 0; k < ALL.length; k++) {
        calls.call(
            "() => { const it = "
                + it
                + "; const w = it.walkers["
                + k
                + "]; return it.walk(it.f, w, w.first, it.start, it.steps); }");
      }
      List<double[]> answers = calls.answers();
      for (int k = 0; k < ALL.length; k++) {
        List<Trajectory.Stop> stops = descent.walks().get(k).stops();
        int variables = stops.get(0).place().length;
        assertThat(answers.get(k)).as(ALL[k].toString()).hasSize(stops.size() * variables);
        for (int step = 0; step < stops.size(); step++) {
          for (int i = 0; i < variables; i++) {
            assertThat(answers.get(k)[step * variables + i])
                .as("%s, step %d", ALL[k], step)
                .isCloseTo(stops.get(step).place()[i], within(1e-3));
          }
        }
      }
    }
  }

  @Test
  void theLearningRateAndWhatIsKeptHaveSliders() {
    String data =
        descend(x -> x.square(), 3, sgd().learningRate(0.1).momentum(0.9), adam())
            .explore()
            .data()
            .toString();
    assertThat(data).contains("learning rate η", "momentum μ", "β₁, what is kept");
  }

  @Test
  void itIsOnePageWithAStillPicture() {
    var bundle = descend(x -> x.square(), 3, adam()).explore().mimeBundle();
    assertThat(bundle.get("text/html"))
        .contains("<img", "Trust Notebook", "f(x) = x²")
        .hasSizeLessThan(120_000);
    assertThat(bundle).containsKey("image/png");
    assertThat(descend(x -> x.square(), 3, adam()).explore().toString()).contains("adam");
  }

  @Test
  void aRuleThatIsNoFormulaOfEachNumberIsRefused() {
    assertThatThrownBy(() -> descend(x -> x.square(), 3, sgd().emaOverwriteFrequency(5)).explore())
        .hasMessage(
            "explore expects an optimizer whose rule is a formula of each number but receives sgd().emaOverwriteFrequency(5): plot() shows its path.");
  }
}
