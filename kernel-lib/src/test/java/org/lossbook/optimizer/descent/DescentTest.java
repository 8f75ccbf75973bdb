package org.lossbook.optimizer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.descend;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.vector;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lossbook.formula.Expr;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.testing.JavadocExamples;

class DescentTest {
  @Test
  void gradientDescentOnAParabolaIsAGeometricSeries() {
    Descent descent = descend(x -> x.square(), 3, sgd().learningRate(0.1));
    assertThat(descent.walks().get(0).stops()).hasSize(51);
    for (Trajectory.Stop stop : descent.walks().get(0).stops()) {
      double expected = 3 * Math.pow(0.8, stop.step());
      assertThat(stop.place()[0]).isCloseTo(expected, within(1e-6));
      assertThat(stop.value()).isCloseTo(expected * expected, within(1e-5));
      assertThat(stop.gradient()[0]).isCloseTo(2 * expected, within(1e-5));
    }
  }

  @Test
  void severalOptimizersGoDownAValleyOfTwoVariables() {
    Descent descent = rosenbrock().steps(400);
    assertThat(descent.walks()).extracting(Trajectory::name).containsExactly("sgd", "adam");
    assertThat(descent.walks().get(1).last().value()).isLessThan(0.1);
    assertThat(descent.table().rows()).hasSize(2 * 51);
    assertThat(descent.plot().mimeBundle()).containsKey("image/png");
  }

  private static Descent rosenbrock() {
    return descend(
        (x, y) -> Expr.of(1).minus(x).square().plus(y.minus(x.square()).square().times(100)),
        vector(-1.2, 1),
        sgd().learningRate(0.001),
        adam().learningRate(0.1));
  }

  @Test
  void whatDivergesIsCutAtTheEdgeOfThePicture() {
    Descent descent = descend(x -> x.square(), 3, sgd().learningRate(1.1));
    assertThat(descent.plot().alt()).startsWith("f(x) = x²; sgd left in step 2");
    Descent two =
        descend((x, y) -> x.square().plus(y.square()), vector(1, 2), sgd().learningRate(2));
    assertThat(two.plot().alt()).contains("; sgd left in step ");
    // A walk that comes to where there is not a number ends before that.
    Descent fast = descend(x -> x.square().square(), 30, sgd().learningRate(1));
    assertThat(fast.walks().get(0).last().step()).isLessThan(50);
    assertThat(fast.plot().mimeBundle()).containsKey("image/png");
  }

  @Test
  void aTableSaysStepByStepWhereItIs() {
    assertThat(descend(x -> x.square(), 3, sgd().learningRate(0.1)).steps(2).table())
        .hasToString(
            """
            f(x) = x²
            step     x      f  ∂f/∂x
               0     3      9      6
               1   2.4   5.76    4.8
               2  1.92  3.686   3.84""");
  }

  @Test
  void aTerminalSaysWhereItEnded() {
    assertThat(descend(x -> x.square(), 3, sgd().learningRate(0.1)).steps(1))
        .hasToString("f(x) = x²\nsgd: from 3 in 1 steps to 2.4, where f = 5.76");
    assertThat(
            descend(
                x -> x.square(), 3, sgd().learningRate(0.1), sgd().learningRate(0.2).momentum(0.9)))
        .asString()
        .contains("sgd 0.1: from", "sgd 0.2 momentum 0.9: from");
  }

  @Test
  void whatCannotBeDescendedIsAnswered() {
    assertThatThrownBy(() -> descend(x -> x.square(), 3))
        .hasMessage(
            "descend expects an optimizer but receives none: sgd().learningRate(0.1) is one.");
    assertThatThrownBy(() -> descend(x -> x.log(), -1, sgd()))
        .hasMessage(
            "descend expects a start where the formula has a value and a slope but f(x) = log(x) at [-1.0] has none: start elsewhere.");
    assertThatThrownBy(() -> descend((x, y) -> x, vector(1, 2, 3), sgd()))
        .hasMessageStartingWith("descend expects two numbers to start from");
    assertThatThrownBy(() -> descend(x -> null, 1, sgd()))
        .hasMessageStartingWith("descend expects a formula but its function gives null");
    assertThatThrownBy(() -> descend(x -> x, 1, (Optimizer) null))
        .hasMessageStartingWith("descend expects an optimizer but receives null");
    assertThatThrownBy(() -> descend(x -> x, 1, sgd()).steps(0))
        .hasMessage("descend expects steps of 1 or more but receives 0.");
  }

  @Test
  void theExamplesOfThePackageComeToWhatTheyPromise() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/optimizer"), 30);
  }
}
