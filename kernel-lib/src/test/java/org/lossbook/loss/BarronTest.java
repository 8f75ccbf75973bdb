package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.barron;
import static org.lossbook.Lossbook.learned;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.scheduled;
import static org.lossbook.Lossbook.vector;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.Setting;

class BarronTest {
  private static final Offset<Double> CLOSE = within(1e-12);

  @Test
  void alphaSaysHowMuchAWildMeasurementCounts() {
    assertThat(barron().of(0, 3)).isCloseTo(Math.sqrt(10) - 1, CLOSE);
    assertThat(barron().of(0, 3)).isCloseTo(2.16228, within(5e-6));
    assertThat(barron().alpha(0).of(0, 3)).isCloseTo(1.70475, within(5e-6));
    assertThat(barron().alpha(2).of(0, 3)).isEqualTo(mse().of(0, 3) / 2);
    assertThat(barron().alpha(-2).of(0, 3)).isCloseTo(2 * 9 / 13.0, CLOSE);
    assertThat(barron().alpha(Double.NEGATIVE_INFINITY).of(0, 3))
        .isCloseTo(1 - Math.exp(-4.5), CLOSE);
    assertThat(barron().c(2).of(0, 3)).isCloseTo(barron().of(0, 1.5), CLOSE);
    assertThat(barron().c(2).alpha(-2).gradient(0, 3))
        .isCloseTo(barron().alpha(-2).gradient(0, 1.5) / 2, CLOSE);
  }

  @Test
  void theLimitsAreWhereTheirNeighboursLeadTo() {
    for (double limit : vector(0, 2)) {
      double there = barron().alpha(limit).of(0, 3);
      assertThat(barron().alpha(limit + 1e-6).of(0, 3)).isCloseTo(there, within(1e-4));
      assertThat(barron().alpha(limit - 1e-6).of(0, 3)).isCloseTo(there, within(1e-4));
      Loss passing = barron().alpha(scheduled(epoch -> limit));
      assertThat(passing.of(0, 3)).isCloseTo(there, within(1e-5));
      assertThat(passing.gradient(0, 3))
          .isCloseTo(barron().alpha(limit).gradient(0, 3), within(1e-5));
    }
    assertThat(barron().alpha(-1e7).of(0, 3))
        .isCloseTo(barron().alpha(Double.NEGATIVE_INFINITY).of(0, 3), within(1e-5));
  }

  @Test
  void itIsWrittenAsInThePaperAndTheLimitsByThemselves() {
    String x = ", x = (ŷ − y)/c";
    assertThat(barron())
        .hasToString("barron: 1/n Σᵢ |α − 2|/α·((xᵢ²/|α − 2| + 1)^(α/2) − 1), α = 1, c = 1" + x);
    assertThat(barron().derivative())
        .hasToString("∂L/∂ŷ = x·(x²/|α − 2| + 1)^(α/2 − 1)/(c·n), c = 1" + x + ", α = 1");
    assertThat(barron().alpha(2)).hasToString("barron: 1/n Σᵢ xᵢ²/2, c = 1" + x);
    assertThat(barron().alpha(0)).hasToString("barron: 1/n Σᵢ log(1 + xᵢ²/2), c = 1" + x);
    assertThat(barron().alpha(0).derivative()).hasToString("∂L/∂ŷ = x/(c·n·(x²/2 + 1)), c = 1" + x);
    assertThat(barron().alpha(Double.NEGATIVE_INFINITY))
        .hasToString("barron: 1/n Σᵢ (1 − exp(−xᵢ²/2)), c = 1" + x);
    assertThat(barron().alpha(learned(1)).toString())
        .contains("^(α/2) − 1) + log(c) + log Z(α)), α = 1, c = 1");
    assertThat(barron().settings()).extracting(Setting::name).containsExactly("alpha", "c");
    assertThat(barron().alpha(2).settings()).extracting(Setting::name).containsExactly("c");
  }

  @Test
  void theStepsHoldTheReadersNumbers() {
    assertThat(barron().explain(vector(0), vector(3)).toString())
        .contains("1/1·((3²/1 + 1)^(1/2) − 1) = 1·2.16228");
    assertThat(barron().alpha(0).explain(vector(0), vector(3)).toString())
        .contains("log(1 + 3²/2) = log(1 + 4.5)");
    assertThat(barron().alpha(learned(1)).explain(vector(0), vector(3)).toString())
        .contains("+ log(1) + log Z(1) = 2.16228 + 0 + 1.1855");
  }

  @Test
  void whereAlphaOrCIsLearnedItIsALikelihood() {
    double normal = 9 / 2.0 + Math.log(2 * Math.PI) / 2;
    assertThat(barron().alpha(2).c(learned(1)).of(0, 3)).isCloseTo(normal, CLOSE);
    double[] y = vector(0, 0, 0, 0, 0);
    double[] tame = vector(1, -1, 0.5, -0.4, 0.2);
    double[] wild = vector(0.1, -0.1, 0.05, 30, -0.02);
    for (double at : vector(0.3, 1, 1.7)) {
      for (double[] p : new double[][] {tame, wild}) {
        Barron loss = barron().alpha(learned(at)).c(learned(0.5));
        for (Setting setting : loss.settings()) {
          assertThat(slope(loss, setting, y, p))
              .isCloseTo(difference(at, 0.5, setting.name(), y, p), within(1e-5));
        }
      }
    }
    Barron loss = barron().alpha(learned(1)).c(learned(0.5));
    assertThat(slope(loss, loss.settings().get(0), y, tame)).isNegative(); // to the normal
    assertThat(slope(loss, loss.settings().get(0), y, wild)).isPositive(); // to Cauchy's
  }

  private static double slope(Loss loss, Setting setting, double[] y, double[] p) {
    Expr objective = loss.spec().objective(false);
    Expr slope = objective.gradient(setting.expr());
    Program program = Program.of(1, objective, new Output(slope, Shape.SCALAR));
    program.input(loss.spec().y()).connect(y);
    program.input(loss.spec().p()).connect(p);
    program.run(y.length);
    return program.output(0).number();
  }

  private static double difference(double a, double c, String name, double[] y, double[] p) {
    double h = 1e-5;
    double da = name.equals("alpha") ? h : 0;
    double dc = h - da;
    return (barron().alpha(learned(a + da)).c(learned(c + dc)).of(y, p)
            - barron().alpha(learned(a - da)).c(learned(c - dc)).of(y, p))
        / (2 * h);
  }

  @Test
  void whatMakesNoLossOrNoLikelihoodIsRefused() {
    assertThatThrownBy(() -> barron().c(0))
        .hasMessageStartingWith("barron expects c above 0 but receives 0.0");
    assertThatThrownBy(() -> barron().alpha(Double.NaN))
        .hasMessageStartingWith("barron expects a number for alpha but receives NaN");
    assertThatThrownBy(() -> barron().alpha(scheduled(epoch -> Double.NEGATIVE_INFINITY)))
        .hasMessageContaining("for alpha but receives -Infinity");
    assertThatThrownBy(() -> barron().alpha(learned(2)))
        .hasMessageStartingWith("barron expects alpha between 0.001 and 1.999 but receives 2.0");
    assertThatThrownBy(() -> barron().alpha(-1).c(learned(1)))
        .hasMessage(
            "barron expects an alpha of 0 or more where c is learned but receives -1.0: a loss that levels off is not a likelihood, and c would shrink until every error was an outlier.");
  }
}
