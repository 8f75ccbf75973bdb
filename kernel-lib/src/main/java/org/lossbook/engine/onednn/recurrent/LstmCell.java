package org.lossbook.engine.onednn.recurrent;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/** c' = f · c + i · g and h' = o · tanh c', with the gates i, f, g, o. */
final class LstmCell extends Cell {
  private final Products.Factor kernel;
  private final Blocks tanhs;
  private final Blocks back;
  private final float[] tanh;

  LstmCell(PlanBuilder builder, Shape shape, Products.Factor kernel) {
    super(builder, shape, 1);
    this.kernel = kernel;
    tanhs = training ? Blocks.of(builder, shape.steps(), shape.state()) : null;
    back = training ? Blocks.of(builder, 1, shape.state()) : null;
    tanh = new float[shape.state()];
  }

  @Override
  void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after) {
    int units = shape.units();
    int width = shape.width();
    kernel.multiply(shape.rows(), states[0].start(slot), units, 1, gates.start(step), width);
    gates.read(step, now);
    for (int from = 0; from < now.length; from += width) {
      Squashing.sigmoid(now, from, 2 * units, scratch);
      Squashing.tanh(now, from + 2 * units, units, scratch);
      Squashing.sigmoid(now, from + 3 * units, units, scratch);
    }
    float[] c = before[1];
    float[] next = after[1];
    for (int at = 0, i = 0; at < next.length; at += units, i += width) {
      remember(c, next, at, i);
    }
    System.arraycopy(next, 0, tanh, 0, next.length);
    Squashing.tanh(tanh, 0, tanh.length, scratch);
    float[] h = after[0];
    for (int at = 0, o = 3 * units; at < h.length; at += units, o += width) {
      for (int j = 0; j < units; j++) {
        h[at + j] = now[o + j] * tanh[at + j];
      }
    }
    if (training) {
      gates.write(step, now);
      tanhs.write(step, tanh);
    }
  }

  private void remember(float[] c, float[] next, int at, int i) {
    int units = shape.units();
    int f = i + units;
    int g = f + units;
    for (int j = 0; j < units; j++) {
      next[at + j] = now[f + j] * c[at + j] + now[i + j] * now[g + j];
    }
  }

  @Override
  void backward(int step, float[][] before, float[][] from, float[][] to) {
    gates.read(step, now);
    tanhs.read(step, tanh);
    int units = shape.units();
    int width = shape.width();
    for (int at = 0, i = 0; at < tanh.length; at += units, i += width) {
      differentiate(before[1], from[0], from[1], to[1], at, i);
    }
    gateGradients.write(step, now);
    addToBias(now, 0);
    kernel.multiplyBack(shape.rows(), gateGradients.start(step), width, 0, back.start(0), units);
    back.read(0, to[0]);
  }

  /** One sample's gradients, in place of its gates. */
  private void differentiate(float[] c, float[] dh, float[] dc, float[] to, int at, int i) {
    int units = shape.units();
    int f = i + units;
    int g = f + units;
    int o = g + units;
    for (int j = 0; j < units; j++) {
      float t = tanh[at + j];
      float out = now[o + j];
      dc[at + j] += dh[at + j] * out * (1 - t * t);
      now[o + j] = dh[at + j] * t * out * (1 - out);
    }
    for (int j = 0; j < units; j++) {
      float forget = now[f + j];
      to[at + j] = dc[at + j] * forget;
      now[f + j] = dc[at + j] * c[at + j] * forget * (1 - forget);
    }
    for (int j = 0; j < units; j++) {
      float in = now[i + j];
      float candidate = now[g + j];
      now[i + j] = dc[at + j] * candidate * in * (1 - in);
      now[g + j] = dc[at + j] * in * (1 - candidate * candidate);
    }
  }

  @Override
  void addRecurrentGradient(PlanBuilder builder, memory statesBefore, memory gradient) {
    Products.add(
        builder,
        builder.backward,
        Products.transposed(builder, statesBefore),
        gateGradients(builder),
        Optional.empty(),
        Products.matrix(builder, gradient, 0, shape.units(), shape.width()));
  }

  @Override
  boolean readsBefore(int state) {
    return state == 1;
  }
}
