package org.lossbook.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.formula.RandomExpressions.LABEL;
import static org.lossbook.formula.RandomExpressions.P;
import static org.lossbook.formula.RandomExpressions.Y;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lossbook.formula.Program.Output;
import org.lossbook.testing.JavaScriptCalls;

/** The JavaScript of formulas, run on the JVM, against the compiled program. */
class JavaScriptTest {
  private static final int ROWS = 3;

  private final JavaScriptCalls calls = new JavaScriptCalls();
  private final List<String> names = new ArrayList<>();
  private final List<double[]> expected = new ArrayList<>();

  @Test
  void operationsAndTheirDerivativesAreTheSameInJavaScript() {
    Expr x = P.times(0.7).plus(Y.times(0.2));
    for (int width : new int[] {1, 3}) {
      RandomExpressions.UNARY.values().forEach(op -> add(op.apply(x).batchMean(), width));
      RandomExpressions.BINARY
          .values()
          .forEach(op -> add(op.apply(new Expr[] {x, P.square()}).batchMean(), width));
    }
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      Expr e = RandomExpressions.next(random, 1 + random.nextInt(4));
      if (e.node().size() < 300) {
        add(RandomExpressions.reduced(random, e), 1 + random.nextInt(4));
      }
    }
    compare();
  }

  @Test
  void cornersAndLimitsAreTheSameInJavaScript() {
    Expr zero = P.minus(P);
    for (Expr e :
        List.of(
            zero.abs(),
            zero.sqrt(),
            zero.max(Expr.of(0)),
            P.max(P),
            P.clip(P, Expr.of(9)),
            zero.plus(1e4).softplus(),
            zero.minus(1e4).logSigmoid(),
            zero.minus(1e4).sigmoid(),
            P.times(1e4).logSoftmax().sum(),
            zero.max(),
            new Expr(ExprNode.POSITIONS).times(P),
            P.greaterThan(Y).minus(P.lessThan(Y)).plus(P.equalTo(P)))) {
      add(e.batchSum(), 2);
    }
    compare();
  }

  @Test
  void everyOperationWithAKernelHasJavaScript() throws IllegalAccessException {
    Set<String> without = new HashSet<>();
    var tables =
        Stream.of(
            Leaves.class,
            Arithmetic.class,
            Powers.class,
            Functions.class,
            Choices.class,
            Rows.class,
            Batches.class);
    for (var field : tables.flatMap(t -> Stream.of(t.getDeclaredFields())).toList()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == Op.class) {
        Op op = (Op) field.get(null);
        if (op.kind() != Op.Kind.LEAF && !op.isComposite() && op.javascript().isEmpty()) {
          without.add(op.name());
        }
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void aParameterIsAnArgumentOrItsFirstValue() {
    Expr delta = Expr.parameter("δ", "\\delta", 2);
    Expr objective = P.times(delta).batchSum();
    calls.call(JavaScript.of(1, List.of(P, delta), objective), 2, new double[] {1, 2}, 5);
    calls.call(JavaScript.of(1, List.of(P), objective), 2, new double[] {1, 2});
    assertThat(calls.answers()).containsExactly(new double[] {15}, new double[] {6});
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatThrownBy(() -> JavaScript.of(1, List.of(P), Y.minus(P).batchSum()))
        .hasMessage(
            "JavaScript expects every variable among the inputs but receives a formula with y: name"
                + " it too.");
  }

  @Test
  void commonSubexpressionsAreComputedOnce() {
    Expr e = P.exp().plus(Y).square();
    String source = JavaScript.of(2, List.of(Y, P), e.batchMean(), slope(e.batchMean()));
    assertThat(source).containsOnlyOnce("Math.exp");
  }

  private static Output slope(Expr objective) {
    return new Output(objective.gradient(P), Shape.ELEMENT);
  }

  private void add(Expr objective, int width) {
    Random random = new Random(names.size());
    double[] y = random.doubles(ROWS * width, -2, 2).toArray();
    double[] p = random.doubles(ROWS * width, -2, 2).toArray();
    double[] label = random.ints(ROWS, 0, width).asDoubleStream().toArray();
    double[] answer = new double[1 + p.length];
    double[] gradient = new double[p.length];
    Program program = Program.of(width, objective, slope(objective));
    program.input(Y).connect(y);
    program.input(P).connect(p);
    program.input(LABEL).connect(label);
    program.output(0).connect(gradient);
    answer[0] = program.run(ROWS);
    System.arraycopy(gradient, 0, answer, 1, gradient.length);
    String source = JavaScript.of(width, List.of(Y, P, LABEL), objective, slope(objective));
    calls.call(source, ROWS, y, p, label);
    names.add(objective + " in rows of " + width + "\n" + source);
    expected.add(answer);
  }

  private void compare() {
    List<double[]> answers = calls.answers();
    assertThat(answers).hasSameSizeAs(expected);
    for (int i = 0; i < answers.size(); i++) {
      double[] java = expected.get(i);
      assertThat(answers.get(i)).as(names.get(i)).hasSameSizeAs(java);
      double size = Arrays.stream(java).map(Math::abs).filter(Double::isFinite).max().orElse(0);
      for (int k = 0; k < java.length; k++) {
        double number = answers.get(i)[k];
        if (Double.isFinite(java[k])) {
          assertThat(number).as(names.get(i)).isCloseTo(java[k], within(1e-9 * (size + 1e-3)));
        } else {
          assertThat(number).as(names.get(i)).isEqualTo(java[k]);
        }
      }
    }
  }
}
