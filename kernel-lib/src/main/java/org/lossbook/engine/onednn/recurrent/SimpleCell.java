package org.lossbook.engine.onednn.recurrent;

import org.lossbook.engine.onednn.operation.PlanBuilder;

/** h' = tanh(x · W + b + h · U). */
final class SimpleCell extends Cell {
  private final Products.Factor kernel;
  private final Blocks back;

  SimpleCell(PlanBuilder builder, CellMemory memory, Rows rows, Products.Factor kernel) {
    super(builder, memory, rows);
    this.kernel = kernel;
    back = training ? Blocks.of(builder, 1, state()) : null;
  }

  @Override
  void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after) {
    kernel.multiply(rows, states[0].start(slot), units, 1, gates.start(step), width);
    gates.read(step, after[0]);
    Squashing.tanh(after[0]);
    if (training) {
      gates.write(step, after[0]);
    }
  }

  @Override
  void backward(int step, float[][] before, float[][] from, float[][] to) {
    readKeptGates(step);
    differentiate(gate[0], from[0]);
    gateGradients.write(step, gate[0]);
    kernel.multiplyBack(rows, gateGradients.start(step), width, 0, back.start(0), units);
    back.read(0, to[0]);
  }

  private static void differentiate(float[] tanh, float[] dh) {
    for (int j = 0; j < tanh.length; j++) {
      tanh[j] = dh[j] * (1 - tanh[j] * tanh[j]);
    }
  }

  @Override
  boolean readsBefore(int state) {
    return false;
  }
}
