package org.lossbook.engine.onednn.recurrent;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/** The gradients of the weights: products over all steps and samples, after the way back. */
final class WeightGradients {
  private final PlanBuilder builder;
  private final CellMemory memory;

  WeightGradients(PlanBuilder builder, CellMemory memory) {
    this.builder = builder;
    this.memory = memory;
  }

  /** A matrix of weights as it lies in their vector. */
  static memory.desc layout(Parameters.Slot slot) {
    int[] shape = slot.parameter().shape();
    return Formats.strided(new long[] {shape[0], shape[1]}, new long[] {shape[1], 1});
  }

  void addKernel(Parameters.Slot kernel, memory inputs) {
    memory gradient = builder.gradient(kernel, layout(kernel), layout(kernel));
    multiply(inputs, memory.gateGradients(builder), gradient);
    builder.gradientWritten(kernel, layout(kernel), gradient);
  }

  /**
   * @param states the state before each step
   */
  void addRecurrent(Parameters.Slot kernel, Recurrence.Cell cell, memory states) {
    memory gradient = builder.gradient(kernel, layout(kernel), layout(kernel));
    CellMemory.Shape shape = memory.shape();
    int units = shape.units();
    int width = shape.width();
    switch (cell) {
      case SIMPLE, LSTM -> multiply(states, memory.gateGradients(builder), gradient);
      case GRU -> multiply(states, further(width), gradient);
      case GRU_RESET_BEFORE -> {
        multiply(states, columns(shape.all(), 0, 2), part(gradient, units, 0, 2));
        multiply(further(units), columns(shape.all(), 2, 1), part(gradient, units, 2, 1));
      }
    }
    builder.gradientWritten(kernel, layout(kernel), gradient);
  }

  void addBias(Parameters.Slot bias, Recurrence.Cell cell) {
    memory.desc layout = Formats.vector(bias.size());
    memory gradient = builder.gradient(bias, layout, layout);
    int width = memory.shape().width();
    int all = memory.shape().all();
    float[] ones = new float[all];
    Arrays.fill(ones, 1);
    memory row = builder.memory(Formats.vector(all));
    Formats.numbers(row).put(0, ones);
    memory sum = Products.matrix(builder, row, 0, 1, all);
    add(sum, memory.gateGradients(builder), Products.matrix(builder, gradient, 0, 1, width));
    if (cell == Recurrence.Cell.GRU) {
      add(sum, further(width), Products.matrix(builder, gradient, width, 1, width));
    }
    builder.gradientWritten(bias, layout, gradient);
  }

  private memory further(int width) {
    return memory.matrix(builder, memory.further().orElseThrow(), width);
  }

  /** The gradients of some gates. */
  private memory columns(int rows, int gate, int gates) {
    return part(memory.gateGradients().orElseThrow(), rows, gate, gates);
  }

  private memory part(memory numbers, int rows, int gate, int gates) {
    int units = memory.shape().units();
    return Products.matrix(
        builder, numbers, gate * units, rows, gates * units, memory.shape().width());
  }

  private void multiply(memory left, memory right, memory to) {
    add(Products.transposed(builder, left), right, to);
  }

  private void add(memory left, memory right, memory to) {
    Products.add(builder, builder.backward, left, right, Optional.empty(), to);
  }
}
