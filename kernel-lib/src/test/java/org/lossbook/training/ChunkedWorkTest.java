package org.lossbook.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.lossbook.model.Model;
import org.lossbook.optimizer.Optimizer;

/** Work on many chunks: each is done once, whichever thread does it, and to the same bits. */
class ChunkedWorkTest {
  private static final int LARGE = 100 * Optimizer.CHUNK + 17;

  @Test
  void everyChunkIsDoneOnceInEachRun() {
    var done = new AtomicIntegerArray(101);
    var numbers = new AtomicIntegerArray(1);
    var work =
        new ChunkedWork(
            LARGE,
            (chunk, offset, count, weights, gradients) -> {
              assertThat(offset).isEqualTo(chunk * Optimizer.CHUNK);
              done.incrementAndGet(chunk);
              numbers.addAndGet(0, count);
            });
    for (int run = 1; run <= 200; run++) {
      work.run();
      for (int chunk = 0; chunk < 101; chunk++) {
        assertThat(done.get(chunk)).isEqualTo(run);
      }
    }
    assertThat(numbers.get(0)).isEqualTo(200 * LARGE);
  }

  @Test
  void whatAnyThreadThrowsReachesTheCaller() {
    var work =
        new ChunkedWork(
            LARGE,
            (chunk, offset, count, weights, gradients) -> {
              throw new IllegalStateException("chunk " + chunk);
            });
    assertThatThrownBy(work::run).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(work::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLargeModelMovesAsItsRuleSaysToTheBit() {
    int width = 600;
    var rule = adam().learningRate(0.01);
    try (Model model = sequential(input(width), dense(width)).seed(1).compile(rule, mse())) {
      float[] weights = model.weightValues("dense/kernel").toFloats();
      Optimizer.Updater updater = rule.start(weights.length);
      for (int step = 0; step < 3; step++) {
        model.zeroGrad();
        model.loss(rows(width, step), rows(width, step + 9)).backward();
        float[] gradients = model.gradientValues("dense/kernel").toFloats();
        model.step();
        move(updater, weights, gradients);
        assertThat(model.weightValues("dense/kernel").toFloats()).isEqualTo(weights);
      }
    }
  }

  /** The kernel comes first in the model's vector, so that its chunks are those of the vector. */
  private static void move(Optimizer.Updater updater, float[] weights, float[] gradients) {
    updater.beginStep();
    for (int offset = 0; offset < weights.length; offset += Optimizer.CHUNK) {
      int to = Math.min(weights.length, offset + Optimizer.CHUNK);
      float[] w = Arrays.copyOfRange(weights, offset, to);
      updater.update(w, Arrays.copyOfRange(gradients, offset, to), offset, to - offset);
      System.arraycopy(w, 0, weights, offset, w.length);
    }
  }

  private static float[][] rows(int width, long seed) {
    var random = new Random(seed);
    float[][] rows = new float[2][width];
    for (float[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextFloat();
      }
    }
    return rows;
  }
}
