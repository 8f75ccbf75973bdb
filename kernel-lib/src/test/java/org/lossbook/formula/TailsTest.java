package org.lossbook.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Functions and their slopes by their relative error, where they are all but flat too; powers of e
 * below 10⁻³⁰⁷ count as 0.
 */
class TailsTest {
  private static final Expr X = Expr.variable("x", "x", Shape.ELEMENT);
  private static final Expr Y = Expr.variable("y", "y", Shape.ELEMENT);

  private record Case(
      String name,
      UnaryOperator<Expr> formula,
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> functions() {
    return Stream.of(
        new Case("exp", Expr::exp, StrictMath::exp, StrictMath::exp),
        new Case("sigmoid", Expr::sigmoid, TailsTest::sigmoid, TailsTest::sigmoidSlope),
        new Case(
            "1 - sigmoid",
            x -> Expr.of(1).minus(x.sigmoid()),
            x -> sigmoid(-x),
            x -> -sigmoidSlope(x)),
        new Case("softplus", Expr::softplus, TailsTest::softplus, TailsTest::sigmoid),
        new Case("logSigmoid", Expr::logSigmoid, x -> -softplus(-x), x -> sigmoid(-x)),
        new Case("tanh", Expr::tanh, StrictMath::tanh, x -> 4 * sigmoidSlope(2 * x)),
        new Case("logCosh", Expr::logCosh, TailsTest::logCosh, StrictMath::tanh),
        new Case(
            "log1p",
            x -> x.abs().log1p(),
            x -> StrictMath.log1p(Math.abs(x)),
            x -> Math.signum(x) / (1 + Math.abs(x))),
        new Case(
            "sqrt",
            x -> x.abs().sqrt(),
            x -> Math.sqrt(Math.abs(x)),
            x -> x == 0 ? 0 : Math.signum(x) * 0.5 / Math.sqrt(Math.abs(x))),
        new Case("square", Expr::square, x -> x * x, x -> 2 * x),
        new Case(
            "log",
            x -> x.abs().max(1e-300).log(),
            x -> StrictMath.log(Math.max(Math.abs(x), 1e-300)),
            x -> Math.abs(x) < 1e-300 ? 0 : 1 / x));
  }

  private static double sigmoid(double x) {
    double decay = StrictMath.exp(-Math.abs(x));
    return (x > 0 ? 1 : decay) / (1 + decay);
  }

  private static double sigmoidSlope(double x) {
    double decay = StrictMath.exp(-Math.abs(x));
    return decay / (1 + decay) / (1 + decay);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static double logCosh(double x) {
    double s = StrictMath.sinh(x / 2);
    return Math.abs(x) < 1
        ? StrictMath.log1p(2 * s * s)
        : Math.abs(x) + StrictMath.log1p(StrictMath.exp(-2 * Math.abs(x))) - Math.log(2);
  }

  private static double[] numbers() {
    DoubleStream floats =
        new Random(8).ints(4000).mapToDouble(Float::intBitsToFloat).filter(Double::isFinite);
    DoubleStream middle = DoubleStream.iterate(-720, x -> x < 720, x -> x + 0.237);
    DoubleStream ends =
        DoubleStream.of(
            0, -0.0, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE);
    return DoubleStream.concat(DoubleStream.concat(floats, middle), ends).toArray();
  }

  private static double[] run(int width, Expr e, double[] x, double[] y) {
    Program program = Program.of(width, Expr.of(0), new Program.Output(e, Shape.ELEMENT));
    double[] out = new double[x.length];
    program.input(X).connect(x);
    program.input(Y).connect(y);
    program.output(0).connect(out);
    program.run(x.length / width);
    return out;
  }

  private static void agree(String what, double x, double found, double expected) {
    double allowed = Math.max(1e-13 * Math.abs(expected), 1e-306);
    if (found != expected && !(Math.abs(found - expected) <= allowed)) {
      assertThat(found).as("%s of %s", what, x).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void valuesAndDerivativesKeepTheirPrecision(Case function) {
    double[] x = numbers();
    Expr formula = function.formula.apply(X);
    double[] values = run(1, formula, x, x);
    double[] slopes = run(1, formula.batchSum().gradient(X), x, x);
    for (int i = 0; i < x.length; i++) {
      agree("value", x[i], values[i], function.value.applyAsDouble(x[i]));
      agree("slope", x[i], slopes[i], function.slope.applyAsDouble(x[i]));
    }
  }

  /**
   * The slope of binary cross-entropy: what is left of σ(x) − y where the answer is all but right.
   */
  @Test
  void aSigmoidMinusItsTruthKeepsItsPrecision() {
    double[] x = numbers();
    for (double truth : new double[] {0, 1}) {
      double[] y = new double[x.length];
      Arrays.fill(y, truth);
      double[] left = run(1, X.sigmoid().minus(Y), x, y);
      double[] right = run(1, Y.minus(X.sigmoid()), x, y);
      for (int i = 0; i < x.length; i++) {
        double exact = truth == 0 ? sigmoid(x[i]) : -sigmoid(-x[i]);
        agree("difference", x[i], left[i], exact);
        agree("difference", x[i], right[i], -exact);
      }
    }
    double[] soft =
        run(1, X.sigmoid().minus(Y), new double[] {2, -3, 0}, new double[] {0.3, 0.9, 0.5});
    assertThat(soft[0]).isCloseTo(sigmoid(2) - 0.3, within(1e-15));
    assertThat(soft[1]).isCloseTo(sigmoid(-3) - 0.9, within(1e-15));
    assertThat(soft[2]).isZero();
  }

  @Test
  void softmaxItsLogarithmAndSoftmaxMinusTheTruthKeepTheirPrecision() {
    for (double gap : new double[] {0, 1e-9, 0.5, 3, 20, 36, 37, 50, 300, 700}) {
      for (int place = 0; place < 3; place++) {
        double[] x = {-gap, -gap - 2, -gap};
        x[place] = 0;
        double[] powers = Arrays.stream(x).map(StrictMath::exp).toArray();
        double others = powers[0] + powers[1] + powers[2] - 1;
        others = gap > 1 ? powers[(place + 1) % 3] + powers[(place + 2) % 3] : others;
        double[] truth = new double[3];
        truth[place] = 1;
        double[] shares = run(3, X.softmax(), x, truth);
        double[] logs = run(3, X.logSoftmax(), x, truth);
        double[] slopes = run(3, X.softmax().minus(Y), x, truth);
        double[] sums =
            run(3, X.logSumExp().times(X.square().plus(1)).over(X.square().plus(1)), x, truth);
        for (int k = 0; k < 3; k++) {
          agree("softmax", gap, shares[k], powers[k] / (1 + others));
          agree("log softmax", gap, logs[k], x[k] - StrictMath.log1p(others));
          double left = k == place ? -others / (1 + others) : powers[k] / (1 + others);
          agree("softmax less truth", gap, slopes[k], left);
          agree("log-sum-exp", gap, sums[k], StrictMath.log1p(others));
        }
      }
    }
    assertThat(run(1, X.softmax(), new double[] {5, -1e300}, new double[2])).containsOnly(1);
    assertThat(run(1, X.logSoftmax(), new double[] {5, -1e300}, new double[2])).containsOnly(0);
    assertThat(run(2, X.softmax(), new double[] {1, Double.NaN}, new double[2]))
        .containsOnly(Double.NaN);
    assertThat(run(2, X.softmax(), new double[] {7, 7}, new double[2])).containsOnly(0.5);
  }
}
