package org.lossbook.engine;

import java.util.List;

/**
 * How a recurrent operation goes through a sequence. Weights have Keras's layouts, for n inputs and
 * u units: a kernel {@code [n, gates · u]}, a recurrent kernel {@code [u, gates · u]} and a bias
 * {@code [gates · u]}, whose gates stand side by side; that of {@link Cell#GRU} is {@code [2, 3 ·
 * u]}, first of the inputs, then of the state.
 *
 * @param cell what a step computes
 * @param units the numbers of a state
 * @param backwards whether it begins at the last step; the first output is then that of the last
 *     step
 * @param zeroWhereMasked whether the output of a masked step is 0, else it is that of the step
 *     before
 */
public record Recurrence(Cell cell, int units, boolean backwards, boolean zeroWhereMasked) {
  /**
   * How many numbers of a sample a plan keeps for it: the inputs step by step, the gates, the
   * states and, in training, what the way back reads and the gradients of the gates.
   */
  public long numbers(int steps, int inputs, boolean training) {
    long gates = Memory.product(steps, cell.gates(), units);
    long step = Memory.product(steps, units);
    long states = Memory.product(cell.states(), steps + 1L, units);
    long kept =
        Memory.sum(Memory.sum(Memory.product(steps, inputs), gates), Memory.sum(states, step));
    if (cell == Cell.GRU_RESET_BEFORE) {
      kept = Memory.sum(kept, step);
    }
    if (!training) {
      return kept;
    }
    long back = cell == Cell.GRU ? Memory.product(2, gates) : gates;
    return Memory.sum(kept, cell == Cell.LSTM || cell == Cell.GRU ? Memory.sum(back, step) : back);
  }

  /** What a step computes from its inputs x and the state h. */
  public enum Cell {
    /** tanh(x · W + h · U + b). */
    SIMPLE(1, 1),
    /** Long short-term memory: the gates i, f, c, o, and the states h and c. */
    LSTM(4, 2),
    /**
     * Gated recurrent unit: the gates z, r, h; r multiplies h · U + b, as in cuDNN, Keras's {@code
     * reset_after}.
     */
    GRU(3, 1),
    /** The same, where r multiplies h before the product with U. */
    GRU_RESET_BEFORE(3, 1);

    private final int gates;
    private final int states;

    Cell(int gates, int states) {
      this.gates = gates;
      this.states = states;
    }

    /** How many gates it has: its kernels are so many times as wide as a state. */
    public int gates() {
      return gates;
    }

    /** How many states it has, each a vector of as many numbers as there are units. */
    public int states() {
      return states;
    }
  }

  /**
   * What a recurrent operation gives.
   *
   * @param sequence the output of each step in the order in which they were taken, {@code [steps,
   *     units]}
   * @param last the output of the step that was taken last, {@code [units]}
   * @param states the states after it, {@code [units]} each
   */
  public record Outputs(Tensor sequence, Tensor last, List<Tensor> states) {
    public Outputs {
      states = List.copyOf(states);
    }
  }
}
