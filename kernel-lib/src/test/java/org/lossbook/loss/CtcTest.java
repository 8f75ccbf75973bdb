package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.ctc;
import static org.lossbook.Lossbook.ctcDecode;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.editDistance;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.loss.sequence.CtcDecode;
import org.lossbook.metric.SampleShape;

/** Connectionist temporal classification, by hand, in a model, and what it says. */
class CtcTest {
  private static final double[][] Z = {
    {0.3, 1.2, -0.5}, {0, -1, 0.7}, {1.1, 0.2, 0.4}, {-0.6, 0, 2}
  };

  /** The sum over all alignments, one by one. */
  private static double listed(double[][] z, int... labels) {
    int steps = z.length;
    int classes = z[0].length;
    double sum = 0;
    for (int path = 0; path < Math.pow(classes, steps); path++) {
      double p = 1;
      StringBuilder said = new StringBuilder();
      int before = 0;
      for (int t = 0, rest = path; t < steps; t++, rest /= classes) {
        int k = rest % classes;
        double all = Arrays.stream(z[t]).map(Math::exp).sum();
        p *= Math.exp(z[t][k]) / all;
        said.append(k != 0 && k != before ? k + "," : "");
        before = k;
      }
      StringBuilder wanted = new StringBuilder();
      Arrays.stream(labels).forEach(label -> wanted.append(label).append(","));
      sum += said.toString().contentEquals(wanted) ? p : 0;
    }
    return -Math.log(sum);
  }

  @Test
  void itIsTheSurpriseAtAllAlignmentsTogether() {
    for (int[] labels : new int[][] {{1}, {1, 2}, {2, 1, 2}, {1, 1}, {}, {2, 2}, {1, 2, 1, 2}}) {
      double[] y = Arrays.stream(labels).asDoubleStream().toArray();
      double[] padded = Arrays.copyOf(y, 5);
      assertThat(ctc().of(padded, Z)).isCloseTo(listed(Z, labels), within(1e-12));
      if (y.length > 0) {
        assertThat(ctc().of(y, Z)).isCloseTo(listed(Z, labels), within(1e-12));
      }
    }
    assertThat(ctc().of(vector(1, 2, -1), Z)).isEqualTo(ctc().of(vector(1, 2), Z));
  }

  @Test
  void labelsThatNeedMoreStepsAreInfinitelySurprisingAndHaveNoSlope() {
    assertThat(ctc().of(vector(1, 1, 1), Z)).isInfinite();
    assertThat(ctc().of(vector(1, 2, 1, 2, 1), Z)).isInfinite();
    assertThat(ctc().gradient(vector(1, 1, 1), Z)).isDeepEqualTo(new double[4][3]);
    assertThat(ctc().explain(vector(1, 1, 1), Z).toString()).contains("infinite");
  }

  @Test
  void stepsOfWeightZeroAtTheEndAreNotThere() {
    double[][][] one = {Z};
    double[][] weights = {{2, 2, 2, 0}};
    double[][] shorter = Arrays.copyOf(Z, 3);
    assertThat(ctc().of(matrix(row(1, 2)), one, weights))
        .isCloseTo(2 * ctc().of(vector(1, 2), shorter), within(1e-12));
    assertThat(ctc().gradient(matrix(row(1, 2)), one, weights)[3]).containsOnly(0);
    assertThat(ctc().weightedMean().of(matrix(row(1, 2)), one, weights))
        .isCloseTo(ctc().of(vector(1, 2), shorter), within(1e-12));
  }

  @Test
  void itsExplanationListsTheAlignments() {
    double[][] even = {{0, 0}, {0, 0}};
    assertThat(ctc().explain(vector(1), even).toString())
        .contains("1 1: 0.5·0.5", "– 1: 0.5·0.5", "1 –: 0.5·0.5", "−log 0.75")
        .doesNotContain("– –")
        .endsWith("0.287682 nats");
  }

  @Test
  void asAMetricItIsTheMeanOverAllSamples() {
    var tally = ctc().tally(new SampleShape(2, 1, 2, 2, 2));
    tally.add(new float[] {1, 0, 1, 0}, new float[8], null, 4);
    tally.add(new float[] {0, 0}, new float[4], null, 2);
    assertThat(tally.value()).isCloseTo((2 * Math.log(4.0 / 3) + Math.log(4)) / 3, within(1e-6));
  }

  @Test
  void whatCannotBeIsSaidWithTheWayOut() {
    assertThatThrownBy(() -> ctc().of(vector(3), Z))
        .hasMessageStartingWith(
            "ctc expects labels 1 to 2 for 3 classes, of which 0 is the blank, but y[0] is 3:");
    assertThatThrownBy(() -> ctc().of(matrix(row(1), row(2)), new double[][][] {Z}))
        .hasMessageContaining("the labels of each of the 1 samples");
    assertThatThrownBy(() -> ctc().of(vector(1), vector(1, 2)))
        .hasMessageContaining("a row of logits for each step");
    assertThatThrownBy(() -> ctc().plus(mse())).hasMessageContaining("ctc");
    assertThatThrownBy(() -> ctc().ignore(0)).hasMessageContaining("ignore");
    var softmax = sequential(input(4, 2), dense(3).softmax());
    assertThatThrownBy(() -> softmax.compile(adam(), ctc())).hasMessageContaining("ctc");
    assertThatThrownBy(() -> ctcDecode().topPaths(2)).hasMessageContaining("as many beams");
    assertThatThrownBy(() -> ctcDecode().of(vector(1, 2))).hasMessageContaining("each step");
  }

