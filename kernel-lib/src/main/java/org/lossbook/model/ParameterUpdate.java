package org.lossbook.model;

import org.lossbook.engine.Parameters;
import org.lossbook.optimizer.ClippedNorms;
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
  private final ClippedNorms norms;
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
    norms = optimizer.clipping().over(sizes(parameters));
    weights = new float[Math.min(size, Optimizer.CHUNK)];
    gradients = new float[weights.length];
  }

  private static int[] sizes(Parameters parameters) {
    return parameters.slots().stream()
        .filter(slot -> slot.parameter().trainable())
        .mapToInt(Parameters.Slot::size)
        .toArray();
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
      read(offset, count, true);
      parameters.write(Parameters.Vector.GRADIENT, offset, gradients, count);
    }
  }

  private void run(boolean penalised) {
    int size = parameters.trainableSize();
    if (norms.areNeeded()) {
      measure(size, penalised);
    }
    updater.beginStep();
    cost = 0;
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      read(offset, count, penalised);
      if (penalised) {
        cost += penalties.cost(weights, offset, count);
      }
      norms.shorten(gradients, offset, count);
      updater.update(weights, gradients, offset, count);
      parameters.write(Parameters.Vector.TRAINABLE, offset, weights, count);
    }
    constraints.apply();
  }

  /** The one case where the vectors are walked twice: a length is known at their end. */
  private void measure(int size, boolean penalised) {
    norms.begin();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      read(offset, count, penalised);
      norms.add(gradients, offset, count);
    }
    norms.end();
  }

  /** A chunk's weights, and its gradients, with what the penalties add where that is wanted. */
  private void read(int offset, int count, boolean penalised) {
    parameters.read(Parameters.Vector.GRADIENT, offset, gradients, count);
    parameters.read(Parameters.Vector.TRAINABLE, offset, weights, count);
    if (penalised) {
      penalties.addSlopes(weights, gradients, offset, count);
    }
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
