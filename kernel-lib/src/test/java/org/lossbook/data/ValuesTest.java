package org.lossbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.vector;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ValuesTest {
  static Arguments[] everyKindOfArray() {
    var columns = Table.create(IntColumn.create("a", 1, 3), DoubleColumn.create("b", 2, 4));
    return new Arguments[] {
      Arguments.of(7, "7", new int[] {}),
      Arguments.of(2.5f, "2.5", new int[] {}),
      Arguments.of(vector(3, 5), "[3, 5]", new int[] {2}),
      Arguments.of(new float[] {0.1f, 2}, "[0.1, 2]", new int[] {2}),
      Arguments.of(new int[] {1, 0}, "[1, 0]", new int[] {2}),
      Arguments.of(new long[] {1, 0}, "[1, 0]", new int[] {2}),
      Arguments.of(new Integer[] {1, 0}, "[1, 0]", new int[] {2}),
      Arguments.of(matrix(vector(1, 2), vector(3, 4)), "[[1, 2], [3, 4]]", new int[] {2, 2}),
      Arguments.of(new float[][] {{0.1f}, {2}}, "[[0.1], [2]]", new int[] {2, 1}),
      Arguments.of(
          new double[][][] {{{1}, {2}}}, "values [1, 2, 1] [1, 2, …]", new int[] {1, 2, 1}),
      Arguments.of(columns, "[[1, 2], [3, 4]]", new int[] {2, 2}),
      Arguments.of(columns.column("b"), "[2, 4]", new int[] {2}),
      Arguments.of(Nd4j.createFromArray(new double[][] {{1, 2}}), "[[1, 2]]", new int[] {1, 2}),
      Arguments.of(Nd4j.scalar(4.0), "4", new int[] {}),
      Arguments.of(Nd4j.createFromArray(1, 2), "[1, 2]", new int[] {2}),
      Arguments.of(Dataset.of(vector(5, 6), vector(0, 1)).x(), "[[5], [6]]", new int[] {2, 1}),
    };
  }

  @ParameterizedTest
  @MethodSource("everyKindOfArray")
  void everyKindOfArrayBecomesNumbersWithAShape(Object array, String text, int[] shape) {
    var values = Values.of("mse", array);

    assertThat(values.shape()).containsExactly(shape);
    assertThat(values).hasToString(text);
  }

  @Test
  void aTransposedViewOfAnNd4jArrayIsReadInItsOwnOrder() {
    var array = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});

    assertThat(Values.of("mse", array.transpose())).hasToString("[[1, 4], [2, 5], [3, 6]]");
    assertThat(Values.of("mse", array.get(NDArrayIndex.all(), NDArrayIndex.point(1))))
        .hasToString("[2, 5]");
  }

  @Property(tries = 50)
  void nd4jGivesBackTheNumbersAndTheShape(
      @ForAll @Size(12) float[] numbers, @ForAll @IntRange(min = 1, max = 3) int rows) {
    var values = Values.of(numbers, rows, 12 / rows);

    assertThat(Values.of("mse", values.toINDArray())).isEqualTo(values);
    assertThat(values.toINDArray().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(Values.of(new double[] {1}, 1).toINDArray().dataType()).isEqualTo(DataType.DOUBLE);
  }

  @Test
  void raggedRowsAreRefused() {
    assertThatThrownBy(() -> Values.of("mse", new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mse expects rows of equal length but receives one of 1 and one of 2: pad the short row or cut the long one.");
  }

  @Test
  void emptyArraysAreRefused() {
    assertThatThrownBy(() -> Values.of("mse", vector()))
        .hasMessage(
            "mse expects numbers but receives an empty array [0]: give it at least one row.");
    assertThatThrownBy(() -> Values.of("mse", new double[3][0])).hasMessageContaining("[3, 0]");
    assertThatThrownBy(() -> Values.of("mse", Table.create())).hasMessageContaining("[0, 0]");
    assertThatThrownBy(() -> Values.of("mse", Nd4j.empty(DataType.FLOAT)))
        .hasMessageContaining("empty array");
  }

  @Test
  void whatHoldsNoNumbersIsRefused() {
    assertThatThrownBy(() -> Values.of("mse", "3"))
        .hasMessage(
            "mse expects numbers, arrays of numbers, an INDArray or numeric Tablesaw columns but receives a String: make a double[] or double[][] of it.");
    assertThatThrownBy(() -> Values.of("mse", null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> Values.of("mse", new String[] {"3"}))
        .hasMessageContaining("receives String[]");
    assertThatThrownBy(() -> Values.of("mse", new boolean[] {true}))
        .hasMessageContaining("receives boolean[]");
    assertThatThrownBy(() -> Values.of("mse", new Double[] {1.0, null}))
        .hasMessageContaining("has a null in it");
  }

  @Test
  void aTablesawColumnWithAGapOrWithWordsIsRefusedByName() {
    var gap = DoubleColumn.create("weight", 1, Double.NaN);
    var words = Table.create(StringColumn.create("name", "a", "b"));

    assertThatThrownBy(() -> Values.of("mse", gap))
        .hasMessage(
            "mse expects a number in every row but column weight misses 1: drop those rows with table.dropRowsWithMissingValues().");
    assertThatThrownBy(() -> Values.of("mse", words))
        .hasMessageStartingWith("mse expects numeric columns but name holds STRING");
  }

  @Test
  void nanAndInfinityAreNamedWithTheirPlace() {
    var values = Values.of("fit", matrix(vector(1, 2), vector(3, Double.NaN)));

    assertThatThrownBy(() -> values.finite("fit", "x"))
        .hasMessage(
            "fit expects finite numbers but x has NaN at [1, 1]: remove that row or fill it in.");
    assertThatThrownBy(() -> Values.of("fit", 1 / 0.0).finite("fit", "y"))
        .hasMessageContaining("y has Infinity at []");
  }

  @Test
  void valuesDoNotChangeWithTheArrayTheyCameFrom() {
    double[] given = {1, 2};
    var values = Values.of("mse", given);
    given[0] = 9;
    values.toDoubles()[1] = 9;

    assertThat(values).hasToString("[1, 2]");
  }

  @Test
  void reshapeKeepsTheNumbersAndRefusesAnotherCount() {
    var values = Values.of("mse", vector(1, 2, 3, 4));

    assertThat(values.reshape(2, 2)).hasToString("[[1, 2], [3, 4]]");
    assertThatThrownBy(() -> values.reshape(3))
        .hasMessage(
            "values of shape [3] are 3 numbers but 4 are given: give one for each position.");
  }
}
