package org.lossbook.training;

import java.util.List;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.network.Network;
import org.lossbook.optimizer.Optimizer;

/**
 * What a model's weights cost, and the slope of that, added where the optimizer reads the weights
 * anyway: no vector is walked twice in a step. Allocates nothing.
 *
 * @hidden
 */
@Internal
public final class Penalties {
  private final Parameters parameters;
  private final List<Stretch> stretches;
  private final float[] weights;

  /** Neighbouring numbers of the trainable vector that cost alike. */
  private record Stretch(int from, int to, float l1, float l2) {}

  /**
   * @param each what a parameter's numbers cost
   */
  Penalties(Parameters parameters, Function<Parameters.Slot, Regularizer> each) {
    this.parameters = parameters;
    stretches =
        parameters.slots().stream()
            .filter(slot -> slot.parameter().trainable() && !each.apply(slot).isNone())
            .map(slot -> stretch(slot, each.apply(slot)))
            .toList();
    weights = new float[stretches.isEmpty() ? 0 : Optimizer.CHUNK];
  }

  /**
   * What the layers say of each parameter, and what a loss says of all kernels: as in Keras neither
   * biases nor scales are among them.
   */
  static Penalties of(Parameters parameters, Network network, Regularizer ofKernels) {
    return new Penalties(
        parameters,
        slot -> {
          String name = slot.parameter().name();
          Regularizer own = network.penalty(name);
          return name.endsWith("kernel") ? own.plus(ofKernels) : own;
        });
  }

  private static Stretch stretch(Parameters.Slot slot, Regularizer penalty) {
    return new Stretch(
        slot.offset(), slot.offset() + slot.size(), (float) penalty.l1(), (float) penalty.l2());
  }

  /** Whether no weight costs anything. */
  public boolean isNone() {
    return stretches.isEmpty();
  }

  /** What all weights cost now. */
  public double cost() {
    double cost = 0;
    int size = stretches.isEmpty() ? 0 : parameters.trainableSize();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      parameters.read(Parameters.Vector.TRAINABLE, offset, weights, count);
      cost += cost(weights, offset, count);
    }
    return cost;
  }

  /** What a chunk costs: {@code weights[0..count)} are those from {@code offset} on. */
  double cost(float[] weights, int offset, int count) {
    double cost = 0;
    for (int s = 0; s < stretches.size(); s++) {
      Stretch stretch = stretches.get(s);
      int from = Math.max(0, stretch.from - offset);
      int to = Math.min(count, stretch.to - offset);
      double sizes = 0;
      double squares = 0;
      for (int i = from; i < to; i++) {
        sizes += Math.abs(weights[i]);
        squares += (double) weights[i] * weights[i];
      }
      cost += stretch.l1 * sizes + stretch.l2 * squares;
    }
    return cost;
  }

  /** Adds the slope of a chunk's cost to its gradients; the slope of a size at 0 is 0. */
  void addGradients(float[] weights, float[] gradients, int offset, int count) {
    for (int s = 0; s < stretches.size(); s++) {
      Stretch stretch = stretches.get(s);
      int from = Math.max(0, stretch.from - offset);
      int to = Math.min(count, stretch.to - offset);
      float l1 = stretch.l1;
      float twice = 2 * stretch.l2;
      for (int i = from; i < to; i++) {
        gradients[i] += twice * weights[i] + l1 * Math.signum(weights[i]);
      }
    }
  }
}
