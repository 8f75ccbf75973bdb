package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.engine.Parameters;

/**
 * A snapshot of all parameters of a model, to be restored bit for bit.
 *
 * @hidden
 */
@Internal
public final class Snapshot {
  private final Parameters parameters;
  private final float[] trainable;
  private final float[] gradient;
  private final float[] kept;

  /** Copies the current parameters. */
  public Snapshot(Parameters parameters) {
    this.parameters = parameters;
    trainable = read(Parameters.Vector.TRAINABLE, parameters.trainableSize());
    gradient = read(Parameters.Vector.GRADIENT, parameters.trainableSize());
    kept = read(Parameters.Vector.KEPT, parameters.keptSize());
  }

  private float[] read(Parameters.Vector vector, int size) {
    float[] numbers = new float[size];
    parameters.read(vector, 0, numbers, size);
    return numbers;
  }

  /** A copy of the weights. */
  float[] weights() {
    return trainable.clone();
  }

  /** Restores the parameters. */
  public void restore() {
    parameters.write(Parameters.Vector.TRAINABLE, 0, trainable, trainable.length);
    parameters.write(Parameters.Vector.GRADIENT, 0, gradient, gradient.length);
    parameters.write(Parameters.Vector.KEPT, 0, kept, kept.length);
  }
}
