package org.lossbook.layer.normalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.layerNormalization;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Layer;

/**
 * The numbers of these layers' Javadoc, their bounds, and what they answer to what does not fit.
 */
class NormalizationLayersTest {
  private static List<String> parameters(Layer layer, int... shape) {
    return layer.parameters(shape).stream().map(Parameter::toString).toList();
  }

  private static Bounds bounds(Layer layer, int... shape) {
    return layer.bounds(List.of(Bounds.NONE), List.of(shape));
  }

  @Test
  void layerNormalizationScalesAlongItsAxes() {
    assertThat(parameters(layerNormalization(), 7, 32)).containsExactly("gamma[32]", "beta[32]");
    assertThat(parameters(layerNormalization().axis(1, 2), 7, 32))
        .containsExactly("gamma[7, 32]", "beta[7, 32]");
    assertThat(parameters(layerNormalization().axis(1).scale(false), 7, 32))
        .containsExactly("beta[7]");
    assertThat(layerNormalization().outputShape(7, 32)).containsExactly(7, 32);
  }

  @Test
  void layerNormalizationWithoutScalingIsBoundedByTheLengthOfARow() {
    assertThat(bounds(layerNormalization().scale(false).center(false), 7, 5))
        .isEqualTo(Bounds.between(-2, 2));
    assertThat(bounds(layerNormalization().center(false), 7, 5)).isEqualTo(Bounds.NONE);
  }

  @Test
  void anAxisThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> layerNormalization().axis(3).outputShape(7, 32))
        .hasMessage(
            "layer_normalization expects an axis of [batch, 7, 32] but receives 3: 1 is a sample's"
                + " first axis, -1 its last.");
    assertThatThrownBy(() -> layerNormalization().axis(1, -2).outputShape(7, 32))
        .hasMessage(
            "layer_normalization expects different axes of [batch, 7, 32] but receives 1, -2: 1 is"
                + " a sample's first axis, -1 its last.");
    assertThatThrownBy(() -> layerNormalization().outputShape())
        .hasMessage(
            "layer_normalization expects an axis of [batch] but receives -1: add reshape(1) before"
                + " it.");
  }

  @Test
  void theBatchIsNoAxisToNormalizeAlong() {
    assertThatThrownBy(() -> layerNormalization().axis(0))
        .hasMessage(
            "layer_normalization expects axes of a sample but receives 0, the batch: 1 is a"
                + " sample's first axis, -1 its last.");
    assertThatThrownBy(() -> layerNormalization().axis())
        .hasMessage(
            "layer_normalization expects axes of a sample but receives none: 1 is a sample's first"
                + " axis, -1 its last.");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> layerNormalization().epsilon(0))
        .hasMessage(
            "layer_normalization expects an epsilon above 0 but receives 0.0: 1e-3 is the"
                + " default.");
    assertThatThrownBy(() -> layerNormalization().gammaRegularizer(null))
        .hasMessage(
            "layer_normalization.gammaRegularizer expects something to apply but receives null:"
                + " write gammaRegularizer(l2(1e-4)).");
  }
}
