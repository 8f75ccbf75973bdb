package org.lossbook.engine.onednn.recurrent;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * What the steps of a sequence leave for the products over all steps: a row for each step and
 * sample, in the order of time.
 *
 * @param shape the sizes
 * @param gates the inputs times their kernel; a step puts there what its way back reads
 * @param gateGradients the gradients with respect to the inputs times their kernel
 * @param further of a GRU the gradients with respect to the state times its kernel; of one that
 *     resets before, the state times its reset gate
 */
record CellMemory(
    Shape shape, memory gates, Optional<memory> gateGradients, Optional<memory> further) {
  /** The sizes of a sequence. */
  record Shape(int steps, int rows, int inputs, int units, int gates) {
    /** All gates of a sample. */
    int width() {
      return Math.multiplyExact(gates, units);
    }

    /** How many steps all samples have together. */
    int all() {
      return Math.multiplyExact(steps, rows);
    }
  }

  static CellMemory of(PlanBuilder builder, Shape shape, Recurrence.Cell cell) {
    memory.desc wide = Formats.vector(Math.multiplyExact(shape.all(), shape.width()));
    memory.desc narrow = Formats.vector(Math.multiplyExact(shape.all(), shape.units()));
    boolean isTraining = builder.training;
    return new CellMemory(
        shape,
        builder.memory(wide),
        isTraining ? Optional.of(builder.memory(wide)) : Optional.empty(),
        switch (cell) {
          case SIMPLE, LSTM -> Optional.empty();
          case GRU -> isTraining ? Optional.of(builder.memory(wide)) : Optional.empty();
          case GRU_RESET_BEFORE -> Optional.of(builder.memory(narrow));
        });
  }

  /** Some samples' rows of one of them. */
  Blocks blocks(memory memory, Rows rows, int width) {
    return Blocks.of(memory, shape.steps, rows, width);
  }

  /** All rows as a matrix. */
  Matrix matrix(memory memory, int width) {
    return Matrix.of(memory, shape.all(), width);
  }

  /** The gradients of all gates. */
  Matrix allGateGradients() {
    return matrix(gateGradients.orElseThrow(), shape.width());
  }
}
