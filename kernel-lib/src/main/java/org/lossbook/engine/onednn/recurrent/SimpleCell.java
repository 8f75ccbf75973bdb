package org.lossbook.engine.onednn.recurrent;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/** h' = tanh(x · W + b + h · U). */
final class SimpleCell extends Cell {
  private final Products.Factor kernel;
  private final Blocks back;

  SimpleCell(PlanBuilder builder, Shape shape, Products.Factor kernel) {
    super(builder, shape, 1);
    this.kernel = kernel;
    back = training ? Blocks.of(builder, 1, shape.state()) : null;
  }

  @Override
  void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after) {
    int units = shape.units();
    kernel.multiply(shape.rows(), states[0].start(slot), units, 1, gates.start(step), units);
    gates.read(step, after[0]);
    Squashing.tanh(after[0], 0, after[0].length, scratch);
    if (training) {
      gates.write(step, after[0]);
    }
  }

  @Override
  void backward(int step, float[][] before, float[][] from, float[][] to) {
    gates.read(step, now);
    float[] dh = from[0];
    for (int j = 0; j < now.length; j++) {
      now[j] = dh[j] * (1 - now[j] * now[j]);
    }
    gateGradients.write(step, now);
    addToBias(now, 0);
    kernel.multiplyBack(
        shape.rows(), gateGradients.start(step), shape.units(), 0, back.start(0), shape.units());
    back.read(0, to[0]);
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
    return false;
  }
}
