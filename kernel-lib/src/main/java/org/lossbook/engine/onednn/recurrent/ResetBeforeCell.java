package org.lossbook.engine.onednn.recurrent;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
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
      PlanBuilder builder, Shape shape, Products.Factor kernel, Products.Factor candidateKernel) {
    super(builder, shape, 1);
    this.kernel = kernel;
    this.candidateKernel = candidateKernel;
    candidates = gates.starts(shape.steps(), 2 * shape.units());
    candidateGradients =
        training ? gateGradients.starts(shape.steps(), 2 * shape.units()) : candidates;
    resets = Blocks.of(builder, shape.steps(), shape.state());
    back = training ? Blocks.of(builder, 1, shape.state()) : null;
    reset = new float[shape.state()];
  }

  @Override
  void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after) {
    int rows = shape.rows();
    int units = shape.units();
    int width = shape.width();
    kernel.multiply(rows, states[0].start(slot), units, 1, gates.start(step), width);
    gates.read(step, now);
    float[] h = before[0];
    for (int at = 0, z = 0; z < now.length; at += units, z += width) {
      Squashing.sigmoid(now, z, 2 * units, scratch);
      for (int j = 0; j < units; j++) {
        reset[at + j] = now[z + units + j] * h[at + j];
      }
    }
    gates.write(step, now);
    resets.write(step, reset);
    candidateKernel.multiply(rows, resets.start(step), units, 1, candidates[step], width);
    gates.read(step, now);
    for (int g = 2 * units; g < now.length; g += width) {
      Squashing.tanh(now, g, units, scratch);
    }
    GruMix.forward(shape, now, h, after[0]);
    if (training) {
      gates.write(step, now);
    }
  }

  @Override
  void backward(int step, float[][] before, float[][] from, float[][] to) {
    int rows = shape.rows();
    int units = shape.units();
    int width = shape.width();
    float[] h = before[0];
    gates.read(step, now);
    GruMix.backward(shape, now, h, from[0], to[0]);
    gateGradients.write(step, now);
    candidateKernel.multiplyBack(rows, candidateGradients[step], width, 0, back.start(0), units);
    back.read(0, reset);
    for (int at = 0, r = units; at < h.length; at += units, r += width) {
      for (int j = 0; j < units; j++) {
        float gate = now[r + j];
        to[0][at + j] += reset[at + j] * gate;
        now[r + j] = reset[at + j] * h[at + j] * gate * (1 - gate);
      }
    }
    gateGradients.write(step, now);
    addToBias(now, 0);
    back.write(0, to[0]);
    kernel.multiplyBack(rows, gateGradients.start(step), width, 1, back.start(0), units);
    back.read(0, to[0]);
  }

  @Override
  void addRecurrentGradient(PlanBuilder builder, memory statesBefore, memory gradient) {
    int rows = shape.steps() * shape.rows();
    int units = shape.units();
    int width = shape.width();
    Products.add(
        builder,
        builder.backward,
        Products.transposed(builder, statesBefore),
        Products.matrix(builder, gateGradients.memory, 0, rows, 2 * units, width),
        Optional.empty(),
        Products.matrix(builder, gradient, 0, units, 2 * units, width));
    Products.add(
        builder,
        builder.backward,
        Products.transposed(builder, Products.matrix(builder, resets.memory, 0, rows, units)),
        Products.matrix(builder, gateGradients.memory, 2 * units, rows, units, width),
        Optional.empty(),
        Products.matrix(builder, gradient, 2 * units, units, units, width));
  }

  @Override
  boolean readsBefore(int state) {
    return true;
  }
}
