package org.lossbook.training;

import java.util.List;
import org.lossbook.Internal;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.optimizer.ClippedNorms;
import org.lossbook.optimizer.Optimizer;

/**
 * The optimizer's update of a model's native vectors, in chunks that are copied to the heap, where
 * the loop vectorizes: weights and gradients in, weights out. Allocates nothing.
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
  private final SpectralNorms spectralNorms;
  private final ChunkedWork work;
  private final RowUpdate rows;
  private final double[] costs; // a chunk each
  private final float[] weights;
  private final float[] gradients;
  private boolean penalised;
  private double cost;

  ParameterUpdate(
      Parameters parameters,
      Optimizer optimizer,
      Penalties penalties,
      Constraints constraints,
      SpectralNorms spectralNorms) {
    this.constraints = constraints;
    this.spectralNorms = spectralNorms;
    this.parameters = parameters;
    this.penalties = penalties;
    int size = parameters.trainableSize();
    List<Parameter> trained = trained(parameters);
    updater = optimizer.start(trained);
    norms = optimizer.clipping().over(trained.stream().mapToInt(Parameter::size).toArray());
    gradients = new float[Math.min(size, Optimizer.CHUNK)];
    work = new ChunkedWork(size, this::move);
    rows =
        new RowUpdate(
            parameters,
            updater,
            norms,
            penalties,
            slot -> penalties.concern(slot) || constraints.concern(slot));
    costs = new double[work.chunks()];
    weights = new float[gradients.length];
  }

  private static List<Parameter> trained(Parameters parameters) {
    return parameters.slots().stream()
        .map(Parameters.Slot::parameter)
        .filter(Parameter::trainable)
        .toList();
  }

  /** What comes before a training step: spectral normalization. */
  public void prepare() {
    spectralNorms.apply();
  }

  /** Updates the weights, with the gradients of regularization added to those of the loss. */
  void run() {
    run(true);
  }

  /** Updates the weights with the gradients as they are. */
  public void runAsIs() {
    run(false);
  }

  /** Adds the gradients of the regularization penalties. */
  public void addPenaltyGradients() {
    if (penalties.isNone()) {
      return;
    }
    penalised = true;
    penalties.measure();
    for (Parameters.Slot slot : parameters.slots()) {
      if (slot.parameter().trainable() && penalties.concern(slot)) {
        addPenaltyGradients(slot.offset(), slot.offset() + slot.size());
      }
    }
  }

  private void addPenaltyGradients(int from, int to) {
    for (int offset = from; offset < to; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, to - offset);
      read(offset, count, weights, gradients);
      parameters.write(Parameters.Vector.GRADIENT, offset, gradients, count);
    }
  }

  private void run(boolean withPenalties) {
    penalised = withPenalties;
    if (penalised) {
      penalties.measure();
    }
    updater.beginStep();
    if (rows.applies()) {
      cost = rows.run(withPenalties);
      constraints.apply();
      return;
    }
    if (norms.areNeeded() && updater.moves()) {
      measure(parameters.trainableSize());
    }
    survey();
    work.run();
    cost = 0;
    for (double each : costs) { // always in the same order, whichever thread was first
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

  /** Measures the global gradient norm, the one case that needs a second pass over the vectors. */
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

  /** Shows all chunks to an optimizer whose rule looks at whole parameters. */
  private void survey() {
    int passes = updater.moves() ? updater.surveys() : 0;
    int size = parameters.trainableSize();
    for (int pass = 0; pass < passes; pass++) {
      for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
        int count = Math.min(Optimizer.CHUNK, size - offset);
        read(offset, count, weights, gradients);
        updater.gather(gradients, offset, count);
        norms.shorten(gradients, offset, count);
        updater.survey(pass, weights, gradients, offset, count);
      }
      updater.surveyed(pass);
    }
  }

  /** Reads a chunk's weights and gradients, with those of the penalties if wanted. */
  private void read(int offset, int count, float[] w, float[] g) {
    parameters.read(Parameters.Vector.GRADIENT, offset, g, count);
    parameters.read(Parameters.Vector.TRAINABLE, offset, w, count);
    if (penalised) {
      penalties.addGradients(w, g, offset, count);
    }
  }

  /** Replaces the weights with their moving averages, if the optimizer keeps any. */
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

  /** The regularization penalty before the last step. */
  double cost() {
    return cost;
  }

  /** The updater: its state, step count and learning rate. */
  public Optimizer.Updater updater() {
    return updater;
  }
}
