package org.lossbook.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.formula.RandomExpressions.P;
import static org.lossbook.formula.RandomExpressions.Y;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.formula.Program.Output;

class ProgramTest {
  private static final Expr LOSS = P.logSoftmax().times(Y).sum().negate().batchMean();

  /** The larger batch on several threads. */
  @ParameterizedTest
  @ValueSource(ints = {1003, 6007})
  void chunksGiveTheSameAsOneNumberAtATime(int rows) {
    double[] y = new Random(1).doubles(rows * 7).toArray();
    double[] p = new Random(2).doubles(rows * 7, -5, 5).toArray();
    double[] gradient = new double[p.length];
    Expr objective = LOSS.square().plus(Y.minus(P).square().batchMean().sqrt());
    Program program = Program.of(7, objective, new Output(objective.gradient(P), Shape.ELEMENT));
    program.input(Y).connect(y);
    program.input(P).connect(p);
    program.output(0).connect(gradient);
    Interpreter one = new Interpreter(Map.of(Y, y, P, p), rows, 7);
    assertThat(program.run(rows)).isCloseTo(one.at(objective, 0, 0), within(1e-9));
    Expr slope = objective.gradient(P);
    for (int i : new int[] {0, 1, 511, 512, rows * 7 - 1}) {
      assertThat(gradient[i]).isCloseTo(one.at(slope, i / 7, i % 7), within(1e-12));
    }
  }

