package org.lossbook.model;

import org.lossbook.engine.Parameters;
import org.lossbook.optimizer.Optimizer;

/**
 * The optimizer's step over a model's native vectors: chunks are copied to the heap, where the loop
 * vectorises, and back. Allocates nothing.
 */
final class ParameterUpdate {
  private final Parameters parameters;
  private final Optimizer.Updater updater;
  private final float[] weights;
  private final float[] gradients;
  private long steps;

  ParameterUpdate(Parameters parameters, Optimizer optimizer) {
    this.parameters = parameters;
    int size = parameters.trainableSize();
    updater = optimizer.start(size);
    weights = new float[Math.min(size, Optimizer.CHUNK)];
    gradients = new float[weights.length];
  }

  /** From the gradients that are there to the next weights. */
  void run() {
    updater.beginStep();
    int size = parameters.trainableSize();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      parameters.read(Parameters.Vector.GRADIENT, offset, gradients, count);
      parameters.read(Parameters.Vector.TRAINABLE, offset, weights, count);
      updater.update(weights, gradients, offset, count);
      parameters.write(Parameters.Vector.TRAINABLE, offset, weights, count);
    }
    steps++;
  }

  /** The steps taken so far. */
  long steps() {
    return steps;
  }
}
