package org.lossbook.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.formula.RandomExpressions.LABEL;
import static org.lossbook.formula.RandomExpressions.P;
import static org.lossbook.formula.RandomExpressions.Y;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients against the interpreter and finite differences. */
class GradientTest {
  private static final int ROWS = 3;
  private static final Set<Op> JUMPS =
      Set.of(
          Choices.MIN,
          Choices.MAX,
          Choices.GREATER,
          Choices.AT_LEAST,
          Choices.LESS,
          Choices.AT_MOST);

  static Stream<String> operations() {
    return Stream.concat(
        RandomExpressions.UNARY.keySet().stream(), RandomExpressions.BINARY.keySet().stream());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyDerivativeMatchesFiniteDifferences(String name) {
    Expr x = P.times(0.7).plus(Y.times(0.2));
    Expr e =
        RandomExpressions.UNARY.containsKey(name)
            ? RandomExpressions.UNARY.get(name).apply(x)
            : RandomExpressions.BINARY.get(name).apply(new Expr[] {x, P.square()});
    for (int width : new int[] {1, 4}) {
      assertThat(agrees(e.batchMean(), width, new Random(width))).isTrue();
      assertThat(agrees(e.square().batchSum(), width, new Random(10 + width))).isTrue();
    }
  }

  @Property(tries = 400)
  void derivativesOfRandomExpressionsMatchFiniteDifferences(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int width) {
    Random random = new Random(seed);
    Expr e = RandomExpressions.next(random, 1 + random.nextInt(5));
    Assume.that(e.node().size() < 400);
    Assume.that(agrees(RandomExpressions.reduced(random, e), width, random));
  }

  private static double slope(Expr e, double p) {
    Expr gradient = e.batchSum().gradient(P);
    Program program = Program.of(1, Expr.of(0), new Program.Output(gradient, Shape.ELEMENT));
    double[] slope = new double[1];
    program.input(P).connect(new double[] {p});
    program.output(0).connect(slope);
    program.run(1);
    return slope[0];
  }

  /** They are unbounded near 0, but a float gradient must not become ∞, nor ∞ times 0. */
  @Test
  void derivativesOfRootsAreZeroAtZeroAndFiniteNearIt() {
    for (double power : new double[] {0.001, 0.25, 0.5, 0.999}) {
      Expr letter = Expr.parameter("a", "a", power);
      for (Expr root : List.of(P.pow(power), P.pow(letter), P.powOfShare(letter))) {
        assertThat(slope(root, 0)).isZero();
        for (double small : new double[] {Float.MIN_VALUE, 1e-300, Double.MIN_VALUE}) {
          assertThat(slope(root, small)).isBetween(0.0, (double) Float.MAX_VALUE);
        }
        double exact = power * Math.pow(3e-7, power - 1);
        assertThat(slope(root, 3e-7)).isCloseTo(exact, within(1e-12 * exact));
      }
      double exact = power * Math.pow(1e-30, power - 1);
      assertThat(slope(P.pow(letter), 1e-30)).isCloseTo(exact, within(1e-12 * exact));
    }
    assertThat(slope(P.sqrt(), 0)).isZero();
    assertThat(slope(P.sqrt(), 1e-40)).isCloseTo(5e19, within(1e7));
    assertThat(slope(P.pow(Expr.parameter("a", "a", 2)), 0)).isZero();
    assertThat(slope(P.pow(Expr.parameter("a", "a", 1)), 0)).isOne();
    assertThat(slope(P.pow(Expr.parameter("a", "a", 0)), 0)).isZero();
    assertThat(slope(P.pow(Expr.parameter("a", "a", -1)), -2)).isEqualTo(-0.25);
  }

  /** Returns false without comparing where a corner is near or the numbers are huge. */
  private static boolean agrees(Expr objective, int width, Random random) {
    double[] y = random.doubles(ROWS * width, -2, 2).toArray();
    double[] p = random.doubles(ROWS * width, -2, 2).toArray();
    double[] label = random.ints(ROWS, 0, width).asDoubleStream().toArray();
    Map<Expr, double[]> numbers = Map.of(Y, y, P, p, LABEL, label);
    Interpreter interpreter = new Interpreter(numbers, ROWS, width);
    double plain = interpreter.at(objective, 0, 0);
    if (!(Math.abs(plain) < 1e4) || nearCorner(objective.node(), interpreter, width)) {
      return false;
    }
    double[] gradient = new double[p.length];
    Expr derivative = objective.gradient(P);
    Program program = Program.of(width, objective, new Program.Output(derivative, Shape.ELEMENT));
    program.input(Y).connect(y);
    program.input(P).connect(p);
    program.input(LABEL).connect(label);
    program.output(0).connect(gradient);
    assertThat(program.run(ROWS)).as("value of %s", objective).isCloseTo(plain, near(plain));
    for (int i = 0; i < p.length; i++) {
      double there = p[i];
      double h = 1e-5;
      p[i] = there + h;
      double above = interpreter.at(objective, 0, 0);
      p[i] = there - h;
      double below = interpreter.at(objective, 0, 0);
      p[i] = there;
      double slope = (above - below) / (2 * h);
      assertThat(gradient[i])
          .as("d/dŷ[%d] of %s is %s", i, objective, derivative)
          .isCloseTo(slope, near(Math.max(Math.abs(slope), Math.abs(plain) * 0.1)));
    }
    return true;
  }

  private static org.assertj.core.data.Offset<Double> near(double size) {
    return org.assertj.core.api.Assertions.within(1e-4 * Math.max(1, Math.abs(size)));
  }

  private static boolean nearCorner(ExprNode e, Interpreter at, int width) {
    for (int r = 0; r < ROWS; r++) {
      for (int k = 0; k < width; k++) {
        if (isCorner(e, at, r, k)) {
          return true;
        }
      }
    }
    return e.args().stream().anyMatch(a -> nearCorner(a, at, width));
  }

  private static boolean isCorner(ExprNode e, Interpreter at, int r, int k) {
    Op op = e.op();
    double gap = 1e-3;
    if (op == Functions.ABS || op == Functions.SIGN) {
      return Math.abs(at.at(e.arg(0), r, k)) < gap;
    }
    if (op == Functions.FLOOR || op == Functions.CEIL) {
      double x = at.at(e.arg(0), r, k);
      return Math.abs(x - Math.rint(x)) < gap;
    }
    if (op == Rows.NORM || op == Rows.UNIT) {
      return at.at(Rows.norm(e.arg(0)), r, 0) < 0.1;
    }
    if (JUMPS.contains(op)) {
      return Math.abs(at.at(e.arg(0), r, k) - at.at(e.arg(1), r, k)) < gap;
    }
    if (op == Choices.CLIP) {
      double x = at.at(e.arg(0), r, k);
      return Math.abs(x - e.arg(1).number()) < gap || Math.abs(x - e.arg(2).number()) < gap;
    }
    if (op == Rows.ROW_MAX) {
      double highest = at.at(e, r, 0);
      int near = 0;
      for (int other = 0; other < at.width(); other++) {
        near += highest - at.at(e.arg(0), r, other) < gap ? 1 : 0;
      }
      return near > 1;
    }
    return false;
  }

  @Property(tries = 400)
  void simplifyingKeepsTheValue(@ForAll long seed) {
    Random random = new Random(seed);
    Expr e = RandomExpressions.next(random, 1 + random.nextInt(5)).batchMean();
    int width = 1 + random.nextInt(3);
    double[] y = random.doubles(ROWS * width, -2, 2).toArray();
    double[] p = random.doubles(ROWS * width, -2, 2).toArray();
    double[] label = random.ints(ROWS, 0, width).asDoubleStream().toArray();
    Interpreter at = new Interpreter(Map.of(Y, y, P, p, LABEL, label), ROWS, width);
    double plain = at.at(e, 0, 0);
    Assume.that(Math.abs(plain) < 1e6 && e.node().size() < 400);
    assertThat(at.at(e.simplified(), 0, 0))
        .as("%s simplified to %s", e, e.simplified())
        .isCloseTo(plain, org.assertj.core.api.Assertions.within(1e-9 * (1 + Math.abs(plain))));
  }
}
