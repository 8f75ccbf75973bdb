package org.lossbook.loss.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.barron;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.plot;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.loss.Loss;
import org.lossbook.loss.LossSpecs;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.loss.spec.Target;

class LossCurveTest {
  @ParameterizedTest
  @MethodSource("org.lossbook.loss.EveryLoss#inEveryForm")
  void everyLossHasAPictureOfItselfAndOfTheSlopeThatItsCurveHas(Loss loss) {
    assertThat(loss.plot().alt()).contains(loss.name(), "loss from", "its slope from");

    LossSpec drawn = LossSpecs.of(loss).drawn();
    LossCurve curve = new LossCurve(drawn, ProbeSamples.of(drawn));
    FormulaSlider knob = ProbeSamples.of(drawn).prediction().get(0);
    double[] losses = curve.losses();
    double[] slopes = curve.slopes();
    double width = (knob.high() - knob.low()) / (losses.length - 1);
    double steepest =
        Arrays.stream(slopes).map(Math::abs).sorted().toArray()[losses.length * 9 / 10];
    int off = 0;
    for (int i = 1; i < losses.length - 1; i++) {
      double slope = (losses[i + 1] - losses[i - 1]) / (2 * width);
      off += Math.abs(slope - slopes[i]) < 0.02 * steepest + 1e-9 ? 0 : 1;
    }
    assertThat(off).as("points where the slope is another").isLessThan(losses.length / 8);
  }

  @ParameterizedTest
  @MethodSource("org.lossbook.loss.EveryLoss#plain")
  void thePictureIsThatOfTheLossItself(Loss each) {
    LossSpec loss = LossSpecs.of(each).drawn();
    ProbeSample sweep = ProbeSamples.of(loss);
    if (sweep.columns() == 1 && loss.target() != Target.SIGN) {
      FormulaSlider moving = sweep.prediction().get(0);
      double[] losses = new LossCurve(loss, sweep).losses();
      int third = losses.length / 3;
      double yHat = moving.low() + (moving.high() - moving.low()) * third / (losses.length - 1);
      double y = sweep.truth().isEmpty() ? 0 : sweep.truth().get(0).first();
      assertThat(losses[third]).isEqualTo(new Loss(loss).of(y, yHat));
    }
  }

  @Test
  void lossesOfOneNameAreToldApart() {
    assertThat(plot(huber(0.5), huber(2), mae()).alt())
        .contains("huber, δ = 0.5 from", "huber, δ = 2 from", "mae from");
    assertThat(plot(barron().alpha(2), barron(), barron().alpha(Double.NEGATIVE_INFINITY)).alt())
        .contains("barron, α = 2 from", "barron, α = 1 from", "barron, α = −∞ from");
    assertThat(plot(barron().c(1), barron().c(3)).alt())
        .contains("barron, c = 1 from", "barron, c = 3 from");
    assertThat(plot(binaryCrossentropy(), binaryCrossentropy().bits()).alt())
        .contains("binaryCrossentropy, nats from", "binaryCrossentropy, bits from");
    assertThat(plot(binaryCrossentropy(), binaryCrossentropy().labelSmoothing(0.1)).alt())
        .contains("binaryCrossentropy from", "binaryCrossentropy, label smoothing 0.1 from");
    assertThat(mse().times(2).name()).isEqualTo("2·mse");
  }

  @Test
  void lossesOfOneKindAreComparedInOneFigure() {
    assertThat(plot(mse(), mae(), huber(0.5)).alt()).contains("mse", "mae", "huber");
    assertThat(plot(categoricalCrossentropy(), sparseCategoricalCrossentropy()).alt())
        .contains("categoricalCrossentropy from", "sparseCategoricalCrossentropy from");
    assertThatThrownBy(() -> plot(mse(), binaryCrossentropy()))
        .hasMessageContaining("plot expects losses of the same kind of prediction");
  }
}
