package org.lossbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DatasetTest {
  /** Sample i is (i, 10·i), its target i / 2. */
  private static Dataset counting(int size) {
    double[][] x =
        IntStream.range(0, size).mapToObj(i -> vector(i, 10 * i)).toArray(double[][]::new);
    double[] y = IntStream.range(0, size).mapToDouble(i -> i / 2.0).toArray();
    return Dataset.of(x, y);
  }

  @Test
  void aDatasetOfArraysSaysWhatItHolds() {
    var xor =
        Dataset.of(
            matrix(vector(0, 0), vector(0, 1), vector(1, 0), vector(1, 1)), vector(0, 1, 1, 0));

    assertThat(xor).hasToString("4 samples [2], 2 classes");
    assertThat(xor.x().shape()).containsExactly(4, 2);
    assertThat(xor.y().shape()).containsExactly(4);
    assertThat(xor.classNames()).containsExactly("0", "1");
    assertThat(counting(3)).hasToString("3 samples [2], targets []");
  }

  @Test
  void wholeNumbersThatSkipOneAreMeasurementsAndNotLabels() {
    assertThat(Dataset.of(vector(1, 2), vector(3, 5)).hasLabels()).isFalse();
    assertThat(Dataset.of(vector(1, 2, 3), vector(0, 2, 0)).hasLabels()).isFalse();
    assertThat(Dataset.of(vector(1, 2), vector(0, -1)).hasLabels()).isFalse();
    assertThat(Dataset.of(vector(1, 2), vector(0, 0)).hasLabels()).isFalse();
    assertThat(Dataset.of(vector(1, 2), vector(1, 0)).hasLabels()).isTrue();
  }

  @Test
  void targetsInRowsKeepTheirShape() {
    var oneHot = Dataset.of(vector(1, 2), matrix(vector(1, 0), vector(0, 1)));

    assertThat(oneHot.targetShape()).containsExactly(2);
    assertThat(oneHot.hasLabels()).isFalse();
  }

  @Test
  void samplesAndTargetsOfDifferentCountAreRefused() {
    assertThatThrownBy(() -> Dataset.of(matrix(vector(1, 2), vector(3, 4)), vector(1)))
        .hasMessage(
            "dataset expects a target for each sample but receives 2 samples [2, 2] and 1 targets [1]: give equally many.");
    assertThatThrownBy(() -> Dataset.of(1, 2))
        .hasMessageStartingWith(
            "dataset expects a row for each sample but receives a single number");
    assertThatThrownBy(() -> Dataset.of(vector(1, Double.NaN), vector(1, 2)))
        .hasMessageStartingWith("dataset expects finite numbers but x has NaN at [1]");
  }

  @Test
  void rowsAreHalfOpenAndNest() {
    var data = counting(10);

    assertThat(data.x().rows(2, 4)).hasToString("samples of 10 samples [2], targets []: [2, 2]");
    assertThat(data.x().rows(2, 8).rows(1, 3).toArray()).containsExactly(3, 30, 4, 40);
    assertThat(data.y().rows(1, 3).toDoubles()).containsExactly(0.5, 1.0);
    assertThat(data.rows(2, 8).rows(1, 3).y()).hasToString("[1.5, 2]");
    assertThat(data.take(3).y()).hasToString("[0, 0.5, 1]");
    assertThat(data.take(99).size()).isEqualTo(10);
    assertThatThrownBy(() -> data.rows(5, 11)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> data.x().rows(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Property(tries = 100)
  void shufflingKeepsEverySampleBesideItsTarget(
      @ForAll @IntRange(min = 1, max = 50) int size, @ForAll long seed) {
    var shuffled = counting(size).shuffled(seed);
    float[] x = shuffled.x().toArray();
    float[] y = shuffled.y().toArray();

    assertThat(IntStream.range(0, size).mapToObj(i -> (int) x[2 * i]))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, size).boxed().toList());
    for (int i = 0; i < size; i++) {
      assertThat(x[2 * i + 1]).isEqualTo(10 * x[2 * i]);
      assertThat(y[i]).isEqualTo(x[2 * i] / 2);
    }
  }

  @Test
  void theSameSeedShufflesTheSameWayAndAnotherDoesNot() {
    var data = counting(100);

    assertThat(data.shuffled(1).y().toArray()).isEqualTo(data.shuffled(1).y().toArray());
    assertThat(data.shuffled(1).y().toArray()).isNotEqualTo(data.shuffled(2).y().toArray());
  }

  @Property(tries = 100)
  void batchesGoOverEverySampleOnceAndInOrder(
      @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll @IntRange(min = 1, max = 60) int batch) {
    var seen = new ArrayList<Float>();
    var sizes = new ArrayList<Integer>();
    for (var b : counting(size).batches(batch)) {
      sizes.add(b.size());
      assertThat(b.x().size()).isEqualTo(b.y().size());
      for (float y : b.y().toArray()) {
        seen.add(2 * y);
      }
    }

    assertThat(seen).isEqualTo(IntStream.range(0, size).mapToObj(i -> (float) i).toList());
    assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(n -> n == batch);
  }

  @Test
  void aBatchOfNoneIsRefused() {
    assertThatThrownBy(() -> counting(3).batches(0))
        .hasMessage(
            "batches expects a size of 1 or more but receives 0: 32 is a good first choice.");
  }

  @Property(tries = 50)
  void aSplitCutsWithoutLosingOrSharingASample(
      @ForAll @IntRange(min = 2, max = 50) int size, @ForAll long seed) {
    var split = counting(size).split(0.5, seed);
    var all = new ArrayList<Float>();
    for (Dataset part : List.of(split.train(), split.test())) {
      for (float y : part.y().toArray()) {
        all.add(2 * y);
      }
    }

    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, size).mapToObj(i -> (float) i).toList());
  }

  @Test
  void aSplitThatLeavesOneSideEmptyIsRefused() {
    assertThat(counting(10).split(0.8, 42).train().size()).isEqualTo(8);
    assertThatThrownBy(() -> counting(10).split(1, 42))
        .hasMessage(
            "split expects a fraction that leaves samples on both sides but receives 1.0 of 10 samples: 0.8 trains on four of five.");
    assertThatThrownBy(() -> counting(10).split(Double.NaN, 42)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> counting(10).split(80, 42)).hasMessageContaining("80.0");
  }

  @Test
  void oneClassAgainstTheRestIsAQuestionOfYesOrNo() {
    var colours = Dataset.of(vector(1, 2, 3, 4), vector(2, 0, 1, 2));
    var second = colours.oneAgainstRest(2);

    assertThat(second.y().toArray()).containsExactly(1, 0, 0, 1);
    assertThat(second.classNames()).containsExactly("not 2", "2");
    assertThat(second.shuffled(1).rows(0, 2).classNames()).containsExactly("not 2", "2");
    assertThat(second.x().toArray()).containsExactly(1, 2, 3, 4);
    assertThat(second.oneHot().y().toArray()).containsExactly(0, 1, 1, 0, 1, 0, 0, 1);
    assertThatThrownBy(() -> colours.oneAgainstRest(3))
        .hasMessage(
            "oneAgainstRest expects a label from 0 to 2 but receives 3: these are the classes 0, 1, 2.");
    assertThatThrownBy(() -> colours.oneAgainstRest(-1)).hasMessageContaining("receives -1");
    assertThatThrownBy(() -> colours.oneHot().oneAgainstRest(1))
        .hasMessage(
            "oneAgainstRest expects class labels but receives targets [3]: labels are integers 0 to k-1.");
  }
}
