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
  private final Penalties penalties;
  private final Constraints constraints;
  private double cost;

  ParameterUpdate(
      Parameters parameters, Optimizer optimizer, Penalties penalties, Constraints constraints) {
    this.constraints = constraints;
    this.parameters = parameters;
    this.penalties = penalties;
    int size = parameters.trainableSize();
    updater = optimizer.start(size);
    weights = new float[Math.min(size, Optimizer.CHUNK)];
    gradients = new float[weights.length];
  }

  /** From the gradients of the loss, those of the penalties added, to the next weights. */
  void run() {
    run(true);
  }

  /** From the gradients as they are to the next weights. */
  void runAsIs() {
    run(false);
  }

  /** Adds the slopes of what the weights cost to the gradients. */
  void addSlopes() {
    if (penalties.isNone()) {
      return;
    }
    int size = parameters.trainableSize();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      parameters.read(Parameters.Vector.GRADIENT, offset, gradients, count);
      parameters.read(Parameters.Vector.TRAINABLE, offset, weights, count);
      penalties.addSlopes(weights, gradients, offset, count);
      parameters.write(Parameters.Vector.GRADIENT, offset, gradients, count);
    }
  }

  private void run(boolean penalised) {
    updater.beginStep();
    cost = 0;
    int size = parameters.trainableSize();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      parameters.read(Parameters.Vector.GRADIENT, offset, gradients, count);
      parameters.read(Parameters.Vector.TRAINABLE, offset, weights, count);
      if (penalised) {
        cost += penalties.cost(weights, offset, count);
        penalties.addSlopes(weights, gradients, offset, count);
      }
      updater.update(weights, gradients, offset, count);
      parameters.write(Parameters.Vector.TRAINABLE, offset, weights, count);
    }
    constraints.apply();
  }

  /** What the weights cost before the last step. */
  double cost() {
    return cost;
  }

  /** The rule at work: its state, its step count, its learning rate. */
  Optimizer.Updater updater() {
    return updater;
  }
}
