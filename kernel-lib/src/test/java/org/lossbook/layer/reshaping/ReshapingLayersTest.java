package org.lossbook.layer.reshaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.cropping1d;
import static org.lossbook.Lossbook.cropping2d;
import static org.lossbook.Lossbook.cropping3d;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.identity;
import static org.lossbook.Lossbook.permute;
import static org.lossbook.Lossbook.repeatVector;
import static org.lossbook.Lossbook.reshape;
import static org.lossbook.Lossbook.upSampling1d;
import static org.lossbook.Lossbook.upSampling2d;
import static org.lossbook.Lossbook.upSampling3d;
import static org.lossbook.Lossbook.zeroPadding1d;
import static org.lossbook.Lossbook.zeroPadding2d;
import static org.lossbook.Lossbook.zeroPadding3d;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Bounds;
import org.lossbook.layer.Layer;

/** The shapes, defaults and bounds of layers that rearrange numbers, and what they refuse. */
class ReshapingLayersTest {
  private static final Bounds SHARES = Bounds.between(0.25, 1);

  private static Bounds bounds(Layer layer, Bounds given, int... shape) {
    return layer.bounds(List.of(given), List.of(shape));
  }

  @Test
  void shapesAreThoseOfKeras() {
    assertThat(permute(2, 1).outputShape(10, 64)).containsExactly(64, 10);
    assertThat(repeatVector(3).outputShape(32)).containsExactly(3, 32);
    assertThat(identity().outputShape(2, 3)).containsExactly(2, 3);
    assertThat(zeroPadding1d(1, 2).outputShape(5, 3)).containsExactly(8, 3);
    assertThat(zeroPadding2d(1).outputShape(5, 5, 3)).containsExactly(7, 7, 3);
    assertThat(zeroPadding2d(1, 2).outputShape(5, 5, 3)).containsExactly(7, 9, 3);
    assertThat(zeroPadding2d(0, 1, 2, 0).outputShape(5, 5, 3)).containsExactly(6, 7, 3);
    assertThat(zeroPadding3d(1, 2, 3).outputShape(5, 5, 5, 3)).containsExactly(7, 9, 11, 3);
    assertThat(cropping1d(1, 2).outputShape(5, 3)).containsExactly(2, 3);
    assertThat(cropping2d(1).outputShape(5, 5, 3)).containsExactly(3, 3, 3);
    assertThat(cropping3d(1, 0, 0, 1, 1, 1).outputShape(5, 5, 5, 3)).containsExactly(4, 4, 3, 3);
    assertThat(upSampling1d(3).outputShape(5, 3)).containsExactly(15, 3);
    assertThat(upSampling2d(2, 3).outputShape(5, 5, 3)).containsExactly(10, 15, 3);
    assertThat(upSampling3d(2).outputShape(5, 5, 5, 3)).containsExactly(10, 10, 10, 3);
  }

  @Test
  void defaultsAreThoseOfKeras() {
    assertThat(zeroPadding1d().outputShape(5, 3)).containsExactly(7, 3);
    assertThat(zeroPadding2d().outputShape(5, 5, 3)).containsExactly(7, 7, 3);
    assertThat(cropping1d().outputShape(5, 3)).containsExactly(3, 3);
    assertThat(cropping2d().outputShape(5, 5, 3)).containsExactly(5, 5, 3);
    assertThat(cropping3d().outputShape(5, 5, 5, 3)).containsExactly(3, 3, 3, 3);
    assertThat(upSampling2d().outputShape(5, 5, 3)).containsExactly(10, 10, 3);
  }

  @Test
  void boundsFollowTheNumbers() {
    Bounds rows = new Bounds(0, 1, true);
    assertThat(bounds(zeroPadding1d(1), SHARES, 5, 3)).isEqualTo(Bounds.between(0, 1));
    assertThat(bounds(cropping1d(1), rows, 5, 3)).isEqualTo(rows);
    assertThat(bounds(repeatVector(2), rows, 3)).isEqualTo(rows);
    assertThat(bounds(permute(2, 1, 3), rows, 4, 5, 3)).isEqualTo(rows);
    assertThat(bounds(permute(2, 1), rows, 5, 3)).isEqualTo(Bounds.between(0, 1));
    assertThat(bounds(upSampling2d(2).interpolation("bilinear"), rows, 4, 5, 3)).isEqualTo(rows);
    assertThat(bounds(upSampling2d(2).interpolation("bicubic"), rows, 4, 5, 3))
        .isEqualTo(Bounds.NONE);
  }

