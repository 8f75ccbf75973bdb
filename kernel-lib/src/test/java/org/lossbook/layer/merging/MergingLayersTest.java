package org.lossbook.layer.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.average;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dot;
import static org.lossbook.Lossbook.multiply;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Bounds;
import org.lossbook.layer.Layer;

/** The shapes of layers of several inputs, their bounds, and what they refuse. */
class MergingLayersTest {
  private static int[] shape(Layer layer, int[]... inputs) {
    return layer.outputShape(List.of(inputs));
  }

  private static int[] of(int... shape) {
    return shape;
  }

  @Test
  void extentsOfOneAreRepeated() {
    assertThat(shape(multiply(), of(5, 6, 8), of(1, 1, 8))).containsExactly(5, 6, 8);
    assertThat(shape(multiply(), of(8), of(5, 6, 8))).containsExactly(5, 6, 8);
    assertThat(shape(add(), of(5, 1), of(1, 3), of(1))).containsExactly(5, 3);
    assertThatThrownBy(() -> shape(add(), of(5, 6, 8), of(6, 1, 8)))
        .hasMessage(
            "add expects values of one shape, or with extents of 1 that it can repeat, but receives [batch, 5, 6, 8] and [batch, 6, 1, 8]: give both layers before it the same size, or take concatenate().");
  }

  @Test
  void concatenateCountsAxesFromEitherEnd() {
    assertThat(shape(concatenate().axis(1), of(2, 3, 4), of(5, 3, 4))).containsExactly(7, 3, 4);
    assertThat(shape(concatenate().axis(-3), of(2, 3, 4), of(5, 3, 4))).containsExactly(7, 3, 4);
    assertThatThrownBy(() -> shape(concatenate().axis(4), of(2, 3), of(2, 3)))
        .hasMessage(
            "concatenate expects an axis of [batch, 2, 3] but receives 4: take -1, the last.");
  }

  @Test
  void dotSumsOverAnAxisOfEach() {
    assertThat(shape(dot(), of(4), of(4))).containsExactly(1);
    assertThat(shape(dot().axes(2), of(5, 4), of(7, 4))).containsExactly(5, 7);
    assertThat(shape(dot().axes(-1, 1), of(2, 5, 4), of(4, 3))).containsExactly(2, 5, 3);
  }

  @Test
  void dotSaysWhichAxesDoNotFit() {
    assertThatThrownBy(() -> shape(dot(), of(5, 4), of(7, 4)))
        .hasMessage(
            "dot expects two vectors [batch, n] but receives [batch, 5, 4] and [batch, 7, 4]: add flatten() before it, or say over which axis, as in dot().axes(-1).");
    assertThat(shape(dot().axes(-1), of(5, 4), of(7, 4))).containsExactly(5, 7);
    assertThatThrownBy(() -> shape(dot().axes(1), of(5, 4), of(7, 4)))
        .hasMessage(
            "dot expects as many numbers along axis 1 of the first value as along axis 1 of the second but receives [batch, 5, 4] and [batch, 7, 4]: choose others with axes(…).");
    assertThatThrownBy(() -> shape(dot(), of(3), of(4)))
        .hasMessage(
            "dot expects two vectors of one length but receives [batch, 3] and [batch, 4]: give both layers before it the same size.");
    assertThatThrownBy(() -> shape(dot().axes(3), of(5, 4), of(7, 4)))
        .hasMessage("dot expects an axis of [batch, 5, 4] but receives 3: axes(-1) is the last.");
    assertThatThrownBy(() -> dot().axes(0))
        .hasMessage(
            "dot expects an axis of samples, or one for each value, but receives [0]: axes(1) is a sample's first, axes(-1) its last.");
  }

  @Test
  void dotWithADistributionIsAMeanAlongItsLastAxisAlone() {
    Bounds rows = new Bounds(0, 1, true);
    Bounds values = Bounds.between(-2, 3);
    List<Bounds> given = List.of(rows, values);
    assertThat(dot().axes(2, 1).bounds(given, List.of(of(5, 4), of(4, 3)))).isEqualTo(values);
    assertThat(dot().axes(1).bounds(given, List.of(of(4, 5), of(4, 3))))
        .isEqualTo(Bounds.between(-8, 12));
  }

  @Test
  void whatIsRepeatedBeyondWhatCanBeHeldIsRefused() {
    assertThatThrownBy(() -> shape(add(), of(100_000, 1), of(1, 100_000)))
        .hasMessageStartingWith(
            "add expects samples of at most 2,147,483,647 numbers but receives [batch, 100000, 100000], 10,000,000,000 or");
    assertThatThrownBy(() -> shape(concatenate(), of(40_000, 40_000), of(40_000, 40_000)))
        .hasMessageStartingWith("concatenate expects samples of at most 2,147,483,647 numbers");
  }

  @Test
  void theMeanOfRowsAndOfARepeatedNumberIsNoDistribution() {
    Bounds rows = new Bounds(0, 1, true);
    Bounds one = new Bounds(1, 1, true);
    assertThat(average().bounds(List.of(rows, rows), List.of(of(4, 3), of(1, 3)))).isEqualTo(rows);
    assertThat(average().bounds(List.of(rows, one), List.of(of(4, 3), of(4, 1))))
        .isEqualTo(Bounds.between(0, 1));
  }
}
