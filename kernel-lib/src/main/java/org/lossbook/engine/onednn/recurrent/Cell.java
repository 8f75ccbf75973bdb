package org.lossbook.engine.onednn.recurrent;

import org.lossbook.engine.onednn.operation.PlanBuilder;

/** What one step computes, of some of the samples: arrays hold their numbers of that step. */
abstract class Cell {
  final int rows;
  final int units;
  final int width;
  final boolean training;

  /** The inputs times their kernel; a step puts there what its way back reads. */
  final Blocks gates;

  /** The gradients with respect to the inputs times their kernel. */
  final Blocks gateGradients;

  /** Each gate's numbers, sample by sample. */
  final float[][] gate;

  final float[] scratch;

  /** All gates of a sample beside each other, as products have them. */
  private final float[] beside;

  Cell(PlanBuilder builder, CellMemory memory, Rows rows) {
    this.rows = rows.count();
    units = memory.shape().units();
    width = memory.shape().width();
    training = builder.training;
    gates = memory.blocks(memory.gates(), rows, width);
    gateGradients = memory.gateGradients().map(all -> memory.blocks(all, rows, width)).orElse(null);
    gate = new float[memory.shape().gates()][state()];
    scratch = new float[state()];
    beside = new float[Math.multiplyExact(rows.count(), width)];
  }

  /** The numbers of a state. */
  final int state() {
    return Math.multiplyExact(rows, units);
  }

  /**
   * Computes the states after a step.
   *
   * @param states all states, of which this step begins with those at {@code slot}
   * @param before those as arrays
   * @param after where the new ones go
   */
  abstract void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after);

  /**
   * Computes the gradients with respect to a step's gates, and to the states before it.
   *
   * @param from those with respect to the states after it; may be overwritten
   */
  abstract void backward(int step, float[][] before, float[][] from, float[][] to);

  /** Whether the backward pass reads that state. */
  abstract boolean readsBefore(int state);

  /** Reads what lies beside each other, each gate into an array of its own. */
  final void readApart(Blocks blocks, int step, float[][] apart) {
    blocks.read(step, beside);
    for (int k = 0; k < apart.length; k++) {
      takeApart(k, apart[k]);
    }
  }

  /** Reads one gate of those that lie beside each other. */
  final void readApart(Blocks blocks, int step, int one, float[] apart) {
    blocks.read(step, beside);
    takeApart(one, apart);
  }

  private void takeApart(int one, float[] apart) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(beside, row * width + one * units, apart, row * units, units);
    }
  }

  /** Writes the gates beside each other; {@code apart} stays, for a list here would be garbage. */
  final void writeBeside(Blocks blocks, int step, float[][] apart) {
    for (int k = 0; k < apart.length; k++) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(apart[k], row * units, beside, row * width + k * units, units);
      }
    }
    blocks.write(step, beside);
  }

  /** Keeps the gates for the way back, one after the other. */
  final void keepGates(int step) {
    if (training) {
      for (int k = 0; k < gate.length; k++) {
        gates.write(step, k * scratch.length, gate[k]);
      }
    }
  }

  final void readKeptGates(int step) {
    for (int k = 0; k < gate.length; k++) {
      gates.read(step, k * scratch.length, gate[k]);
    }
  }
}
