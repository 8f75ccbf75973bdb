package org.lossbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.augment;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.table;
import static org.lossbook.Lossbook.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lossbook.data.table.TableData;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Datasets made of others: chosen rows, several in one, through a function, folds, wider rows. */
class DerivedDataTest {
  private static final Dataset FIVE =
      dataset(matrix(row(0, 1), row(2, 3), row(4, 5), row(6, 7), row(8, 9)), vector(0, 1, 2, 1, 0));

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void rowsAreThoseOfThePositionsInTheirOrder() {
    Dataset chosen = FIVE.rows(new int[] {4, 0, 4});

    assertThat(chosen.x().toArray()).containsExactly(8, 9, 0, 1, 8, 9);
    assertThat(chosen.y().toArray()).containsExactly(0, 0, 0);
    assertThat(chosen.classNames()).containsExactly("0", "1", "2");
    assertThat(FIVE.x().rows(1, 4).rows(new int[] {2, 0}).toArray()).containsExactly(6, 7, 2, 3);
    assertThat(FIVE.y().rows(new int[] {2}).toArray()).containsExactly(2);
    refused(
        () -> FIVE.rows(new int[] {0, 5}),
        "rows expects positions from 0 to 4 but receives 5 in place 1: there are 5 samples.");
    refused(
        () -> FIVE.rows((int[]) null),
        "rows expects positions but receives null: write rows(new int[] {0, 2, 4}).");
  }

  /** A dataset of a reader's own: four samples, each of which is its position. */
  private record Counted(List<Integer> read) implements Dataset {
    @Override
    public int size() {
      return 4;
    }

    @Override
    public int[] sampleShape() {
      return new int[] {1};
    }

    @Override
    public int[] targetShape() {
      return new int[0];
    }

    @Override
    public boolean hasLabels() {
      return true;
    }

    @Override
    public List<String> classNames() {
      return List.of("even", "odd");
    }

    @Override
    public void gatherX(int[] order, int from, int count, float[] into) {
      for (int i = 0; i < count; i++) {
        read.add(order[from + i]);
        into[i] = order[from + i];
      }
    }

    @Override
    public void gatherY(int[] order, int from, int count, float[] into) {
      for (int i = 0; i < count; i++) {
        into[i] = order[from + i] % 2;
      }
    }
  }

  @Test
  void aDatasetOfAReadersOwnHasAllViewsAndIsAskedForTheRowsOfABatchOnly() {
    List<Integer> read = new ArrayList<>();
    Dataset own = new Counted(read);
    assertThat(own.rows(0, 4)).isSameAs(own);
    assertThat(own.plain()).isSameAs(own);

    Dataset view = own.rows(1, 4).rows(new int[] {2, 0}).concat(own.take(1)).oneHot();
    assertThat(view).hasToString("3 samples [1], targets [2]");
    assertThat(view.forEpoch(1)).isSameAs(view);
    assertThat(view.plain()).isSameAs(view);
    assertThat(read).isEmpty();

    assertThat(view.x().rows(0, 2).toArray()).containsExactly(3, 1);
    assertThat(read).containsExactly(3, 1);
    assertThat(view.y().toArray()).containsExactly(0, 1, 0, 1, 1, 0);
    assertThat(own.augmented(augment().noise(0.1)).rows(2, 4).plain().x().toArray())
        .containsExactly(2, 3);
    assertThat(own.map(x -> 10 * x.get(0)).x().toArray()).containsExactly(0, 10, 20, 30);
    assertThat(own.kFold(2, 1)).hasSize(2);
    assertThat(own.shuffled(3).preparation()).isEmpty();
  }

