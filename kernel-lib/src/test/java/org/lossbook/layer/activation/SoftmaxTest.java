package org.lossbook.layer.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.softmax;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;

/** Which losses may leave a softmax out, its bounds, and axes that there are not. */
class SoftmaxTest {
  @Test
  void onlyOverTheLastAxisIsItAnActivationThatTrainingMayLeaveOut() {
    assertThat(softmax().activation()).isEqualTo(Activation.SOFTMAX);
    assertThat(softmax(-1).linear().activation()).isEqualTo(Activation.LINEAR);
    assertThat(softmax(1).activation()).isEqualTo(Activation.LINEAR);
  }

  @Test
  void onlyAlongTheLastAxisDoRowsSumToOne() {
    List<Bounds> any = List.of(Bounds.NONE);
    assertThat(softmax().bounds(any, List.of(new int[] {4, 3}))).isEqualTo(new Bounds(0, 1, true));
    assertThat(softmax(1).bounds(any, List.of(new int[] {4, 3}))).isEqualTo(Bounds.between(0, 1));
    assertThat(softmax(1).bounds(any, List.of(new int[] {1, 3}))).isEqualTo(Bounds.between(1, 1));
  }

  @Test
  void anAxisThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> softmax(3).outputShape(4, 3))
        .hasMessage(
            "softmax expects an axis of [batch, 4, 3] but receives 3: 1 is a sample's first axis, -1 its last.");
    assertThatThrownBy(() -> softmax(0))
        .hasMessage(
            "softmax expects axes of a sample but receives 0, the batch: 1 is a sample's first axis, -1 its last.");
  }
}
