package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.optimizer.Adam.adam;
import static org.lossbook.optimizer.Sgd.sgd;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
  void whatWasTakenGoesOnAsIfItHadNeverStopped() {
    for (Optimizer optimizer : ALL) {
      int size = Optimizer.CHUNK + 5;
      Optimizer.Updater whole = optimizer.start(size);
      float[] weights = new float[size];
      steps(whole, weights, 5, new Random(3));
      Optimizer.Updater second = optimizer.start(size);
      second.restore(whole.state(), whole.step());
      float[] again = weights.clone();
      steps(whole, weights, 5, new Random(4));
      steps(second, again, 5, new Random(4));
      assertThat(again).as(optimizer.toString()).isEqualTo(weights);
      assertThat(second.step()).isEqualTo(10);
    }
  }

  @Test
  void aStateOfAnotherRuleOrModelIsAnswered() {
    Optimizer.Updater updater = adam().start(3);
    assertThatThrownBy(() -> updater.restore(Map.of("momentum", new float[3]), 1))
        .hasMessage(
            "adam expects a state of [momentum, velocity] but receives [momentum]: it is that of another optimizer.");
    assertThatThrownBy(
            () ->
                updater.restore(
                    Map.of("momentum", new float[3], "velocity", new float[] {1, 2}), 1))
        .hasMessage(
            "adam expects 3 numbers of velocity but receives 2: the state is that of another model.");
    assertThat(updater.step()).isZero();
  }

  @Test
  void theRateOfTheStepsToComeCanBeSet() {
    Optimizer.Updater updater = sgd().start(1);
    float[] weights = {1};
    updater.learningRate(0.5);
    updater.beginStep();
    updater.update(weights, new float[] {1}, 0, 1);
    assertThat(weights[0]).isEqualTo(0.5f);
    assertThat(updater.learningRate()).isEqualTo(0.5);
    assertThatThrownBy(() -> updater.learningRate(Double.NaN))
        .hasMessage(
            "sgd expects a learning rate of 0 or more but receives NaN: 0.001 is a usual one.");
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

  private static void steps(Optimizer.Updater updater, float[] all, int steps, Random random) {
    for (int step = 0; step < steps; step++) {
      float[] gradients = randoms(all.length, random);
      updater.beginStep();
      for (int offset = 0; offset < all.length; offset += Optimizer.CHUNK) {
        int count = Math.min(Optimizer.CHUNK, all.length - offset);
        float[] weights = Arrays.copyOfRange(all, offset, offset + count);
        float[] part = Arrays.copyOfRange(gradients, offset, offset + count);
        updater.update(weights, part, offset, count);
        System.arraycopy(weights, 0, all, offset, count);
      }
    }
  }

  private static float[] randoms(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