  @Test
  void labelsWithGapsBecomeRowsOfAsManyAsThereAreClasses() {
    Dataset gaps = dataset(vector(1, 2, 3), vector(0, 2, 5));
    assertThat(gaps.hasLabels()).isFalse();
    Dataset rows = gaps.oneHot(6);

    assertThat(rows.targetShape()).containsExactly(6);
    assertThat(rows.y().toArray())
        .containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(rows.classNames()).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(FIVE.oneHot(3).y().toArray()).isEqualTo(FIVE.oneHot().y().toArray());
    assertThat(FIVE.oneHot(4).targetShape()).containsExactly(4);
    refused(
        () -> gaps.oneHot(5),
        "oneHot expects labels from 0 to 4 but sample 2 has 5: write oneHot(6) or more.");
    refused(
        () -> dataset(vector(1, 2), vector(0, 0.5)).oneHot(3),
        "oneHot expects labels from 0 to 2 but sample 1 has 0.5: labels are integers 0 to k-1.");
    refused(
        () -> FIVE.oneHot(1),
        "oneHot expects 2 classes or more but receives 1: it is the length of a row.");
    refused(
        () -> FIVE.oneHot().oneHot(3),
        "oneHot expects a label for each sample but receives targets [3]: labels are integers 0 to k-1.");
  }

  @Test
  void severalDatasetsAreReadAsOneInAnyOrder() {
    Dataset more = dataset(matrix(row(10, 11), row(12, 13)), vector(2, 0));
    Dataset all = FIVE.concat(more, FIVE.rows(0, 1));

    assertThat(all).hasToString("8 samples [2], 3 classes");
    float[] x = new float[8];
    float[] y = new float[4];
    int[] order = {-1, 6, 0, 7, 5};
    all.gatherX(order, 1, 4, x);
    all.gatherY(order, 1, 4, y);
    assertThat(x).containsExactly(12, 13, 0, 1, 0, 1, 10, 11);
    assertThat(y).containsExactly(0, 0, 0, 2);
    assertThat(all.shuffled(3).rows(2, 6).x().toArray()).hasSize(8);
    assertThat(all.concat(all).size()).isEqualTo(16);
  }

  @Test
  void labelsOfPartsStayLabelsWhereTheyMeanTheSame() {
    Dataset two = dataset(matrix(row(1, 1), row(2, 2)), vector(1, 0));
    Dataset gaps = dataset(matrix(row(1, 1)), vector(2));
    Dataset measured = dataset(matrix(row(1, 1)), vector(0.5));

    assertThat(FIVE.concat(two).classNames()).containsExactly("0", "1", "2");
    assertThat(two.concat(FIVE, gaps).classNames()).containsExactly("0", "1", "2");
    assertThat(FIVE.concat(measured).hasLabels()).isFalse();
    assertThat(measured.concat(measured).hasLabels()).isFalse();
    refused(
        () -> FIVE.concat(dataset(vector(1), vector(2))),
        "concat expects datasets of the same shape but receives samples [2] and [1]: reshape them first.");
    refused(
        () -> FIVE.concat(FIVE.oneHot()),
        "concat expects datasets of the same shape but receives targets [] and [3]: reshape them first.");
    refused(
        () -> FIVE.concat((Dataset) null),
        "concat expects datasets but receives null: write one.concat(two).");
  }

  @Test
  void partsAreAugmentedEachForItself() {
    Dataset noisy = FIVE.augmented(augment().noise(0.1));
    Dataset both = FIVE.concat(noisy);

    assertThat(both.plain().x().toArray()).startsWith(FIVE.x().toArray());
    assertThat(both.plain().x().rows(5, 10).toArray()).isEqualTo(FIVE.x().toArray());
    assertThat(both.forEpoch(1).x().rows(0, 5).toArray()).isEqualTo(FIVE.x().toArray());
    assertThat(both.forEpoch(1).x().rows(5, 10).toArray())
        .isNotEqualTo(both.forEpoch(2).x().rows(5, 10).toArray());
  }

