package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.exponentialDecay;
import static org.lossbook.Lossbook.sgd;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Parameter;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.optimizer.schedule.ScheduleSymbols;
import org.lossbook.testing.Golden;
import org.lossbook.testing.GoldenOptimizers;

/** What an optimizer shows as its formula is what it does. */
class UpdateRuleTest {
  private static final int STEPS = 12;

  /** Three matrices of one number, each its own row, column, mean and norm. */
  private static final List<Parameter> MATRICES =
      IntStream.range(0, 3)
          .mapToObj(i -> Parameter.trained("w" + i, (into, shape, random) -> {}, 1, 1))
          .toList();

  static Stream<Golden.Case> cases() {
    return Golden.cases("optimizers");
  }

  /** The equations in doubles beside the loop over floats, with every setting that there is. */
  @ParameterizedTest
  @MethodSource("cases")
  void theFormulaComesToWhatTheLoopDoes(Golden.Case golden) {
    Optimizer optimizer = GoldenOptimizers.of(golden.text("optimizer"), golden.object("settings"));
    float[] weights = {0.75f, -1.5f, 0.25f};
    ClippedNorms norms = optimizer.clipping().over(weights.length);
    Optimizer.Updater updater = optimizer.start(MATRICES);
    List<Formula> formulas =
        IntStream.range(0, weights.length)
            .mapToObj(i -> new Formula(optimizer, weights[i]))
            .toList();
    int every = ((BaseOptimizer<?>) optimizer).accumulation();
    var averaging = ((BaseOptimizer<?>) optimizer).averaging();
    double[] sums = new double[weights.length];
    for (int step = 0; step < STEPS; step++) {
      float[] gradient = {
        0.5f - 0.125f * step, (float) Math.sin(step) * 4, step % 3 == 0 ? 0 : 0.5f
      };
      for (int i = 0; i < weights.length; i++) {
        sums[i] += gradient[i];
      }
      updater.beginStep();
      updater.gather(gradient, 0, weights.length);
      if (updater.moves()) {
        double norm = 0;
        for (double sum : sums) {
          norm += Math.pow(sum / every, 2);
        }
        for (int i = 0; i < weights.length; i++) {
          formulas.get(i).step((step + 1) / every, sums[i], Math.sqrt(norm));
        }
        norms.clip(gradient);
        updater.surveyAll(weights, gradient, 0, weights.length);
        Arrays.fill(sums, 0);
      }
      updater.update(weights, gradient, 0, weights.length);
      int moved = step / every;
      averaging.ifPresent(average -> formulas.forEach(each -> each.averaged(average, moved)));
      for (int i = 0; i < weights.length; i++) {
        assertThat((double) weights[i])
            .as("weight %d after step %d", i, step + 1)
            .isCloseTo(formulas.get(i).weight(), within(1e-6));
      }
    }
  }

  /** One weight moved by the equations, one after the other. */
  private static final class Formula {
    private final Optimizer optimizer;
    private final UpdateRule rule;
    private final Map<Expr, Expr> now = new HashMap<>();

    Formula(Optimizer optimizer, double weight) {
      this.optimizer = optimizer;
      rule = optimizer.formula();
      rule.constants().forEach(c -> now.put(c.symbol(), Expr.of(c.value())));
      rule.equations().stream()
          .filter(UpdateRule.Equation::goesOn)
          .forEach(e -> now.put(e.symbol(), e.symbol()));
      now.put(Symbols.W, Expr.of(weight));
    }

    void step(int t, double gradient, double norm) {
      now.put(ScheduleSymbols.T, Expr.of(t));
      now.put(Symbols.G, Expr.of(gradient));
      now.put(Symbols.SUM_OF_GRADIENTS, Expr.of(gradient));
      for (Clipping.Kind kind : Clipping.Kind.values()) {
        now.put(Symbols.norm(kind), Expr.of(norm));
      }
      rule.equations().stream().filter(e -> e.symbol() != Symbols.AVERAGE).forEach(this::run);
    }

    /**
     * The average goes on in every step, also in those that only gather gradients.
     *
     * @param before the moves before this step: up to the second one it is the weight itself
     */
    void averaged(WeightAverage average, long before) {
      if (before == 0) {
        now.put(Symbols.AVERAGE, now.get(Symbols.W));
      } else {
        rule.equations().stream().filter(e -> e.symbol() == Symbols.AVERAGE).forEach(this::run);
      }
      if (average.overwrites(before)) {
        now.put(Symbols.W, now.get(Symbols.AVERAGE));
      }
    }