  /** Numbers that follow each other, with a step of silence between them. */
  @Test
  void aModelLearnsWhatIsSaidWithoutBeingToldWhen() {
    Random random = new Random(3);
    double[][][] x = new double[60][8][4];
    double[][] y = new double[60][3];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < 3; k++) {
        int label = 1 + random.nextInt(3);
        y[i][k] = label;
        int at = 3 * k + random.nextInt(2);
        x[i][at][label] = 1;
      }
    }
    try (var model =
        sequential(input(8, 4), dense(4))
            .seed(1)
            .compile(adam().learningRate(0.1), ctc(), editDistance().ctc())) {
      var history = model.fit(x, y, epochs(30).batchSize(16).seed(1).quiet());
      assertThat(history.last("edit_distance")).isLessThan(0.05);
      assertThat(model.evaluate(x, y).get("edit_distance")).isLessThan(0.05);
      int[] said = ctcDecode().of(model.predict(x))[0];
      assertThat(said).containsExactly((int) y[0][0], (int) y[0][1], (int) y[0][2]);

      double[][] tooMany = new double[60][9];
      double[][] equal = new double[60][5];
      Arrays.stream(equal).forEach(row -> Arrays.fill(row, 1));
      assertThatThrownBy(() -> model.fit(x, equal, epochs(1).quiet()))
          .hasMessageStartingWith("ctc expects a step for each label")
          .hasMessageContaining(
              "sample 0 has 5 labels, 4 of them like the one before, and 8 steps");
      Arrays.stream(tooMany).forEach(row -> Arrays.fill(row, 1));
      assertThatThrownBy(() -> model.fit(x, tooMany, epochs(1).quiet()))
          .hasMessageContaining("at most as many labels but sample 0 has 9");
      assertThatThrownBy(() -> model.fit(x, new double[60][3][2], epochs(1).quiet()))
          .hasMessageContaining("the labels of a sample as a row");
    }
  }

  @Test
  void beamsFindWhatNoSingleAlignmentShows() {
    double[][] z = {
      {Math.log(0.4), Math.log(0.35), Math.log(0.25)},
      {Math.log(0.4), Math.log(0.35), Math.log(0.25)}
    };
    assertThat(ctcDecode().of(z)[0]).isEmpty();
    CtcDecode beams = ctcDecode().beams(10).topPaths(3);
    assertThat(beams.of(z)[0]).containsExactly(1);
    List<CtcDecode.Path> best = beams.paths(z).get(0);
    assertThat(best.get(0).score()).isCloseTo(-listed(z, 1), within(1e-12));
    assertThat(best.get(1).labels()).containsExactly(2);
    assertThat(best.get(1).score()).isCloseTo(-listed(z, 2), within(1e-12));
    assertThat(best).hasSize(3);
  }

  /** What Keras's ctc_decode says on PyTorch, by 50 beams and by 2. */
  @Test
  void beamsAreThoseOfKeras() {
    double[][][] z = {
      {
        {-1.2, -1.99, -0.37, 0.63}, {1.7, 0.16, -0.83, -1.18}, {1.12, 2.45, 0.41, -1.85},
        {-1.44, 2.4, 0.3, -2.6}, {-0.13, -1.74, -0.94, -0.73}, {-1.07, 0.83, -0.09, -0.88}
      },
      {
        {0.61, 1.24, -2.46, -0.39}, {-1.47, -0.26, -1.93, 0.03}, {-0.06, -0.46, -1.57, -0.59},
        {-1.64, -2.03, 0.34, -1.66}, {1.76, 1.07, -3.0, 0.41}, {-1.65, 0.05, 0.07, -2.98}
      }
    };
    double[][] scores = {
      {-2.1034326553344727, -2.3924808502197266, -2.58683705329895},
      {-2.462390661239624, -2.467665672302246, -2.918861150741577}
    };
    List<List<List<Integer>>> labels =
        List.of(
            List.of(List.of(3, 1, 1), List.of(3, 1, 2), List.of(3, 1, 2, 1)),
            List.of(List.of(1, 3, 2, 1), List.of(1, 2, 1), List.of(1, 3, 2, 2)));
    var many = ctcDecode().beams(50).topPaths(3).paths(z);
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 3; k++) {
        assertThat(many.get(i).get(k).labels()).isEqualTo(labels.get(i).get(k));
        assertThat(many.get(i).get(k).score()).isCloseTo(scores[i][k], within(1e-5));
      }
    }
    var few = ctcDecode().beams(2).topPaths(2).paths(z);
    assertThat(few.get(0).get(1).labels()).containsExactly(3, 1, 3, 1);
    assertThat(few.get(0).get(1).score()).isCloseTo(-3.1106648445129395, within(1e-5));
    assertThat(few.get(1).get(0).labels()).containsExactly(1, 3, 2, 2);
    var greedy = ctcDecode().paths(z);
    assertThat(greedy.get(0).get(0).score()).isCloseTo(-7.88, within(1e-6));
    assertThat(ctcDecode().of(z)[1]).containsExactly(1, 3, 2, 2);
  }

  @Test
  void greedyDecodingKeepsRepeatedLabelsWhereAsked() {
    double[][] z = {{0, 5}, {0, 4}, {3, 0}, {0, 2}};
    assertThat(ctcDecode().of(z)[0]).containsExactly(1, 1);
    assertThat(ctcDecode().keepRepeated().of(z)[0]).containsExactly(1, 1, 1);
    assertThat(ctcDecode().paths(z).get(0).get(0).score()).isEqualTo(-14);
  }
}