  @Test
  void partsOfALargeBatchAddUpTheSameEachTimeWithTheParametersOfThatRun() {
    int rows = 20_000;
    float[] y = new float[2 * rows];
    float[] p = new float[2 * rows];
    float[] each = new float[rows];
    var random = new Random(6);
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextFloat();
      p[i] = random.nextFloat();
    }
    Expr scale = Expr.parameter("c", "c", 1);
    Expr row = P.minus(Y).times(scale).square().sum();
    Program program = Program.of(2, row.batchSum(), new Output(row, Shape.SAMPLE));
    program.input(Y).connect(y);
    program.input(P).connect(p);
    program.output(0).connect(each);
    for (double c : new double[] {1, 3}) {
      program.parameter(scale).set(c);
      double sum = program.run(rows);
      double expected = 0;
      for (int i = 0; i < rows; i++) {
        double its =
            Math.pow(c * (p[2 * i] - (double) y[2 * i]), 2)
                + Math.pow(c * (p[2 * i + 1] - (double) y[2 * i + 1]), 2);
        assertThat(each[i]).isCloseTo((float) its, within(1e-6f));
        expected += its;
      }
      assertThat(sum).isCloseTo(expected, within(1e-8));
      for (int run = 0; run < 50; run++) {
        assertThat(program.run(rows)).isEqualTo(sum);
      }
    }
  }

  @Test
  void aRowLongerThanAChunkIsOneChunk() {
    double[] p = new Random(3).doubles(2000, -1, 1).toArray();
    Program program = Program.of(1000, P.logSumExp().batchSum());
    program.input(P).connect(p);
    Interpreter one = new Interpreter(Map.of(P, p), 2, 1000);
    assertThat(program.run(2)).isCloseTo(one.at(P.logSumExp().batchSum(), 0, 0), within(1e-9));
  }

  @Test
  void aParameterIsSetForTheNextRunAndItsDerivativeIsAScalar() {
    Expr scale = Expr.parameter("c", "c", 2);
    Expr objective = P.minus(Y).over(scale).square().mean().batchMean().plus(scale.log());
    Program program = Program.of(3, objective, new Output(objective.gradient(scale), Shape.SCALAR));
    program.input(Y).connect(new double[] {1, 2, 3, 4, 5, 6});
    program.input(P).connect(new double[] {1, 2, 3, 4, 5, 0});

    assertThat(program.run(2)).isCloseTo(6.0 / 4 + Math.log(2), within(1e-15));
    for (double c : new double[] {3, 0.5}) {
      program.parameter(scale).set(c);
      assertThat(program.run(2)).isCloseTo(6 / (c * c) + Math.log(c), within(1e-14));
      assertThat(program.output(0).number()).isCloseTo(-12 / (c * c * c) + 1 / c, within(1e-12));
    }
    program.parameter(Expr.parameter("unknown", "u", 1)).set(7); // leads nowhere
    assertThat(program.run(1)).isCloseTo(Math.log(0.5), within(1e-15));
  }

  @Test
  void aRunAllocatesNothing() {
    double[] y = new double[96];
    float[] p = new float[96];
    float[] gradient = new float[96];
    Program program = Program.of(3, LOSS, new Output(LOSS.gradient(P), Shape.ELEMENT));
    program.input(Y).connect(y);
    program.input(P).connect(p);
    program.output(0).connect(gradient);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    double total = 0;
    for (int i = 0; i < 1000; i++) {
      total += program.run(i % 32 + 1);
    }
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 1000; i++) {
      total += program.run(i % 32 + 1);
    }
    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(1000);
    assertThat(total).isFinite();
  }

  @Test
  void anOutputIsBroadcastToItsShape() {
    Expr objective = P.sum().batchSum();
    double[] gradient = new double[6];
    Program program = Program.of(3, objective, new Output(objective.gradient(P), Shape.ELEMENT));
    program.input(P).connect(new double[6]);
    program.output(0).connect(gradient);
    program.run(2);
    assertThat(gradient).containsOnly(1);
  }

  @Test
  void aFixedComponentOfARowIsPicked() {
    double[] p = {1, 2, 3, 10, 20, 30};
    Expr objective = P.component(2).times(P.component(0)).batchSum();
    double[] gradient = new double[6];
    Program program = Program.of(3, objective, new Output(objective.gradient(P), Shape.ELEMENT));
    program.input(P).connect(p);
    program.output(0).connect(gradient);
    assertThat(program.run(2)).isEqualTo(303);
    assertThat(gradient).containsExactly(3, 0, 1, 30, 0, 10);
    Interpreter one = new Interpreter(Map.of(P, p), 2, 3);
    assertThat(one.at(objective, 0, 0)).isEqualTo(303);
    assertThat(one.at(P.component(1), 1, 0)).isEqualTo(20);
  }

  @Test
  void aParameterMayChangeBetweenRuns() {
    Expr alpha = Expr.parameter("α", "\\alpha", 0.5);
    Expr objective = P.times(alpha).exp().batchMean();
    double[] gradient = new double[600];
    Program program =
        Program.of(
            1,
            objective,
            new Output(objective.gradient(P), Shape.ELEMENT),
            new Output(objective.gradient(alpha), Shape.SCALAR));
    double[] p = new Random(4).doubles(600, -1, 1).toArray();
    program.input(P).connect(p);
    program.output(0).connect(gradient);
    for (double a : new double[] {0.5, 2, -1, 0.5}) {
      program.parameter(alpha).set(a);
      double value = 0;
      double byAlpha = 0;
      for (double x : p) {
        value += Math.exp(a * x) / 600;
        byAlpha += x * Math.exp(a * x) / 600;
      }
      assertThat(program.run(600)).isCloseTo(value, within(1e-12));
      assertThat(program.output(1).number()).isCloseTo(byAlpha, within(1e-12));
      assertThat(gradient[599]).isCloseTo(a * Math.exp(a * p[599]) / 600, within(1e-15));
    }
  }

  @Test
  void aScalarOutputNeedsAScalarExpression() {
    assertThatThrownBy(() -> Program.of(1, P.batchSum(), new Output(P, Shape.SCALAR)))
        .hasMessageStartingWith(
            "an output of one number for the batch expects an expression that is one but receives"
                + " ŷ: reduce it with batchMean() or batchSum() first.");
  }

  @Test
  void movingSignsAndFactorsChangesNoValue() {
    Expr minus = P.negate();
    Expr scaled = P.times(3);
    Expr turned = Y.minus(P).plus(P.minus(Y).square()); // the difference both ways round
    Expr[] each = {
      minus.abs(),
      minus.square(),
      minus.sign(),
      minus.tanh(),
      minus.max(0),
      minus.min(0),
      minus.softplus(),
      minus.sigmoid(),
      minus.plus(Y),
      Y.plus(minus),
      Y.minus(minus),
      minus.minus(Y),
      minus.plus(Y.negate()),
      scaled.plus(Y.times(3)),
      scaled.plus(Y.times(3)).negate(),
      P.times(Y).plus(P.square()),
      P.times(Y).minus(P.square()).times(0.5),
      turned
    };
    double[] y = new Random(7).doubles(300, -2, 2).toArray();
    double[] p = new Random(8).doubles(300, -2, 2).toArray();
    for (int width : new int[] {1, 3}) {
      Interpreter one = new Interpreter(Map.of(Y, y, P, p), 300 / width, width);
      for (Expr e : each) {
        double[] numbers = new double[300];
        Program program = Program.of(width, e.batchMean(), new Output(e, Shape.ELEMENT));
        program.input(Y).connect(y);
        program.input(P).connect(p);
        program.output(0).connect(numbers);
        assertThat(program.run(300 / width))
            .as("mean of %s", e)
            .isCloseTo(one.at(e.batchMean(), 0, 0), within(1e-12));
        for (int i = 0; i < 300; i++) {
          assertThat(numbers[i])
              .as("%s", e)
              .isCloseTo(one.at(e, i / width, i % width), within(1e-14));
        }
      }
    }
  }

  @Test
  void aSelectionIgnoresTheOtherBranch() {
    Expr choice = Expr.where(P.greaterThan(Y), P.log(), P.over(Y.minus(Y)));
    Program program = Program.of(1, Expr.of(0), new Output(choice, Shape.ELEMENT));
    double[] out = new double[4];
    program.input(P).connect(new double[] {1, -1, 1, Double.NaN});
    program.input(Y).connect(new double[] {0, 0, 2, 0});
    program.output(0).connect(out);
    program.run(4);
    assertThat(out)
        .containsExactly(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN);
  }

  @Test
  void aSumOfConstantsIsStillASumWhereItDivides() {
    double[] p = {0.3, -1.2, 0.5};
    double[] out = new double[3];
    Expr one = P.softmax(); // of a row of one number
    Expr sum = one.square().times(P.exp().square()).batchSum();
    Program program = Program.of(1, sum, new Program.Output(P.over(sum), Shape.ELEMENT));
    program.input(P).connect(p);
    program.output(0).connect(out);
    double expected = Math.exp(0.6) + Math.exp(-2.4) + Math.exp(1);
    assertThat(program.run(3)).isCloseTo(expected, within(1e-12));
    assertThat(out[1]).isCloseTo(-1.2 / expected, within(1e-12));
  }
}
