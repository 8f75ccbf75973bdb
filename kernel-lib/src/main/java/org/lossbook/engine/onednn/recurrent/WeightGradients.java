package org.lossbook.engine.onednn.recurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final int threads;
  private final List<Runnable> products = new ArrayList<>();
  private final List<Runnable> written = new ArrayList<>();

  /**
   * @param threads among which the products are shared
   */
  WeightGradients(PlanBuilder builder, CellMemory memory, int threads) {
    this.builder = builder;
    this.memory = memory;
    this.threads = threads;
  }

  /** What the threads do; the gradients are {@link #finish finished} after it. */
  List<Runnable> products() {
    return products;
  }

  /** Tells the plan that the gradients are there; after the products. */
  void finish() {
    written.forEach(Runnable::run);
  }

  /** A matrix of weights as it lies in their vector. */
  static memory.desc layout(Parameters.Slot slot) {
    int[] shape = slot.parameter().shape();
    return Formats.strided(new long[] {shape[0], shape[1]}, new long[] {shape[1], 1});
  }

  void addKernel(Parameters.Slot kernel, Matrix inputs) {
    memory gradient = builder.gradient(kernel, layout(kernel), layout(kernel));
    multiply(inputs, memory.allGateGradients(), kernel(gradient, kernel));
    written.add(() -> builder.gradientWritten(kernel, layout(kernel), gradient));
  }

  /**
   * @param states the state before each step
   */
  void addRecurrent(Parameters.Slot kernel, Recurrence.Cell cell, Matrix states) {
    memory gradient = builder.gradient(kernel, layout(kernel), layout(kernel));
    CellMemory.Shape shape = memory.shape();
    int units = shape.units();
    int width = shape.width();
    switch (cell) {
      case SIMPLE, LSTM -> multiply(states, memory.allGateGradients(), kernel(gradient, kernel));
      case GRU -> multiply(states, further(width), kernel(gradient, kernel));
      case GRU_RESET_BEFORE -> {
        multiply(states, columns(shape.all(), 0, 2), part(gradient, units, 0, 2));
        multiply(further(units), columns(shape.all(), 2, 1), part(gradient, units, 2, 1));
      }
    }
    written.add(() -> builder.gradientWritten(kernel, layout(kernel), gradient));
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
    Matrix sum = Matrix.of(row, 1, all);
    add(sum, memory.allGateGradients(), Matrix.of(gradient, 1, width));
    if (cell == Recurrence.Cell.GRU) {
      add(sum, further(width), Matrix.of(gradient, width, 1, width, width));
    }
    written.add(() -> builder.gradientWritten(bias, layout, gradient));
  }

  private Matrix further(int width) {
    return memory.matrix(memory.further().orElseThrow(), width);
  }

  /** The gradients of some gates. */
  private Matrix columns(int rows, int gate, int gates) {
    return part(memory.gateGradients().orElseThrow(), rows, gate, gates);
  }

  private Matrix part(memory numbers, int rows, int gate, int gates) {
    int units = memory.shape().units();
    return Matrix.of(numbers, gate * units, rows, gates * units, memory.shape().width());
  }

  private static Matrix kernel(memory gradient, Parameters.Slot slot) {
    int[] shape = slot.parameter().shape();
    return Matrix.of(gradient, shape[0], shape[1]);
  }

  private void multiply(Matrix left, Matrix right, Matrix to) {
    add(left.transposed(), right, to);
  }

  private void add(Matrix left, Matrix right, Matrix to) {
    products.addAll(Products.inParts(threads, left, right, Optional.empty(), to));
  }
}
