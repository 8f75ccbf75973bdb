package org.lossbook.engine.onednn.recurrent;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * h' = z · h + (1 − z) · g with g = tanh(x · W + b + r · (h · U + b')): the gates z, r, g, of which
 * h · U + b' is computed apart.
 */
final class GruCell extends Cell {
  private final Products.Factor kernel;
  private final Optional<Blocks> bias;
  private final float[] biases;

  /** h · U + b' of a step, then its gradients. */
  private final float[] other;

  private final Blocks others;
  private final Blocks otherGradients;
  private final Blocks back;

  /** What r multiplies. */
  private final float[] candidate;

  private final Blocks candidates;

  /**
   * @param bias that of the state
   */
  GruCell(PlanBuilder builder, Shape shape, Products.Factor kernel, Optional<Blocks> bias) {
    super(builder, shape, 2);
    this.kernel = kernel;
    this.bias = bias;
    biases = new float[shape.width()];
    other = new float[now.length];
    others = Blocks.of(builder, 1, now.length);
    otherGradients = training ? Blocks.of(builder, shape.steps(), now.length) : null;
    back = training ? Blocks.of(builder, 1, shape.state()) : null;
    candidate = new float[shape.state()];
    candidates = training ? Blocks.of(builder, shape.steps(), shape.state()) : null;
  }

  @Override
  void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after) {
    int units = shape.units();
    int width = shape.width();
    kernel.multiply(shape.rows(), states[0].start(slot), units, 0, others.start(0), width);
    others.read(0, other);
    gates.read(step, now);
    bias.ifPresent(b -> b.read(0, biases));
    for (int at = 0, z = 0; z < now.length; at += units, z += width) {
      addUp(at, z);
    }
    for (int z = 0; z < now.length; z += width) {
      Squashing.sigmoid(now, z, 2 * units, scratch);
    }
    for (int at = 0, z = 0; z < now.length; at += units, z += width) {
      int r = z + units;
      int g = r + units;
      for (int j = 0; j < units; j++) {
        now[g + j] += now[r + j] * candidate[at + j];
      }
      Squashing.tanh(now, g, units, scratch);
    }
    GruMix.forward(shape, now, before[0], after[0]);
    if (training) {
      gates.write(step, now);
      candidates.write(step, candidate);
    }
  }

  private void addUp(int at, int z) {
    int units = shape.units();
    for (int j = 0; j < 2 * units; j++) {
      now[z + j] += other[z + j] + biases[j];
    }
    int g = z + 2 * units;
    for (int j = 0; j < units; j++) {
      candidate[at + j] = other[g + j] + biases[2 * units + j];
    }
  }

  @Override
  void backward(int step, float[][] before, float[][] from, float[][] to) {
    gates.read(step, now);
    candidates.read(step, candidate);
    int units = shape.units();
    int width = shape.width();
    GruMix.backward(shape, now, before[0], from[0], to[0]);
    for (int at = 0, z = 0; z < now.length; at += units, z += width) {
      int r = z + units;
      int g = r + units;
      System.arraycopy(now, z, other, z, units);
      for (int j = 0; j < units; j++) {
        float reset = now[r + j];
        other[g + j] = now[g + j] * reset;
        now[r + j] = now[g + j] * candidate[at + j] * reset * (1 - reset);
      }
      System.arraycopy(now, r, other, r, units);
    }
    gateGradients.write(step, now);
    otherGradients.write(step, other);
    addToBias(now, 0);
    addToBias(other, width);
    back.write(0, to[0]);
    kernel.multiplyBack(shape.rows(), otherGradients.start(step), width, 1, back.start(0), units);
    back.read(0, to[0]);
  }

  @Override
  void addRecurrentGradient(PlanBuilder builder, memory statesBefore, memory gradient) {
    Products.add(
        builder,
        builder.backward,
        Products.transposed(builder, statesBefore),
        Products.matrix(
            builder, otherGradients.memory, 0, shape.steps() * shape.rows(), shape.width()),
        Optional.empty(),
        Products.matrix(builder, gradient, 0, shape.units(), shape.width()));
  }

  @Override
  boolean readsBefore(int state) {
    return true;
  }
}
