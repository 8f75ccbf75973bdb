package org.lossbook.engine.onednn.recurrent;

import java.util.Optional;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * h' = z · h + (1 − z) · g with g = tanh(x · W + b + r · (h · U + b')): the gates z, r, g, of which
 * h · U + b' is computed apart.
 */
final class GruCell extends Cell {
  private final Products.Factor kernel;

  /** b', once for each sample. */
  private final Optional<Matrix> bias;

  private final float[] biases;

  /** h · U + b' of a step; what r multiplies is its third. */
  private final float[][] other;

  /** The gradients of it. */
  private final float[][] ofOther;

  private final Blocks others;
  private final Blocks otherGradients;
  private final Blocks candidates;
  private final Blocks back;

  /**
   * @param bias that of the state
   */
  GruCell(
      PlanBuilder builder,
      CellMemory memory,
      Rows rows,
      Products.Factor kernel,
      Optional<Matrix> bias) {
    super(builder, memory, rows);
    this.kernel = kernel;
    int steps = memory.shape().steps();
    this.bias = bias;
    biases = new float[width];
    other = new float[3][state()];
    ofOther = new float[][] {gate[0], gate[1], scratch};
    others = Blocks.of(builder, 1, Math.multiplyExact(rows.count(), width));
    otherGradients = memory.further().map(all -> memory.blocks(all, rows, width)).orElse(null);
    candidates = training ? Blocks.of(builder, steps, state()) : null;
    back = training ? Blocks.of(builder, 1, state()) : null;
  }

  @Override
  void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after) {
    boolean isBiased = bias.isPresent();
    if (isBiased) {
      bias.get().read(biases);
      for (int row = 0; row < rows; row++) {
        others.write(0, row * width, biases);
      }
    }
    kernel.multiply(rows, states[0].start(slot), units, isBiased ? 1 : 0, others.start(0), width);
    readApart(others, 0, other);
    readApart(gates, step, gate);
    GruLoops.add(other[0], gate[0]);
    Squashing.sigmoid(gate[0], scratch);
    GruLoops.add(other[1], gate[1]);
    Squashing.sigmoid(gate[1], scratch);
    GruLoops.addProduct(gate[1], other[2], gate[2]);
    Squashing.tanh(gate[2]);
    GruLoops.mix(gate[0], gate[2], before[0], after[0]);
    keepGates(step);
    if (training) {
      candidates.write(step, other[2]);
    }
  }

  @Override
  void backward(int step, float[][] before, float[][] from, float[][] to) {
    readKeptGates(step);
    candidates.read(step, other[2]);
    GruLoops.differentiateMix(gate[0], gate[2], before[0], from[0], to[0], scratch);
    GruLoops.multiply(gate[2], gate[1], scratch);
    GruLoops.differentiateReset(gate[1], other[2], gate[2]);
    writeBeside(gateGradients, step, gate);
    writeBeside(otherGradients, step, ofOther);
    back.write(0, to[0]);
    kernel.multiplyBack(rows, otherGradients.start(step), width, 1, back.start(0), units);
    back.read(0, to[0]);
  }

  @Override
  boolean readsBefore(int state) {
    return true;
  }
}
