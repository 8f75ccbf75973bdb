package org.lossbook.engine.onednn.recurrent;

import java.util.Arrays;
import org.lossbook.engine.Recurrence;

/** One sample's sequence in double precision, step by step as the formulas say. */
final class RecurrentReference {
  private final Recurrence how;
  private final int inputs;
  private final double[] kernel;
  private final double[] recurrent;
  private final double[] bias;

  RecurrentReference(
      Recurrence how, int inputs, double[] kernel, double[] recurrent, double[] bias) {
    this.how = how;
    this.inputs = inputs;
    this.kernel = kernel;
    this.recurrent = recurrent;
    this.bias = bias;
  }

  /** The outputs of all steps, the last one once more, then the states. */
  double[] run(double[] x, double[][] initial, float[] mask) {
    int units = how.units();
    int steps = x.length / inputs;
    double[][] states = new double[initial.length][];
    for (int s = 0; s < states.length; s++) {
      states[s] = initial[s].clone();
    }
    double[] output = new double[units];
    double[] all = new double[(steps + 1 + states.length) * units];
    for (int place = 0; place < steps; place++) {
      int step = how.backwards() ? steps - 1 - place : place;
      if (mask[step] != 0) {
        states = next(Arrays.copyOfRange(x, step * inputs, (step + 1) * inputs), states);
        output = states[0];
      } else if (how.zeroWhereMasked()) {
        output = new double[units];
      }
      System.arraycopy(output, 0, all, place * units, units);
    }
    System.arraycopy(output, 0, all, steps * units, units);
    for (int s = 0; s < states.length; s++) {
      System.arraycopy(states[s], 0, all, (steps + 1 + s) * units, units);
    }
    return all;
  }

  private double[][] next(double[] x, double[][] states) {
    int units = how.units();
    double[] h = states[0];
    double[] a = times(x, kernel, 0);
    double[] next = new double[units];
    switch (how.cell()) {
      case SIMPLE -> {
        double[] b = times(h, recurrent, -1);
        for (int j = 0; j < units; j++) {
          next[j] = Math.tanh(a[j] + b[j]);
        }
        return new double[][] {next};
      }
      case LSTM -> {
        double[] b = times(h, recurrent, -1);
        double[] memory = new double[units];
        for (int j = 0; j < units; j++) {
          double in = sigmoid(a[j] + b[j]);
          double forget = sigmoid(a[units + j] + b[units + j]);
          double candidate = Math.tanh(a[2 * units + j] + b[2 * units + j]);
          memory[j] = forget * states[1][j] + in * candidate;
          next[j] = sigmoid(a[3 * units + j] + b[3 * units + j]) * Math.tanh(memory[j]);
        }
        return new double[][] {next, memory};
      }
      case GRU -> {
        double[] b = times(h, recurrent, 1);
        for (int j = 0; j < units; j++) {
          double update = sigmoid(a[j] + b[j]);
          double reset = sigmoid(a[units + j] + b[units + j]);
          double candidate = Math.tanh(a[2 * units + j] + reset * b[2 * units + j]);
          next[j] = update * h[j] + (1 - update) * candidate;
        }
        return new double[][] {next};
      }
      default -> {
        double[] b = times(h, recurrent, -1);
        double[] resets = new double[units];
        for (int j = 0; j < units; j++) {
          resets[j] = sigmoid(a[units + j] + b[units + j]) * h[j];
        }
        double[] c = times(resets, recurrent, -1);
        for (int j = 0; j < units; j++) {
          double update = sigmoid(a[j] + b[j]);
          next[j] = update * h[j] + (1 - update) * Math.tanh(a[2 * units + j] + c[2 * units + j]);
        }
        return new double[][] {next};
      }
    }
  }

  /** x · matrix, with that row of the bias, or none. */
  private double[] times(double[] x, double[] matrix, int biasRow) {
    int width = how.units() * how.cell().gates();
    double[] sums = new double[width];
    for (int j = 0; j < width; j++) {
      sums[j] = biasRow < 0 || bias.length == 0 ? 0 : bias[biasRow * width + j];
      for (int i = 0; i < x.length; i++) {
        sums[j] += x[i] * matrix[i * width + j];
      }
    }
    return sums;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
