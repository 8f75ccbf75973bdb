package org.lossbook.engine.onednn.recurrent;

import org.lossbook.engine.onednn.operation.PlanBuilder;

/** c' = f · c + i · g and h' = o · tanh c', with the gates i, f, g, o. */
final class LstmCell extends Cell {
  private final Products.Factor kernel;
  private final Blocks tanhs;
  private final Blocks back;
  private final float[] tanh;
  private final float[][] gradients;

  LstmCell(PlanBuilder builder, CellMemory memory, Rows rows, Products.Factor kernel) {
    super(builder, memory, rows);
    this.kernel = kernel;
    tanhs = training ? Blocks.of(builder, memory.shape().steps(), state()) : null;
    back = training ? Blocks.of(builder, 1, state()) : null;
    tanh = new float[state()];
    gradients = new float[][] {gate[0], gate[1], scratch, gate[3]};
  }

  @Override
  void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after) {
    kernel.multiply(rows, states[0].start(slot), units, 1, gates.start(step), width);
    readApart(gates, step, gate);
    Squashing.sigmoid(gate[0], scratch);
    Squashing.sigmoid(gate[1], scratch);
    Squashing.tanh(gate[2]);
    Squashing.sigmoid(gate[3], scratch);
    remember(gate[0], gate[1], gate[2], before[1], after[1]);
    System.arraycopy(after[1], 0, tanh, 0, tanh.length);
    Squashing.tanh(tanh);
    multiply(gate[3], tanh, after[0]);
    keepGates(step);
    if (training) {
      tanhs.write(step, tanh);
    }
  }

  private static void remember(float[] i, float[] f, float[] g, float[] c, float[] next) {
    for (int j = 0; j < next.length; j++) {
      next[j] = f[j] * c[j] + i[j] * g[j];
    }
  }

  private static void multiply(float[] a, float[] b, float[] product) {
    for (int j = 0; j < product.length; j++) {
      product[j] = a[j] * b[j];
    }
  }

  @Override
  void backward(int step, float[][] before, float[][] from, float[][] to) {
    readKeptGates(step);
    tanhs.read(step, tanh);
    differentiateOutput(gate[3], tanh, from[0], from[1]);
    differentiateMemory(gate, before[1], from[1], to[1], scratch);
    writeBeside(gateGradients, step, gradients);
    kernel.multiplyBack(rows, gateGradients.start(step), width, 0, back.start(0), units);
    back.read(0, to[0]);
  }

  private static void differentiateOutput(float[] o, float[] tanh, float[] dh, float[] dc) {
    int n = tanh.length;
    for (int j = 0; j < n; j++) {
      dc[j] += dh[j] * o[j] * (1 - tanh[j] * tanh[j]);
    }
    for (int j = 0; j < n; j++) {
      o[j] = dh[j] * tanh[j] * o[j] * (1 - o[j]);
    }
  }

  private static void differentiateMemory(
      float[][] gate, float[] c, float[] dc, float[] to, float[] dg) {
    float[] i = gate[0];
    float[] f = gate[1];
    float[] g = gate[2];
    int n = to.length;
    for (int j = 0; j < n; j++) {
      to[j] = dc[j] * f[j];
    }
    for (int j = 0; j < n; j++) {
      f[j] = dc[j] * c[j] * f[j] * (1 - f[j]);
    }
    for (int j = 0; j < n; j++) {
      dg[j] = dc[j] * i[j] * (1 - g[j] * g[j]);
    }
    for (int j = 0; j < n; j++) {
      i[j] = dc[j] * g[j] * i[j] * (1 - i[j]);
    }
  }

  @Override
  boolean readsBefore(int state) {
    return state == 1;
  }
}
