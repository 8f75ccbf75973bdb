package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.optimizer.Adam.adam;
import static org.lossbook.optimizer.Sgd.sgd;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private static final List<Optimizer> ALL =
      List.of(
          adam(),
          adam().beta2(0.9),
          sgd(),
          sgd().momentum(0.9),
          sgd().learningRate(0.1).momentum(0.9).nesterov());

  @Test
  void theDefaultsAreThoseOfKeras() {
    assertThat(adam()).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-7));
    assertThat(sgd()).isEqualTo(new Sgd(0.01, 0, false));
  }

  @Test
  void aChunkedVectorMovesAsOneVectorDoes() {
    int size = 2 * Optimizer.CHUNK + 17;
    var random = new Random(1);
    for (Optimizer optimizer : ALL) {
      float[] gradients = randoms(size, random);
      float[] start = randoms(size, random);
      float[] all = start.clone();
      Optimizer.Updater updater = optimizer.start(size);
      for (int step = 0; step < 3; step++) {
        updater.beginStep();
        for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
          int count = Math.min(Optimizer.CHUNK, size - offset);
          float[] weights = Arrays.copyOfRange(all, offset, offset + count);
          float[] part = Arrays.copyOfRange(gradients, offset, offset + count);
          updater.update(weights, part, offset, count);
          System.arraycopy(weights, 0, all, offset, count);
        }
      }
      // The last number alone must come to the same.
      float[] last = {start[size - 1]};
      Optimizer.Updater single = optimizer.start(1);
      for (int step = 0; step < 3; step++) {
        single.beginStep();
        single.update(last, new float[] {gradients[size - 1]}, 0, 1);
      }
      assertThat(all[size - 1]).as(optimizer.toString()).isEqualTo(last[0]);
      assertThat(updater.state().values()).allSatisfy(state -> assertThat(state).hasSize(size));
    }
  }

  @Test
  void gradientsThatDieOutLeaveNoSubnormalNumbers() {
    for (Optimizer optimizer : ALL) {
      float[] weights = {1};
      Optimizer.Updater updater = optimizer.start(1);
      float gradient = 1e-3f;
      for (int step = 0; step < 30_000; step++) {
        updater.beginStep();
        updater.update(weights, new float[] {gradient}, 0, 1);
        gradient *= 0.5f;
        for (float[] state : updater.state().values()) {
          assertThat(state[0] == 0 || Math.abs(state[0]) >= Float.MIN_NORMAL)
              .as("%s, step %d: %s", optimizer, step, state[0])
              .isTrue();
        }
      }
    }
  }

  @Test
  void settingsOutOfTheirRangeAreAnswered() {
    assertThatThrownBy(() -> adam().learningRate(0))
        .hasMessage(
            "adam expects a learning rate above 0 but receives 0.0: 0.001 is a good first choice.");
    assertThatThrownBy(() -> sgd().momentum(1))
        .hasMessage(
            "sgd expects momentum from 0 up to, but without, 1 but receives 1.0: 0.9 is the usual one.");
    assertThatThrownBy(() -> adam().epsilon(Double.NaN))
        .hasMessageStartingWith("adam expects an epsilon above 0");
    assertThatThrownBy(() -> adam().beta2(-0.1)).hasMessageStartingWith("adam expects beta2");
  }

  private static float[] randoms(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
