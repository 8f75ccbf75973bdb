package org.lossbook.engine.onednn.recurrent;

import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/** A GRU whose candidate is g = tanh(x · W + b + (r · h) · U): its product needs r first. */
final class ResetBeforeCell extends Cell {
  private final Products.Factor kernel;
  private final Products.Factor candidateKernel;
  private final FloatPointer[] candidates;
  private final FloatPointer[] candidateGradients;

  /** r · h of each step. */
  private final Blocks resets;

  private final Blocks back;
  private final float[] reset;

  /**
   * @param kernel of the gates z and r
   * @param candidateKernel of the candidate
   */
  ResetBeforeCell(
      PlanBuilder builder,
      CellMemory memory,
      Rows rows,
      Products.Factor kernel,
      Products.Factor candidateKernel) {
    super(builder, memory, rows);
    this.kernel = kernel;
    this.candidateKernel = candidateKernel;
    int steps = memory.shape().steps();
    candidates = new FloatPointer[steps];
    candidateGradients = new FloatPointer[steps];
    for (int step = 0; step < steps; step++) {
      candidates[step] = gates.start(step).getPointer(2L * units);
      candidateGradients[step] =
          (training ? gateGradients : gates).start(step).getPointer(2L * units);
    }
    resets = memory.blocks(memory.further().orElseThrow(), rows, units);
    back = training ? Blocks.of(builder, 1, state()) : null;
    reset = new float[state()];
  }

  @Override
  void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after) {
    kernel.multiply(rows, states[0].start(slot), units, 1, gates.start(step), width);
    readApart(gates, step, gate);
    Squashing.sigmoid(gate[0], scratch);
    Squashing.sigmoid(gate[1], scratch);
    GruLoops.multiply(gate[1], before[0], reset);
    resets.write(step, reset);
    candidateKernel.multiply(rows, resets.start(step), units, 1, candidates[step], width);
    readApart(gates, step, 2, gate[2]);
    Squashing.tanh(gate[2]);
    GruLoops.mix(gate[0], gate[2], before[0], after[0]);
    keepGates(step);
  }

  @Override
  void backward(int step, float[][] before, float[][] from, float[][] to) {
    readKeptGates(step);
    GruLoops.differentiateMix(gate[0], gate[2], before[0], from[0], to[0], scratch);
    writeBeside(gateGradients, step, gate);
    candidateKernel.multiplyBack(rows, candidateGradients[step], width, 0, back.start(0), units);
    back.read(0, reset);
    GruLoops.addProduct(reset, gate[1], to[0]);
    GruLoops.differentiateReset(gate[1], before[0], reset);
    writeBeside(gateGradients, step, gate);
    back.write(0, to[0]);
    kernel.multiplyBack(rows, gateGradients.start(step), width, 1, back.start(0), units);
    back.read(0, to[0]);
  }

  @Override
  boolean readsBefore(int state) {
    return true;
  }
}
