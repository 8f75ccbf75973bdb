package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.optimizer.ClippedNorms;
import org.lossbook.optimizer.Optimizer;

/**
 * The optimizer's step over a model's native vectors, a chunk at a time, on the heap, where the
 * loop vectorises: weights and gradients are copied in, weights out. Allocates nothing.
 *
 * @hidden
 */
@Internal
public final class ParameterUpdate {
  private final Parameters parameters;
  private final Optimizer.Updater updater;
  private final ClippedNorms norms;
  private final Penalties penalties;
  private final Constraints constraints;
  private final ChunkedWork work;
  private final double[] costs; // a chunk each
  private final float[] weights;
  private final float[] gradients;
  private boolean penalised;
  private double cost;

  ParameterUpdate(
      Parameters parameters, Optimizer optimizer, Penalties penalties, Constraints constraints) {
    this.constraints = constraints;
    this.parameters = parameters;
    this.penalties = penalties;
    int size = parameters.trainableSize();
    updater = optimizer.start(size);
    norms = optimizer.clipping().over(sizes(parameters));
    gradients = new float[Math.min(size, Optimizer.CHUNK)];
    work = new ChunkedWork(size, this::move);
    costs = new double[work.chunks()];
    weights = new float[gradients.length];
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
  public void runAsIs() {
    run(false);
  }

  /** Adds the slopes of what the weights cost to the gradients. */
  public void addGradients() {
    if (penalties.isNone()) {
      return;
    }
    penalised = true;
    int size = parameters.trainableSize();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      read(offset, count, weights, gradients);
      parameters.write(Parameters.Vector.GRADIENT, offset, gradients, count);
    }
  }

  private void run(boolean withPenalties) {
    penalised = withPenalties;
    updater.beginStep();
    if (norms.areNeeded() && updater.moves()) {
      measure(parameters.trainableSize());
    }
    work.run();
    cost = 0;
    for (double each : costs) { // in one order, whichever thread was first
      cost += each;
    }
    constraints.apply();
  }

  private void move(int chunk, int offset, int count, float[] w, float[] g) {
    read(offset, count, w, g);
    costs[chunk] = penalised ? penalties.cost(w, offset, count) : 0;
    updater.gather(g, offset, count);
    if (updater.moves()) {
      norms.shorten(g, offset, count);
    }
    updater.update(w, g, offset, count);
    if (updater.changesWeights()) {
      parameters.write(Parameters.Vector.TRAINABLE, offset, w, count);
    }
  }

  /** The one case where the vectors are walked twice: a length is known at their end. */
  private void measure(int size) {
    norms.begin();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      read(offset, count, weights, gradients);
      updater.gather(gradients, offset, count);
      norms.add(gradients, offset, count);
    }
    norms.end();
  }

  /** A chunk's weights, and its gradients, with what the penalties add where that is wanted. */
  private void read(int offset, int count, float[] w, float[] g) {
    parameters.read(Parameters.Vector.GRADIENT, offset, g, count);
    parameters.read(Parameters.Vector.TRAINABLE, offset, w, count);
    if (penalised) {
      penalties.addGradients(w, g, offset, count);
    }
  }

  /** Puts the averages of the weights in their place, where the optimizer keeps any. */
  void takeAverages() {
    if (!updater.averages()) {
      return;
    }
    int size = parameters.trainableSize();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      updater.average(weights, offset, count);
      parameters.write(Parameters.Vector.TRAINABLE, offset, weights, count);
    }
  }

  /** What the weights cost before the last step. */
  double cost() {
    return cost;
  }

  /** The rule at work: its state, its step count, its learning rate. */
  public Optimizer.Updater updater() {
    return updater;
  }
}