  @Test
  void samplesGoThroughAFunctionAndSoMayTargets() {
    Dataset sums =
        FIVE.map(
            x -> {
              float[] numbers = x.toFloats();
              return vector(numbers[0] + numbers[1], numbers[0], numbers[1]);
            });
    assertThat(sums.sampleShape()).containsExactly(3);
    assertThat(sums.rows(1, 3).x().toArray()).containsExactly(5, 2, 3, 9, 4, 5);
    assertThat(sums.classNames()).containsExactly("0", "1", "2");

    Dataset measured = FIVE.map(x -> x, y -> y.toFloats()[0] / 4);
    assertThat(measured.y().toArray()).containsExactly(0, 0.25f, 0.5f, 0.25f, 0);
    assertThat(measured.hasLabels()).isFalse();
    Dataset odd = FIVE.map(x -> x, y -> y.toFloats()[0] % 2);
    assertThat(odd.classNames()).containsExactly("0", "1");
    assertThat(odd.shuffled(1).rows(0, 2).y().toArray())
        .isEqualTo(FIVE.shuffled(1).rows(0, 2).map(x -> x, y -> y.toFloats()[0] % 2).y().toArray());
    assertThat(FIVE.map(x -> x.toFloats()[0]).sampleShape()).containsExactly(1);
  }

  @Test
  void aFunctionThatGivesNoSampleIsAnsweredWithThePlace() {
    refused(
        () -> FIVE.map(null),
        "map expects a function of a sample but receives null: write map(x -> …).");
    refused(
        () -> FIVE.map(x -> x.toFloats()[0] < 4 ? vector(1, 2) : vector(1)).x().toArray(),
        "map expects samples of one shape but receives [1] for sample 2 where the first one became"
            + " [2]: pad or cut them.");
    refused(
        () -> FIVE.map(x -> x.toFloats()[0] < 4 ? x : null).x().toArray(),
        "map expects its function to return numbers but receives null for sample 2: end it with return and an array.");
    refused(
        () -> FIVE.map(x -> x, y -> y.toFloats()[0] > 1 ? vector(1, 2) : vector(1)),
        "map expects targets of one shape but receives [2] for sample 2 where the first one became"
            + " [1]: give each as many numbers.");
  }

  @Test
  void eachSampleIsInTheTestOfOneFoldAndInTheTrainingOfTheOthers() {
    List<Split> folds = FIVE.kFold(3, 7);

    assertThat(folds).hasSize(3);
    assertThat(folds.get(0).name()).isEqualTo("fold 1 of 3");
    assertThat(folds.stream().map(fold -> fold.test().size())).containsExactly(2, 2, 1);
    List<Float> tested = new ArrayList<>();
    for (Split fold : folds) {
      List<Float> own = firsts(fold.test());
      assertThat(firsts(fold.train())).doesNotContainAnyElementsOf(own).hasSize(5 - own.size());
      tested.addAll(own);
    }
    assertThat(tested).containsExactlyInAnyOrder(0f, 2f, 4f, 6f, 8f);
    assertThat(firsts(FIVE.kFold(3, 7).get(1).test())).isEqualTo(firsts(folds.get(1).test()));
    assertThat(FIVE.kFold(5, 1)).hasSize(5);
    refused(
        () -> FIVE.kFold(1, 1),
        "kFold expects 2 folds to as many as there are samples, 5, but receives 1: 5 is a common choice.");
    refused(
        () -> FIVE.kFold(6, 1),
        "kFold expects 2 folds to as many as there are samples, 5, but receives 6: 5 is a common choice.");
  }

  private static List<Float> firsts(Dataset data) {
    float[] x = data.x().toArray();
    return IntStream.range(0, data.size()).mapToObj(i -> x[2 * i]).toList();
  }

  @Test
  void foldsOfATableLearnFromTheirOwnTrainingRowsAlone() {
    double[] numbers = IntStream.range(0, 10).asDoubleStream().toArray();
    Table table =
        Table.create(
            "numbers", DoubleColumn.create("a", numbers), DoubleColumn.create("b", numbers));
    TableData data = table(table).features("a").target("b").standardized();
    for (Split fold : data.kFold(4, 1)) {
      float[] x = fold.train().x().toArray();
      double mean = IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();

      assertThat(mean).isBetween(-1e-6, 1e-6);
      assertThat(fold.train().size() + fold.test().size()).isEqualTo(10);
      assertThat(fold.prepare(table).size()).isEqualTo(10);
    }
    assertThat(
            data.kFold(4, 1).stream()
                .flatMap(fold -> Arrays.stream(fold.test().y().toDoubles()).boxed()))
        .containsExactlyInAnyOrder(Arrays.stream(numbers).boxed().toArray(Double[]::new));
  }
}
