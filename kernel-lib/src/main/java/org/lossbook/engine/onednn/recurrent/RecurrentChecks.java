package org.lossbook.engine.onednn.recurrent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/** Checks what a recurrent operation receives: native code would read beyond a smaller array. */
final class RecurrentChecks {
  private final Recurrence how;
  private final int units;
  private final int width;

  RecurrentChecks(Recurrence how) {
    this.how = how;
    units = how.units();
    width = Math.multiplyExact(how.cell().gates(), units);
  }

  void check(
      int batch,
      Tensor x,
      List<? extends Tensor> states,
      Optional<? extends Tensor> mask,
      RecurrentWeights weights) {
    int[] shape = x.shape();
    if (shape.length != 2) {
      throw wrong("sequences [batch, steps, inputs]", Shapes.withBatch(shape), "reshape them");
    }
    if (!states.isEmpty() && states.size() != how.cell().states()) {
      throw wrong(
          how.cell().states() + " initial states, or none",
          String.valueOf(states.size()),
          "give each of them");
    }
    states.forEach(state -> tensor("an initial state", state, units));
    mask.ifPresent(numbers -> tensor("a mask", numbers, shape[0]));
    weights("a kernel", weights.kernel(), shape[1], width);
    weights("a recurrent kernel", weights.recurrent(), units, width);
    boolean hasTwo = how.cell() == Recurrence.Cell.GRU;
    weights
        .bias()
        .ifPresent(
            bias -> weights("a bias", bias, hasTwo ? new int[] {2, width} : new int[] {width}));
    long numbers = (long) batch * (shape[0] + 1) * Math.max(width, shape[1]);
    if (numbers > Integer.MAX_VALUE) {
      throw wrong(
          "at most 2,147,483,647 numbers for the gates of all steps of a batch",
          String.format(java.util.Locale.ROOT, "%,d", numbers),
          "use smaller batches or shorter sequences");
    }
  }

  private static void tensor(String what, Tensor given, int extent) {
    if (!Arrays.equals(given.shape(), new int[] {extent})) {
      throw wrong(
          what + " " + Shapes.withBatch(extent),
          Shapes.withBatch(given.shape()),
          "give that shape");
    }
  }

  private static void weights(String what, Parameters.Slot given, int... expected) {
    int[] shape = given.parameter().shape();
    if (!Arrays.equals(shape, expected)) {
      throw wrong(
          what + " " + Arrays.toString(expected), Arrays.toString(shape), "give that shape");
    }
  }

  private static IllegalArgumentException wrong(String expected, String received, String fix) {
    return new IllegalArgumentException(
        "A recurrent operation expects "
            + expected
            + " but receives "
            + received
            + ": "
            + fix
            + ".");
  }
}
