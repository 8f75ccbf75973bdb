package org.lossbook.engine.onednn.recurrent;

import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * What one step computes. Arrays hold the numbers of a step, sample by sample; a {@link Blocks} has
 * those of all steps, in the order of time.
 */
abstract class Cell {
  final Shape shape;
  final boolean training;

  /** The inputs times their kernel, then what the backward pass reads instead. */
  final Blocks gates;

  /** The gradients with respect to the inputs times their kernel. */
  final Blocks gateGradients;

  /** The numbers of a step's gates. */
  final float[] now;

  final float[] scratch;

  /** The sums of the gradients over samples and steps. */
  final double[] biasGradients;

  private final float[] sums;

  /** The sizes of a sequence. */
  record Shape(int steps, int rows, int inputs, int units, int gates) {
    /** The numbers of a state, of all samples. */
    int state() {
      return Math.multiplyExact(rows, units);
    }

    /** All gates of a sample. */
    int width() {
      return Math.multiplyExact(gates, units);
    }
  }

  Cell(PlanBuilder builder, Shape shape, int biases) {
    this.shape = shape;
    training = builder.training;
    int size = Math.multiplyExact(shape.rows, shape.width());
    gates = Blocks.of(builder, shape.steps, size);
    gateGradients = training ? Blocks.of(builder, shape.steps, size) : null;
    now = new float[size];
    scratch = new float[size];
    sums = new float[shape.width()];
    biasGradients = new double[biases * shape.width()];
  }

  /**
   * Computes the states after a step.
   *
   * @param states all states, of which this step begins with those at {@code slot}
   * @param before those as arrays
   * @param after where the new ones go
   */
  abstract void forward(int step, Blocks[] states, int slot, float[][] before, float[][] after);

  /**
   * Computes the gradients with respect to a step's gates, and to the states before it.
   *
   * @param from those with respect to the states after it; may be overwritten
   */
  abstract void backward(int step, float[][] before, float[][] from, float[][] to);

  /** Adds the steps that compute the gradient of the recurrent kernel. */
  abstract void addRecurrentGradient(PlanBuilder builder, memory statesBefore, memory gradient);

  /** Whether the backward pass reads that state. */
  abstract boolean readsBefore(int state);

  /** The gradients of all gates, a row for each step and sample. */
  final memory gateGradients(PlanBuilder builder) {
    return Products.matrix(
        builder, gateGradients.memory, 0, shape.steps * shape.rows, shape.width());
  }

  /** Adds the gradients of a step to those of the bias, of which {@code place} is the first. */
  final void addToBias(float[] gradients, int place) {
    int width = shape.width();
    System.arraycopy(gradients, 0, sums, 0, width);
    for (int from = width; from < gradients.length; from += width) {
      for (int j = 0; j < width; j++) {
        sums[j] += gradients[from + j];
      }
    }
    for (int j = 0; j < width; j++) {
      biasGradients[place + j] += sums[j];
    }
  }

  /** Adds the step that writes the gradient of the bias. */
  final void addBiasGradient(PlanBuilder builder, memory gradient) {
    var to = Formats.numbers(gradient);
    float[] rounded = new float[biasGradients.length];
    Step write =
        stream -> {
          for (int j = 0; j < rounded.length; j++) {
            rounded[j] = (float) biasGradients[j];
          }
          to.put(0, rounded);
          Arrays.fill(biasGradients, 0);
        };
    builder.backward.add(write);
  }
}
