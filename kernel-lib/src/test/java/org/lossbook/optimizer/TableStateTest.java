package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.adadelta;
import static org.lossbook.Lossbook.adagrad;
import static org.lossbook.Lossbook.adam;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;

/** What an optimizer remembers of a table, whose rows it moves or whose numbers it moves all. */
class TableStateTest {
  /** Before the table, so that it begins within a chunk; its rows lie across the border of two. */
  private static final int BEFORE = 7;

  private static final int ROWS = 1500;
  private static final int WIDTH = 5;
  private static final int SIZE = BEFORE + ROWS * WIDTH;
  private static final Parameter OTHER = Parameter.trained("other", (v, s, r) -> {}, BEFORE);
  private static final Parameter TABLE = Parameter.trained("t", (v, s, r) -> {}, ROWS, WIDTH);
  private static final List<Parameters.Slot> SLOTS = List.of(new Parameters.Slot(TABLE, BEFORE));

  private final Random random = new Random(4);
  private final int[] starts =
      IntStream.of(0, 3, 816, 817, 818, 819, 1499).map(row -> BEFORE + row * WIDTH).toArray();

  static Stream<Optimizer> rules() {
    return Stream.of(adam(), adam().amsgrad(), adagrad(), adadelta());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rowsAndAllNumbersGoOnWithTheSameMoments(Optimizer rule) {
    Optimizer.Updater byRows = rule.start(List.of(OTHER, TABLE));
    Optimizer.Updater dense = rule.start(List.of(OTHER, TABLE));
    float[] ofRows = new float[SIZE];
    float[] ofAll = new float[SIZE];
    for (int step = 0; step < 6; step++) {
      float[] gradients = gradients();
      if (step == 4) { // a saved state
        var again = rule.start(List.of(OTHER, TABLE));
        again.restore(byRows.state(), byRows.step());
        byRows.reserveRows(List.of(), 1);
        byRows = again;
      }
      if (step == 5) { // one that is restored while rows are moved
        byRows.reserveRows(SLOTS, 1);
        byRows.restore(dense.state(), dense.step());
      }
      if (step % 3 == 1) {
        byRows.reserveRows(List.of(), 1);
        all(byRows, ofRows, gradients);
      } else {
        if (step != 5) {
          byRows.reserveRows(SLOTS, 1);
        }
        rows(byRows, ofRows, gradients);
      }
      all(dense, ofAll, gradients);
      assertThat(ofRows).isEqualTo(ofAll);
      for (var vector : dense.state().entrySet()) {
        assertThat(byRows.state().get(vector.getKey())).isEqualTo(vector.getValue());
      }
    }
  }

  /** Zeros but for the rows. */
  private float[] gradients() {
    float[] gradients = new float[SIZE];
    for (int start : starts) {
      for (int k = 0; k < WIDTH; k++) {
        gradients[start + k] = random.nextFloat() - 0.5f;
      }
    }
    return gradients;
  }

  private static void all(Optimizer.Updater updater, float[] weights, float[] gradients) {
    updater.beginStep();
    for (int offset = 0; offset < SIZE; offset += Optimizer.CHUNK) {
      int to = Math.min(SIZE, offset + Optimizer.CHUNK);
      float[] w = Arrays.copyOfRange(weights, offset, to);
      updater.update(w, Arrays.copyOfRange(gradients, offset, to), offset, to - offset);
      System.arraycopy(w, 0, weights, offset, w.length);
    }
  }

  private void rows(Optimizer.Updater updater, float[] weights, float[] gradients) {
    float[] w = new float[starts.length * WIDTH];
    float[] g = new float[starts.length * WIDTH];
    for (int i = 0; i < starts.length; i++) {
      System.arraycopy(weights, starts[i], w, i * WIDTH, WIDTH);
      System.arraycopy(gradients, starts[i], g, i * WIDTH, WIDTH);
    }
    updater.beginStep();
    updater.updateRows(w, g, starts, 0, starts.length, WIDTH, 0);
    for (int i = 0; i < starts.length; i++) {
      System.arraycopy(w, i * WIDTH, weights, starts[i], WIDTH);
    }
  }
}
