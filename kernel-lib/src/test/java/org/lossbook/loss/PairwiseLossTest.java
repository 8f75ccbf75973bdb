package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.circle;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.triplet;
import static org.lossbook.Lossbook.vector;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.loss.evaluate.BatchLoss;

class PairwiseLossTest {
  private static final Offset<Double> FOUR_DIGITS = within(5e-5);
  private final double[] y = vector(0, 0, 1);
  private final double[][] places = matrix(row(0, 0), row(3, 4), row(0, 5.5));
  private final double[][] directions = matrix(row(1, 0), row(0.8, 0.6), row(0, 1));

  static Stream<Loss> losses() {
    return Stream.of(
        triplet(0.7), triplet().sum(), circle().gamma(5), circle().gamma(3).weightedMean());
  }

  @Test
  void relativesAreToBeNearerThanStrangers() {
    assertThat(triplet(1).of(y, places)).isCloseTo(1.0486, FOUR_DIGITS);
    assertThat(triplet(1).perSample(y, places))
        .containsExactly(new double[] {0.5, 2.6459, 0}, FOUR_DIGITS);
    assertThat(circle().of(y, directions)).isCloseTo(3.2008, FOUR_DIGITS);
    assertThat(circle().sum().of(y, directions)).isCloseTo(6.4017, FOUR_DIGITS);
    assertThat(triplet().of(vector(0, 1, 2), places)).isZero();
    assertThat(circle().of(vector(1, 1, 1), directions)).isZero();
    assertThat(circle().gradient(vector(1, 1, 1), directions)[0]).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theGradientIsTheSlopeThatTheValuesShow(Loss loss) {
    Random random = new Random(7);
    int rows = 9;
    double[] groups = random.ints(rows, 0, 3).asDoubleStream().toArray();
    double[] p = random.doubles(rows * 4, -0.5, 0.5).toArray();
    double[] weights = random.doubles(rows, 0.2, 2).toArray();
    double[] gradient = new double[p.length];
    BatchLoss bound = new TrainingLoss(loss).bind(4);
    for (double[] each : new double[][] {null, weights}) {
      bound.run(groups, p, each, rows, gradient);
      for (int i = 0; i < p.length; i++) {
        double there = p[i];
        p[i] = there + 1e-6;
        double above = bound.run(groups, p, each, rows, null);
        p[i] = there - 1e-6;
        double below = bound.run(groups, p, each, rows, null);
        p[i] = there;
        assertThat(gradient[i]).isCloseTo((above - below) / 2e-6, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void floatsGiveTheSameAndALaterRunAllocatesNothing(Loss loss) {
    BatchLoss bound = new TrainingLoss(loss).bind(2);
    float[] groups = {0, 0, 1, 1};
    float[] p = {0.5f, 0.25f, -0.5f, 0.75f, 0.125f, 1, 0.25f, -0.5f};
    float[] gradient = new float[8];
    double value = bound.run(groups, p, null, 4, gradient);
    double[] exact = new double[8];
    double[] wide = {0.5, 0.25, -0.5, 0.75, 0.125, 1, 0.25, -0.5};
    assertThat(bound.run(new double[] {0, 0, 1, 1}, wide, null, 4, exact)).isEqualTo(value);
    for (int i = 0; i < 8; i++) {
      assertThat((double) gradient[i]).isCloseTo(exact[i], within(1e-5));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    for (int run = 0; run < 1000; run++) {
      bound.run(groups, p, null, 4, gradient);
    }
    assertThat(threads.getThreadAllocatedBytes(id) - before).isLessThan(1000);
  }

  @Test
  void aWeightedMeanIsOverTheWeightsOfTheSamplesThatHaveALoss() {
    double[] weights = vector(2, 3, 5);
    double[] each = circle().perSample(y, directions);
    double mean = (2 * each[0] + 3 * each[1]) / (2 + 3);
    Loss loss = circle().weightedMean();

    assertThat(loss.of(y, directions)).isEqualTo(circle().of(y, directions));
    assertThat(loss.of(y, directions, weights)).isCloseTo(mean, within(1e-12));
    assertThat(loss.explain(y, directions, weights).value()).isCloseTo(mean, within(1e-12));
    assertThat(loss.explain(y, directions, weights).toString())
        .contains("divided by 5, the sum of the weights of the samples that have a loss");
    assertThat(loss.explain(y, directions).toString())
        .contains("divided by 2, the samples that have a loss");
    assertThat(loss.formula().text()).contains("(Σᵢ wᵢ·ℓᵢ)/(Σᵢ wᵢ where ℓᵢ > 0)");
    var tally = circle().tally(1, 2);
    tally.add(new float[] {0, 0, 1}, new float[] {1, 0, 0.8f, 0.6f, 0, 1}, null, 3);
    assertThat(tally.value()).isCloseTo(circle().of(y, directions), within(1e-5));
  }

  @Test
  void everyPlaceIsFinite() {
    for (double far : vector(0, 1e-12, 1, 40, 1e4)) {
      double[][] p = matrix(row(far, -far), row(far, -far), row(-far, far), row(0, far));
      for (Loss loss : new Loss[] {triplet(), circle()}) {
        assertThat(loss.of(vector(0, 0, 1, 1), p)).isFinite();
        for (double[] slopes : loss.gradient(vector(0, 0, 1, 1), p)) {
          assertThat(slopes[0]).isFinite();
          assertThat(slopes[1]).isFinite();
        }
      }
    }
  }

  @Test
  void theStepsShowEachSampleBesideTheOthers() {
    assertThat(triplet(1).explain(y, places))
        .hasToString(
            """
            triplet = 1/n Σᵢ ℓᵢ, ℓᵢ = 1/(|Pᵢ|·|Nᵢ|) Σₚ Σₖ max(dᵢₚ − dᵢₖ + m, 0) over p in Pᵢ, k in Nᵢ, dᵢⱼ = ‖ŷᵢ − ŷⱼ‖, m = 1
            i  y  loss of sample i
            1  0  max(5 − 5.5 + 1, 0)        0.5
            2  0  max(5 − 3.3541 + 1, 0)     2.6459
            3  1  no other of its label      0
                  sum                        3.1459
                  divided by 3, the samples  1.04863\
            """);
    assertThat(circle().explain(y, directions).toString())
        .contains(
            "log(1 + exp(80·(0.2 + 0.4)·(0.2 − 0.4))·exp(80·(1 + 0.4 − 0.4)·(1 − 0.4 − 0.4)))  6.40166")
        .contains("divided by 2, the samples that have a loss");
    assertThat(triplet(1).weightedMean().explain(y, places, vector(1, 2, 1)).toString())
        .contains("2·[max(5 − 3.3541 + 1, 0)]")
        .contains("divided by 4, the sum of the weights");
    assertThat(triplet().explain(new double[20], new double[20][2]).toString())
        .contains("none of another label", "8 more samples");
    assertThat(circle().explain(y, directions).value()).isEqualTo(circle().of(y, directions));
  }

  @Test
  void theyNameTheirFormulaThoughItIsWrittenByHand() {
    assertThat(triplet(0.5))
        .hasToString(
            "triplet: 1/n Σᵢ ℓᵢ, ℓᵢ = 1/(|Pᵢ|·|Nᵢ|) Σₚ Σₖ max(dᵢₚ − dᵢₖ + m, 0) over p in Pᵢ, k in"
                + " Nᵢ, dᵢⱼ = ‖ŷᵢ − ŷⱼ‖, m = 0.5");
    assertThat(circle().formula().latex())
        .startsWith("L = \\frac{1}{n_+}\\sum_{i=1}^{n} \\ell_i,\\quad \\ell_i = \\log")
        .endsWith("\\gamma = 80,\\quad m = 0.4");
    assertThat(circle().sum().formula().text()).startsWith("L = Σᵢ ℓᵢ, ℓᵢ = log(1 + ");
    assertThat(circle().derivative().text())
        .contains("∂ℓᵢ/∂dᵢⱼ = 2γ·(1 − exp(−ℓᵢ))·(sᵢⱼ·dᵢⱼ if j in Pᵢ, −sᵢⱼ·(1 − dᵢⱼ) if j in Nᵢ)");
    assertThat(triplet().derivative().latex()).contains("\\#\\{k \\in N_i: d_{ij} + m > d_{ik}\\}");
    assertThat(triplet().weightedMean().toString()).startsWith("triplet: (Σᵢ wᵢ·ℓᵢ)/(Σᵢ wᵢ), ");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> triplet().plus(circle()))
        .hasMessage(
            "plus expects losses that are formulas over one row but receives triplet, which"
                + " compares the samples of a batch: train with it alone.");
    assertThatThrownBy(() -> circle().times(2)).hasMessageStartingWith("times expects losses");
    assertThatThrownBy(() -> triplet(0)).hasMessageContaining("margin above 0");
    assertThatThrownBy(() -> circle().margin(1.5))
        .hasMessageContaining("circle expects margin between 0 and 1");
    assertThatThrownBy(() -> triplet().of(vector(0.5, 0, 1), places))
        .hasMessageContaining("y[0] is 0.5: number the groups");
    assertThat(mse().spec().isFormula()).isTrue();
  }
}
