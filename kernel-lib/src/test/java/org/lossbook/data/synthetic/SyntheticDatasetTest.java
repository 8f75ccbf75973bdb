package org.lossbook.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.makeBlobs;
import static org.lossbook.Lossbook.makeClassification;
import static org.lossbook.Lossbook.makeMoons;
import static org.lossbook.Lossbook.makeRegression;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.row;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import tech.tablesaw.api.Table;

class SyntheticDatasetTest {
  static List<SyntheticDataset> makers() {
    return List.of(
        makeRegression(60).noise(0.1),
        makeClassification(60).classes(3),
        makeMoons(60).noise(0.1),
        makeBlobs(60));
  }

  private static double[] column(Table table, String name) {
    return table.numberColumn(name).asDoubleArray();
  }

  private static double mean(double[] numbers) {
    return Arrays.stream(numbers).average().orElseThrow();
  }

  private static double deviation(double[] numbers) {
    double mean = mean(numbers);
    return Math.sqrt(
        Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("makers")
  void itIsADatasetATableAndAPicture(SyntheticDataset made) {
    assertThat(made.size()).isEqualTo(60);
    assertThat(made.table().rowCount()).isEqualTo(60);
    assertThat(made.x().shape()).containsExactly(60, made.sampleShape()[0]);
    assertThat(made.split(0.8, 42).train().size()).isEqualTo(48);
    assertThat(made.data().standardized().split(0.8, 42).test().size()).isEqualTo(12);
    assertThat(made.plot().alt()).contains("points of");
    assertThat(made.mimeBundle().get("text/html")).contains("<table>");
    assertThat(made.toString()).startsWith("60 samples");
    assertThat(made.truth().rowCount()).isPositive();
  }

  @Test
  void theSeedAloneDeterminesTheData() {
    assertThat(all(makeMoons(50).noise(0.2).seed(3)))
        .isEqualTo(all(makeMoons(50).noise(0.2).seed(3)));
    assertThat(all(makeMoons(50).noise(0.2).seed(3)))
        .isNotEqualTo(all(makeMoons(50).noise(0.2).seed(4)));
    assertThat(all(makeBlobs(50).seed(3))).isNotEqualTo(all(makeBlobs(50).seed(4)));
    assertThat(all(makeRegression(50).seed(3))).isNotEqualTo(all(makeRegression(50).seed(4)));
    assertThat(all(makeClassification(50).seed(3)))
        .isNotEqualTo(all(makeClassification(50).seed(4)));
  }

  /** Numbers that Java 17 and Java 25 on x86-64 gave. */
  @Test
  void itIsTheSameOnEveryMachineAndWithEveryJava() {
    assertThat(Arrays.hashCode(all(makeMoons(50).noise(0.2).seed(3)))).isEqualTo(-317850437);
    assertThat(Arrays.hashCode(all(makeBlobs(50).seed(3)))).isEqualTo(1585016179);
    assertThat(Arrays.hashCode(all(makeRegression(50).noise(0.5).seed(3)))).isEqualTo(-432405544);
    assertThat(Arrays.hashCode(all(makeClassification(50).classes(3).redundant(2).seed(3))))
        .isEqualTo(-660928888);
  }

  static float[] all(Dataset data) {
    float[] x = data.x().toArray();
    float[] both = Arrays.copyOf(x, x.length + data.size());
    System.arraycopy(data.y().toArray(), 0, both, x.length, data.size());
    return both;
  }

  @Test
  void aRegressionIsTheSumOfItsTruthAndItsNoise() {
    var exact = makeRegression(500).features(4).informative(3).bias(2).seed(5);
    double[] w = exact.coefficients();
    assertThat(w).hasSize(4);
    assertThat(w[3]).isZero();
    assertThat(column(exact.truth(), "coefficient")).containsExactly(w[0], w[1], w[2], 0, 2);
    for (double left : residuals(exact, column(exact.table(), "y"))) {
      assertThat(left).isCloseTo(0, within(1e-9));
    }

    var noisy = exact.noise(0.5);
    assertThat(column(noisy.table(), "x1")).isEqualTo(column(exact.table(), "x1"));
    double[] errors = residuals(noisy, column(noisy.table(), "y"));
    assertThat(mean(errors)).isCloseTo(0, within(0.1));
    assertThat(deviation(errors)).isCloseTo(0.5, within(0.05));
    assertThat(exact.scale(100).coefficients()[0]).isCloseTo(100 * w[0], within(1e-9));
    for (int c = 1; c <= 4; c++) {
      assertThat(mean(column(exact.table(), "x" + c))).isCloseTo(0, within(0.15));
      assertThat(deviation(column(exact.table(), "x" + c))).isCloseTo(1, within(0.1));
    }
  }

  private static double[] residuals(MakeRegression of, double[] y) {
    double[] left = y.clone();
    double[] w = of.coefficients();
    double bias = column(of.truth(), "coefficient")[w.length];
    for (int c = 0; c < w.length; c++) {
      double[] x = column(of.table(), "x" + (c + 1));
      for (int r = 0; r < y.length; r++) {
        left[r] -= w[c] * x[r];
      }
    }
    return Arrays.stream(left).map(v -> v - bias).toArray();
  }

  @Property(tries = 50)
  void moonsLieOnTheirHalfCircles(
      @ForAll @IntRange(min = 2, max = 99) int samples, @ForAll long seed) {
    var table = makeMoons(samples).seed(seed).table();
    double[] x = column(table, "x1");
    double[] y = column(table, "x2");
    double[] label = column(table, "class");
    for (int i = 0; i < samples; i++) {
      double middleX = label[i];
      double middleY = label[i] / 2;
      assertThat(Math.hypot(x[i] - middleX, y[i] - middleY)).isCloseTo(1, within(1e-9));
      assertThat((y[i] - middleY) * (label[i] == 0 ? 1 : -1)).isGreaterThan(-1e-9);
    }
    assertThat(Arrays.stream(label).filter(c -> c == 0).count()).isEqualTo(samples / 2);
  }

  @Test
  void blobsAreRoundAroundTheirCenters() {
    var blobs = makeBlobs(900).centers(3).clusterStd(0.5).seed(2);
    var table = blobs.table();
    var truth = blobs.truth();
    for (int k = 0; k < 3; k++) {
      int label = k;
      var own = table.where(table.intColumn("class").isEqualTo(label));
      assertThat(own.rowCount()).isEqualTo(300);
      for (String name : List.of("x1", "x2")) {
        double center = column(truth, name)[k];
        assertThat(Math.abs(center)).isLessThanOrEqualTo(10);
        assertThat(mean(column(own, name))).isCloseTo(center, within(0.15));
        assertThat(deviation(column(own, name))).isCloseTo(0.5, within(0.06));
      }
    }
    var placed = makeBlobs(20).centers(matrix(row(0, 0, 0), row(5, 5, 5))).clusterStd(0);
    assertThat(placed.sampleShape()).containsExactly(3);
    assertThat(placed.classNames()).containsExactly("0", "1");
    assertThat(column(placed.table(), "x1")).containsOnly(0, 5);
  }

  @Test
  void classesAreClustersAroundCornersOfACube() {
    var made =
        makeClassification(4000)
            .features(6)
            .informative(3)
            .redundant(2)
            .classes(3)
            .classSep(2)
            .flipY(0)
            .seed(1);
    var truth = made.truth();
    var corners = new HashSet<List<Double>>();
    for (int k = 0; k < 3; k++) {
      double[] corner = {column(truth, "x1")[k], column(truth, "x2")[k], column(truth, "x3")[k]};
      assertThat(corner).containsOnly(-2, 2);
      corners.add(Arrays.stream(corner).boxed().toList());
      var own = made.table().where(made.table().intColumn("class").isEqualTo(k));
      assertThat(own.rowCount()).isBetween(1332, 1335);
      assertThat(mean(column(own, "x1"))).isCloseTo(corner[0], within(0.15));
    }
    assertThat(corners).hasSize(3);
    double[] noise = column(made.table(), "x6");
    assertThat(mean(noise)).isCloseTo(0, within(0.06));
    assertThat(deviation(noise)).isCloseTo(1, within(0.05));
  }

  @Test
  void weightsAndFlipsMoveLabels() {
    var rare = makeClassification(1000).weights(0.9, 0.1).flipY(0);
    assertThat(IntStream.range(0, 1000).filter(i -> rare.y().toArray()[i] == 1).count())
        .isEqualTo(100);
    float[] clean = makeClassification(1000).flipY(0).seed(1).y().toArray();
    float[] drawn = makeClassification(1000).flipY(1).seed(1).y().toArray();
    assertThat(IntStream.range(0, 1000).filter(i -> clean[i] != drawn[i]).count())
        .isBetween(430L, 570L);
    assertThat(makeClassification(40).clustersPerClass(2).truth().rowCount()).isEqualTo(4);
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatThrownBy(() -> makeMoons(1))
        .hasMessage(
            "makeMoons expects 2 or more samples but receives 1: 100 is a good first choice.");
    assertThatThrownBy(() -> makeRegression(10).noise(-1))
        .hasMessage(
            "noise expects 0 or more but receives -1.0: it is a standard deviation, in the unit of the numbers.");
    assertThatThrownBy(() -> makeClassification(10).features(2).informative(3).size())
        .hasMessageContaining("receives 2 for 3 and 0: ask for more features.");
    assertThatThrownBy(() -> makeClassification(10).features(1).classes(3).size())
        .hasMessageContaining("1 informative features have 2 corners for 3 clusters");
    assertThatThrownBy(() -> makeClassification(10).weights(0.5, 0.6))
        .hasMessageContaining("1 in all, but receives [0.5, 0.6]");
    assertThatThrownBy(() -> makeClassification(10).weights(0.2, 0.3, 0.5).size())
        .hasMessageContaining("a part for each of 2 classes");
    assertThatThrownBy(() -> makeClassification(10).flipY(2)).hasMessageContaining("receives 2.0");
    assertThatThrownBy(() -> makeBlobs(10).centers((double[][]) null)).hasMessageContaining("null");
    assertThatThrownBy(() -> makeBlobs(10).centerBox(1, 1)).hasMessageContaining("centerBox");
    assertThatThrownBy(() -> makeBlobs(2).centers(3).size()).hasMessageContaining("3 or more");
  }
}
