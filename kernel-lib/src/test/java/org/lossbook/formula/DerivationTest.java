package org.lossbook.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.formula.RandomExpressions.LABEL;
import static org.lossbook.formula.RandomExpressions.P;
import static org.lossbook.formula.RandomExpressions.Y;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DerivationTest {
  private static final int ROWS = 3;

  @Test
  void squaresAreDerivedAsOnPaper() {
    assertThat(Y.minus(P).square().batchMean().derive(P).text("∂L/∂ŷ"))
        .isEqualTo(
            """
            ∂L/∂ŷ = ∂/∂ŷ⟦1/n Σᵢ (yᵢ − ŷᵢ)²⟧
                  = 1/n·∂/∂ŷ⟦(y − ŷ)²⟧          mean over the batch: each term counts 1/n
                  = 2·1/n·(y − ŷ)·∂/∂ŷ⟦y − ŷ⟧   power rule and chain rule: (u²)′ = 2u·u′
                  = −2(y − ŷ)/n                 sum rule: (c − v)′ = −v′
                  = 2(ŷ − y)/n                  simplify""");
  }

  @Test
  void crossEntropyOfScoresEndsInSoftmaxMinusTruth() {
    Expr y = Expr.distribution("y", "y");
    Derivation derivation = y.times(P.logSoftmax()).sum().batchMean().negate().derive(P);
    assertThat(derivation.toString())
        .contains("= −Σₖ 1/n·yₖ·∂/∂ŷ⟦log softmax(ŷ)ₖ⟧", "log-softmax: ∂log sₖ/∂uⱼ = 1[j = k] − sⱼ")
        .containsPattern("= \\(softmax\\(ŷ\\) − y\\)/n +simplify$");
  }

  @Test
  void theCasesOfAChoiceAreWrittenApart() {
    Expr huber = Expr.where(P.abs().atMost(Expr.of(1)), P.square(), P.abs().times(3));
    assertThat(huber.derive(P).toString())
        .contains("(∂/∂ŷ[ŷ²] if |ŷ| ≤ 1, else ∂/∂ŷ⟦3|ŷ|⟧)", "(2ŷ if |ŷ| ≤ 1, else 3·sign(ŷ))");
  }

  @Test
  void namesAreDefinedOnceBelowAllLines() {
    Expr e = P.clip(Expr.of(0.1), Expr.of(0.9)).as("q", "q").log();
    assertThat(e.derive(P).toString()).containsOnlyOnce("where q = clip(ŷ, 0.1, 0.9)");
  }

  @Test
  void whatDoesNotDependOnTheVariableHasTheDerivativeZero() {
    assertThat(Y.square().batchSum().derive(P).toString()).containsPattern("= 0 +simplify$");
  }

  @Test
  void theLatexMarksWhatTheNextRuleIsAbout() {
    assertThat(P.square().derive(P).latex("\\varphi'(x)"))
        .startsWith(
            "\\begin{aligned} \\varphi'(x) &= \\frac{\\partial}{\\partial \\hat y}\\left[\\underline{\\hat y^2}\\right] \\\\")
        .endsWith("&= 2 \\hat y && \\text{power rule: (u²)′ = 2u·u′} \\end{aligned}");
  }

  @Test
  void nullIsRejected() {
    assertThatThrownBy(() -> P.square().derive(null)).hasMessageContaining("derive expects");
  }

  static Stream<String> operations() {
    return Stream.concat(
        RandomExpressions.UNARY.keySet().stream(), RandomExpressions.BINARY.keySet().stream());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyOperationHasARuleWithAName(String name) {
    Expr x = P.times(0.7);
    Expr e =
        RandomExpressions.UNARY.containsKey(name)
            ? RandomExpressions.UNARY.get(name).apply(x)
            : RandomExpressions.BINARY.get(name).apply(new Expr[] {x, P.square()});
    assertThat(e.derive(P).lines())
        .noneSatisfy(line -> assertThat(line.rule()).startsWith("derivative of"));
    assertThat(holds(e.batchMean(), 1, new Random(1))).isTrue();
    assertThat(holds(e.square().batchSum(), 4, new Random(4))).isTrue();
  }

  @Property(tries = 300)
  void everyLineOfARandomDerivationHasTheSameValue(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int width) {
    Random random = new Random(seed);
    Expr e = RandomExpressions.next(random, 1 + random.nextInt(4));
    Assume.that(e.node().size() < 150);
    Assume.that(holds(RandomExpressions.reduced(random, e), width, random));
  }

  /**
   * Asserts that the last line is the gradient and that each line has the first's value, by finite
   * differences.
   *
   * @return whether the numbers are away from the kinks and jumps of the expression
   */
  private static boolean holds(Expr root, int width, Random random) {
    DerivationSteps steps = DerivationSteps.of(root.node(), P.node());
    List<Derivation.Line> lines = steps.written().lines();
    Derivation.Line last = lines.get(lines.size() - 1);
    assertThat(root.gradient(P).toString()).startsWith(last.text());
    double[] y = random.doubles(ROWS * width, -2, 2).toArray();
    double[] p = random.doubles(ROWS * width, -2, 2).toArray();
    double[] label = random.ints(ROWS, 0, width).asDoubleStream().toArray();
    int changed = random.nextInt(p.length);
    double h = 1e-5;
    Interpreter[] at = new Interpreter[3];
    for (int i = 0; i < 3; i++) {
      double[] moved = p.clone();
      moved[changed] += (i - 1) * h;
      at[i] = new Interpreter(Map.of(Y, y, P, moved, LABEL, label), ROWS, width);
    }
    double left = at[1].at(root, 0, 0) - at[0].at(root, 0, 0);
    double right = at[2].at(root, 0, 0) - at[1].at(root, 0, 0);
    if (!(Math.abs(left - right) <= 1e-3 * Math.max(h, Math.abs(left)))) {
      return false;
    }
    double first = (left + right) / (2 * h);
    for (DerivationSteps.State state : steps.states()) {
      double value = 0;
      double size = 1;
      for (Map.Entry<ExprNode, ExprNode> term : state.waiting().entrySet()) {
        ExprNode part = term.getKey();
        for (int place = 0; place < count(part, width); place++) {
          int row = part.shape() == Shape.ELEMENT ? place / width : place;
          int column = part.shape() == Shape.ELEMENT ? place % width : 0;
          double slope = (at[2].at(part, row, column) - at[0].at(part, row, column)) / (2 * h);
          double product = slope == 0 ? 0 : slope * at[1].at(term.getValue(), row, column);
          value += product;
          size = Math.max(size, Math.abs(product));
        }
      }
      assertThat(value).as(lines.toString()).isCloseTo(first, within(1e-3 * size));
    }
    return true;
  }

  private static int count(ExprNode node, int width) {
    return switch (node.shape()) {
      case SCALAR -> 1;
      case SAMPLE -> ROWS;
      case ELEMENT -> ROWS * width;
    };
  }
}
