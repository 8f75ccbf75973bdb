package org.lossbook.layer.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.einsumDense;
import static org.lossbook.Lossbook.input;

import org.junit.jupiter.api.Test;
import org.lossbook.engine.Parameter;

/** What equations mean, and which are refused. */
class EinsumDenseTest {
  @Test
  void lettersSayTheShapesOfOutputAndWeights() {
    var heads = einsumDense("abc,cde->abde", -1, 4, 16).biasAxes("de");
    assertThat(heads.of(input(10, 64)).shape()).containsExactly(10, 4, 16);
    assertThat(heads.parameters(10, 64))
        .extracting(Parameter::shape)
        .containsExactly(new int[] {64, 4, 16}, new int[] {4, 16});
    assertThat(einsumDense("...x,xy->...y", 3).of(input(2, 5, 7)).shape()).containsExactly(2, 5, 3);
    assertThat(einsumDense("ab...,bc->ac...", 3).of(input(2, 5, 7)).shape())
        .containsExactly(3, 5, 7);
  }

  @Test
  void whatCannotBeIsSaidWithTheWayOut() {
    assertThatThrownBy(() -> einsumDense("ab-cd", 3).of(input(2)))
        .hasMessageStartingWith(
            "einsumDense expects an equation ab,bc->ac, ...b,bc->...c or ab...,bc->ac... but receives ab-cd:");
    assertThatThrownBy(() -> einsumDense("abc,cd->abd", -1, 3).of(input(2)))
        .hasMessageStartingWith(
            "einsumDense(\"abc,cd->abd\") expects an input with 3 axes, the batch's included, but receives [batch, 2]:");
    assertThatThrownBy(() -> einsumDense("abc,cd->abd", 3).of(input(2, 5)))
        .hasMessageStartingWith(
            "einsumDense(\"abc,cd->abd\") expects 2 extents for its output but receives [3]:");
    assertThatThrownBy(() -> einsumDense("abc,cd->abd", 4, 3).of(input(2, 5)))
        .hasMessageStartingWith(
            "einsumDense(\"abc,cd->abd\") expects the input's 2 for axis b of its output but receives 4:");
    assertThatThrownBy(() -> einsumDense("ab,cb->ac", 3).of(input(2)))
        .hasMessageContaining("and then those that are new, as ab,bc->ac, but receives ab,cb->ac");
    assertThatThrownBy(() -> einsumDense("ab,bc->ac", 3).biasAxes("x").parameters(2))
        .hasMessageContaining("expects a bias along axes of its output but receives x");
  }
}