  @Test
  void whatIsNoOrderOfAxesIsRefused() {
    assertThatThrownBy(() -> permute(0, 1))
        .hasMessage(
            "permute expects each axis from 1 on once but receives [0, 1]: permute(2, 1) swaps the two axes of a sample.");
    assertThatThrownBy(() -> permute(2, 1).outputShape(2, 3, 4))
        .hasMessage(
            "permute(2, 1) expects samples of 2 axes but receives [batch, 2, 3, 4]: name as many axes as there are.");
    assertThat(permute(2, 1, 3).outputShape(2, 3, 4)).containsExactly(3, 2, 4);
  }

  @Test
  void aRepeatedImageSuggestsFlatten() {
    assertThatThrownBy(() -> repeatVector(3).outputShape(2, 4))
        .hasMessage(
            "repeatVector expects rows [batch, inputs] but receives [batch, 2, 4]: add flatten() before it.");
    assertThat(repeatVector(3).outputShape(flatten().outputShape(2, 4))).containsExactly(3, 8);
  }

  @Test
  void marginsThatDoNotFitTheAxesAreRefused() {
    assertThatThrownBy(() -> zeroPadding2d(1, 2, 3))
        .hasMessage(
            "zeroPadding2d expects a number, one for each of height and width, or top, bottom, left and right but receives 3 numbers: zeroPadding2d(1) is the same on all sides.");
    assertThatThrownBy(() -> cropping1d(-1))
        .hasMessage("cropping1d expects numbers of 0 or more but receives -1: leave out the sign.");
    assertThatThrownBy(() -> cropping1d(3, 2).outputShape(5, 1))
        .hasMessage(
            "cropping1d expects sequences larger than what it crops, 3 + 2, but receives [batch, 5, 1]: crop less.");
    assertThatThrownBy(() -> zeroPadding1d(Integer.MAX_VALUE).outputShape(5, 3))
        .hasMessageContaining("expects samples of at most 2,147,483,647 numbers");
    assertThatThrownBy(() -> ZeroPadding.of(4, 1))
        .hasMessage(
            "zeroPadding expects 1, 2 or 3 axes, of sequences, images or volumes, but receives 4: zeroPadding2d(1) is for images.");
  }

  @Test
  void anImageWhereASequenceIsExpectedIsRefused() {
    assertThatThrownBy(() -> zeroPadding1d(1).outputShape(784))
        .hasMessageContaining("zero_padding1d expects sequences [batch, length, channels]")
        .hasMessageEndingWith("add reshape(784, 1) before it.");
    assertThat(zeroPadding1d(1).outputShape(reshape(784, 1).outputShape(784)))
        .containsExactly(786, 1);
  }

  @Test
  void unknownInterpolationsAndFactorsAreRefused() {
    assertThatThrownBy(() -> upSampling2d(2).interpolation("cubic"))
        .hasMessage(
            "upSampling2d expects an interpolation of nearest, bilinear, bicubic, lanczos3, lanczos5 but receives \"cubic\": use one of these names.");
    assertThatThrownBy(() -> upSampling1d(2).interpolation("bilinear"))
        .hasMessage(
            "upSampling1d expects to repeat numbers but receives an interpolation: only upSampling2d has one.");
    assertThatThrownBy(() -> upSampling2d(0))
        .hasMessageContaining("upSampling2d expects factors of 1 or more but receives 0");
    assertThatThrownBy(() -> upSampling3d(2, 2))
        .hasMessage(
            "upSampling3d expects a factor, or one for each of 3 axes but receives 2: upSampling3d(2) doubles all.");
  }
}