    private void run(UpdateRule.Equation e) {
      now.put(Symbols.NORM_OF_WEIGHTS, Expr.of(Math.abs(weight())));
      now.put(Symbols.RMS_OF_WEIGHTS, Expr.of(Math.abs(weight())));
      double value = Program.of(1, e.right().substituted(now)).run(1);
      now.put(e.symbol(), Expr.of(value));
      now.put(Symbols.meanOfRow(e.symbol()), Expr.of(value));
      now.put(Symbols.meanOfColumn(e.symbol()), Expr.of(value));
      now.put(Symbols.meanOf(e.symbol()), Expr.of(value));
      if (e.symbol() == Symbols.UPDATE) {
        now.put(Symbols.NORM_OF_UPDATE, Expr.of(Math.abs(value)));
        now.put(Symbols.RMS_OF_UPDATE, Expr.of(Math.abs(value)));
        if (optimizer instanceof Muon) {
          now.put(Symbols.ORTHOGONALIZED, Expr.of(orthogonalized(value)));
        }
        now.put(Symbols.ROOT_OF_LONGER_SIDE, Expr.of(1));
      }
    }

    private double orthogonalized(double number) {
      Map<String, Object> settings = optimizer.config().orElseThrow().settings();
      double x = number / (Math.abs(number) + 1e-7);
      for (int step = 0; step < ((Number) settings.get("ns_steps")).intValue(); step++) {
        double square = x * x;
        x *= factor("muon_a") + factor("muon_b") * square + factor("muon_c") * square * square;
      }
      return x;
    }

    private double factor(String name) {
      return ((Number) optimizer.config().orElseThrow().settings().get(name)).doubleValue();
    }

    double weight() {
      return Program.of(1, now.get(Symbols.W)).run(1);
    }
  }

  @Test
  void aTerminalShowsALineAnEquation() {
    assertThat(adam().formula())
        .hasToString(
            """
            m ← β₁·m + (1 − β₁)·g
            v ← β₂·v + (1 − β₂)·g²
            α = η·√(1 − β₂^t)/(1 − β₁^t)
            w ← w − α·m/(√(v) + ε)
            η = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-7\
            """);
  }

  @Test
  void whatIsAskedForBesideTheRuleShowsToo() {
    assertThat(sgd().clipNorm(1).weightDecay(0.01).formula())
        .hasToString(
            """
            g ← g·min(c/‖g‖, 1)
            w ← w − η·λ·w
            w ← w − η·g
            c = 1, η = 0.01, λ = 0.01\
            """);
    assertThat(sgd().learningRate(exponentialDecay(0.1, 100, 0.5)).formula())
        .hasToString(
            """
            η = 0.1·0.5^((t − 1)/100)
            w ← w − η·g\
            """);
    assertThat(sgd().learningRate(step -> 0.1 / (1 + step)).formula())
        .hasToString(
            """
            η = schedule(t − 1)
            w ← w − η·g\
            """);
  }

  @Test
  void aNotebookShowsMathematics() {
    assertThat(adam().formula().mimeBundle().get("text/latex"))
        .isEqualTo(
            """
            $$\\begin{gathered}
            \\begin{aligned}
            m &\\leftarrow \\beta_1 m + \\left(1 - \\beta_1\\right) g \\\\
            v &\\leftarrow \\beta_2 v + \\left(1 - \\beta_2\\right) g^2 \\\\
            \\alpha &= \\frac{\\eta \\sqrt{1 - \\beta_2^{t}}}{1 - \\beta_1^{t}} \\\\
            w &\\leftarrow w - \\frac{\\alpha m}{\\sqrt{v} + \\varepsilon}
            \\end{aligned}
            \\\\[1ex]
            \\eta = 0.001,\\quad \\beta_1 = 0.9,\\quad \\beta_2 = 0.999,\\quad \\varepsilon = 10^{-7}
            \\end{gathered}$$\
            """);
    assertThat(adam().mimeBundle()).isEqualTo(adam().formula().mimeBundle());
  }
}
