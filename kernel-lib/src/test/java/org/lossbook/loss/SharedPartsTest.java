package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.loss;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.where;

import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.formula.Expr;

/**
 * A formula is a graph: a part that stands in it often is one part, though written out the whole
 * would have 3⁵⁰ symbols. The time limits stand for ever.
 */
@Timeout(240)
class SharedPartsTest {
  private static final double[] Y = {1, 2, 0.5};
  private static final double[] Y_HAT = {1.5, 1.7, 0.4};

  private record Case(String name, BinaryOperator<Expr> formula) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case repeated(
      String name, int times, java.util.function.UnaryOperator<Expr> each) {
    return new Case(
        name,
        (y, p) -> {
          Expr e = p.minus(y).times(1e-2);
          for (int i = 0; i < times; i++) {
            e = each.apply(e);
          }
          return e;
        });
  }

  static Stream<Case> cases() {
    return Stream.of(
        repeated("e² + e", 50, e -> e.times(e).plus(e)),
        repeated("e + e", 20, e -> e.plus(e)),
        repeated("−e", 51, Expr::negate),
        repeated("e·e·e", 50, e -> e.times(e).times(e)),
        repeated("named", 50, e -> e.times(e).plus(e).as("a", "a_{0}")),
        repeated("max, min", 50, e -> e.max(e.negate()).min(e.times(e).plus(e))),
        repeated("where", 50, e -> where(e.greaterThan(0), e.times(e).plus(e), e.negate())),
        repeated("tanh − e/2", 40, e -> e.tanh().minus(e.over(2)).plus(e.times(e))),
        repeated("logarithms", 40, e -> e.square().plus(1).log().times(e).plus(e)),
        repeated("a long chain", 2000, e -> e.plus(1e-6)),
        repeated("a deep chain", 2000, Expr::sin));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void allThatCanBeAskedIsAnsweredAndFitsAPage(Case each) {
    Loss loss = loss("own", each.formula);
    double value = loss.of(Y, Y_HAT);
    double[] gradient = loss.gradient(Y, Y_HAT);
    for (int i = 0; i < Y.length; i++) {
      double[] above = Y_HAT.clone();
      double[] below = Y_HAT.clone();
      above[i] += 1e-5;
      below[i] -= 1e-5;
      double slope = (loss.of(Y, above) - loss.of(Y, below)) / 2e-5;
      assertThat(gradient[i]).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
    }
    assertThat(loss.explain(Y, Y_HAT).value()).isEqualTo(value);
    assertThat(loss.explain(Y, Y_HAT).toString()).hasSizeLessThan(40_000);
    assertThat(loss.toString()).startsWith("own: ").hasSizeLessThan(20_000);
    assertThat(loss.formula().latex()).startsWith("L = ").hasSizeLessThan(40_000);
    assertThat(loss.derivative().text()).startsWith("∂L/∂ŷ = ").hasSizeLessThan(20_000);
    assertThat(loss.plus(mse()).of(Y, Y_HAT)).isCloseTo(value + mse().of(Y, Y_HAT), within(1e-9));
    assertThat(loss.output(0).of(matrix(row(Y)), matrix(row(Y_HAT)))).isFinite();

    Expr one = each.formula.apply(loss.spec().y(), loss.spec().p());
    Expr other = each.formula.apply(loss.spec().y(), loss.spec().p());
    assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(one.substituted(Map.of(loss.spec().p(), loss.spec().y()))).isNotEqualTo(one);
    assertThat(one.simplified()).isNotNull();
    assertThat(one.forOneOutput()).isNotNull();
    assertThat(one.parameters()).isEmpty();
  }

  @Test
  void itIsDrawnAndExploredAsAnyOther() {
    Loss loss = loss("own", cases().findFirst().orElseThrow().formula);

    assertThat(loss.plot().mimeBundle().toString()).hasSizeLessThan(500_000);
    assertThat(loss.explore().mimeBundle().toString()).hasSizeLessThan(500_000);
  }

  @Test
  void whatWouldFillPagesIsSaidInPartsWithNamesOfTheirOwn() {
    Loss loss = loss("own", cases().findFirst().orElseThrow().formula);

    assertThat(loss.toString())
        .startsWith("own: 1/n Σᵢ (u₅₀ᵢ·u₅₀ᵢ + u₅₀ᵢ), … (20 more parts), u₂₁ = u₂₀·u₂₀ + u₂₀, ")
        .endsWith(", u₅₀ = u₄₉·u₄₉ + u₄₉");
    assertThat(loss.formula().latex())
        .startsWith("L = \\frac{1}{n}\\sum_{i=1}^{n} \\left(u_{50,i} u_{50,i} + u_{50,i}\\right)")
        .contains(
            ",\\quad \\ldots\\ (20\\text{ more parts}),\\quad u_{21} = u_{20} u_{20} + u_{20}");
    Loss five = loss("five", repeated("", 5, e -> e.times(e).plus(e)).formula);
    assertThat(five.toString())
        .isEqualTo(
            "five: 1/n Σᵢ (u₅ᵢ·u₅ᵢ + u₅ᵢ), u₁ = 0.01(ŷ − y), u₂ = u₁·u₁ + u₁, u₃ = u₂·u₂ + u₂,"
                + " u₄ = u₃·u₃ + u₃, u₅ = u₄·u₄ + u₄");
    Loss three = loss("three", repeated("", 2, e -> e.times(e).plus(e)).formula);
    assertThat(three.toString())
        .isEqualTo(
            "three: 1/n Σᵢ ((0.01(ŷᵢ − yᵢ)·0.01(ŷᵢ − yᵢ) + 0.01(ŷᵢ − yᵢ))·(0.01(ŷᵢ −"
                + " yᵢ)·0.01(ŷᵢ − yᵢ) + 0.01(ŷᵢ − yᵢ)) + 0.01(ŷᵢ − yᵢ)·0.01(ŷᵢ − yᵢ) + 0.01(ŷᵢ"
                + " − yᵢ))");
  }

  @Test
  void aLetterOfTheFormulaIsNotTakenForAPart() {
    Expr u = Expr.parameter("u", "u", 2);
    Loss loss =
        loss(
            "own",
            (y, p) -> {
              Expr e = p.minus(y).times(u);
              for (int i = 0; i < 10; i++) {
                e = e.times(e).plus(e);
              }
              return e;
            });
    assertThat(loss.toString()).contains("v₁ = (ŷ − y)·u", "u = 2").doesNotContain("u₁");
  }
}
