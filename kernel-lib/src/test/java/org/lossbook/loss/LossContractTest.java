package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.barron;
import static org.lossbook.Lossbook.jensenShannon;
import static org.lossbook.Lossbook.learned;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.loss.explain.Explanation;
import org.lossbook.loss.spec.Prediction;

/** What every loss must do, whatever it measures. */
class LossContractTest {
  private static final int ROWS = 5;

  static Stream<Loss> losses() {
    Stream<Loss> shapes =
        Stream.of(
            barron().alpha(0),
            barron().alpha(2).c(3),
            barron().alpha(-2),
            barron().alpha(Double.NEGATIVE_INFINITY),
            barron().alpha(learned(1.5)),
            jensenShannon().base(10));
    return Stream.concat(EveryLoss.inEveryForm().stream(), shapes);
  }

  /** Numbers of the kinds that a loss is about. */
  private record Example(double[][] y, double[][] p, int... sample) {
    static Example of(Loss loss, long seed) {
      EveryLoss.Example flat = EveryLoss.Example.of(loss, ROWS, seed);
      return new Example(rows(flat.y()), rows(flat.p()), flat.sample(loss));
    }

    private static double[][] rows(double[] flat) {
      int columns = flat.length / ROWS;
      return IntStream.range(0, ROWS)
          .mapToObj(r -> Arrays.copyOfRange(flat, r * columns, (r + 1) * columns))
          .toArray(double[][]::new);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void itsDerivationEndsInItsDerivative(Loss loss) {
    String[] lines = loss.derive().toString().split("\nwhere ", 2)[0].split("\n");
    String last = lines[lines.length - 1].strip().replaceFirst("^= ", "");
    String end = last.split(" {3}", 2)[0];
    assertThat(loss.derivative().toString().split(" = ", 2)[1]).startsWith(end);
    assertThat(loss.derive().latex()).endsWith("\\end{aligned}");
    assertThat(loss.derive().toString()).doesNotContain("derivative of");
  }

  @ParameterizedTest
  @MethodSource("losses")
  void itsStepsEndInItsValue(Loss loss) {
    Example example = Example.of(loss, 1);
    double value = loss.of(example.y, example.p);
    Explanation explanation = loss.explain(example.y, example.p);
    assertThat(explanation.value()).isCloseTo(value, within(1e-12 * Math.abs(value)));
    String unit = loss.spec().unit().isEmpty() ? "" : " " + loss.spec().unit();
    assertThat(explanation.toString()).endsWith("  " + Numbers.text(value) + unit);
    assertThat(explanation.toString()).doesNotContain("NaN", "∞");
  }

  @ParameterizedTest
  @MethodSource("losses")
  void itsGradientIsTheSlopeThatItsValuesShow(Loss loss) {
    Example example = Example.of(loss, 2);
    double[][] gradient = loss.sum().gradient(example.y, example.p);
    BatchLoss bound = new TrainingLoss(loss.sum()).bind(example.sample);
    double[] y = flat(example.y);
    double[] p = flat(example.p);
    double[] slopes = flat(gradient);
    for (int i = 0; i < p.length; i++) {
      double there = p[i];
      p[i] = there + 1e-6;
      double above = bound.run(y, p, null, ROWS, null);
      p[i] = there - 1e-6;
      double below = bound.run(y, p, null, ROWS, null);
      p[i] = there;
      double slope = (above - below) / 2e-6;
      assertThat(slopes[i]).isCloseTo(slope, within(1e-4 * Math.max(1, Math.abs(slope))));
    }
  }

  /**
   * Squares of 10³⁰⁰ are no doubles, nor is what is divided by one; what is less than a square has
   * to stay one.
   */
  @ParameterizedTest
  @MethodSource("losses")
  void itsGradientIsFiniteFarOutAndItsValueWhereADoubleHoldsIt(Loss loss) {
    Example example = Example.of(loss, 3);
    for (double size : new double[] {0, 1e-300, 1e-12, 1, 1e4, 1e150, 1e300}) {
      for (double[] pattern : new double[][] {{1, 1, 1}, {1, -1, 0}, {-1, 0, 1}, {-1, -1, -1}}) {
        double[][] far =
            Arrays.stream(example.p)
                .map(row -> IntStream.range(0, row.length).mapToDouble(k -> size * pattern[k % 3]))
                .map(DoubleStream::toArray)
                .toArray(double[][]::new);
        boolean hasSquareInRatio =
            loss.spec().prediction() == Prediction.NORMAL
                || loss.spec().prediction() == Prediction.BOX;
        if (!isAllowed(loss, far[0]) || hasSquareInRatio && size > 1e150) {
          continue;
        }
        double value = loss.of(example.y, far);
        String of = "of %s at predictions of the size %s".formatted(loss.name(), size);
        assertThat(value).as("the value " + of).isNotNaN();
        assertThat(size <= 1e4 ? value : 0).as("the value " + of).isFinite();
        double[][] gradient = loss.gradient(example.y, far);
        assertThat(flat(gradient)).as("the gradient " + of).doesNotContain(Double.NaN);
        for (double slope : size <= 1e150 ? flat(gradient) : new double[0]) {
          assertThat(slope).as("a slope " + of).isFinite();
        }
      }
    }
  }

  private static boolean isAllowed(Loss loss, double[] row) {
    return switch (loss.spec().prediction()) {
      case AMOUNT -> Arrays.stream(row).allMatch(x -> x >= 0);
      case PROBABILITY -> Arrays.stream(row).allMatch(x -> x >= 0 && x <= 1);
      case DISTRIBUTION ->
          Arrays.stream(row).allMatch(x -> x >= 0) && Arrays.stream(row).sum() == 1;
      case BOX -> row[0] <= row[2] && row[1] <= row[3];
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("losses")
  void whatIsNoNumberOrNothingAtAllIsRefusedByName(Loss loss) {
    Example example = Example.of(loss, 4);
    double[][] broken = Arrays.stream(example.p).map(double[]::clone).toArray(double[][]::new);
    broken[2][1] = Double.NaN;
    assertThatThrownBy(() -> loss.of(example.y, broken))
        .hasMessageStartingWith(loss.name() + " expects finite numbers in ŷ but ŷ[2][1] is NaN:");
    broken[2][1] = Double.POSITIVE_INFINITY;
    assertThatThrownBy(() -> loss.gradient(example.y, broken))
        .hasMessageContaining("ŷ[2][1] is Infinity");
    double[][] truth = Arrays.stream(example.y).map(double[]::clone).toArray(double[][]::new);
    truth[1][0] = Double.NaN;
    assertThatThrownBy(() -> loss.of(truth, example.p))
        .hasMessageStartingWith(loss.name() + " expects finite numbers in y but y[1]");
    assertThatThrownBy(() -> loss.of(new double[0], new double[0]))
        .hasMessageStartingWith(loss.name() + " expects numbers but receives an empty array [0]");
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
