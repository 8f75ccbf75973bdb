package org.lossbook.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.layer.weights.Orthogonality;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.network.Network;
import org.lossbook.optimizer.Optimizer;

/**
 * The regularization penalties of a model's weights and their gradients, computed where the
 * optimizer reads the weights anyway, so that a step needs no second pass. Allocates nothing.
 *
 * @hidden
 */
@Internal
public final class Penalties {
  private final Parameters parameters;
  private final List<Stretch> stretches;
  private final List<Matrix> matrices;
  private final float[] weights;

  /** A range of the trainable vector with the same penalty. */
  private record Stretch(int from, int to, float l1, float l2) {}

  /** A matrix whose rows or columns are kept orthogonal. */
  private static final class Matrix {
    private final int from;
    private final Orthogonality orthogonality;
    private final float[] weights;
    private final float[] gradient;
    private double cost;

    private Matrix(Parameters.Slot slot, Regularizer penalty) {
      from = slot.offset();
      orthogonality = penalty.orthogonality(slot.parameter().name(), slot.parameter().shape());
      weights = new float[slot.size()];
      gradient = new float[slot.size()];
    }

    private void measure(Parameters parameters) {
      parameters.read(Parameters.Vector.TRAINABLE, from, weights, weights.length);
      Arrays.fill(gradient, 0);
      cost = orthogonality.add(weights, gradient);
    }
  }

  /**
   * @param each the regularizer of each parameter
   */
  Penalties(Parameters parameters, Function<Parameters.Slot, Regularizer> each) {
    this.parameters = parameters;
    stretches =
        parameters.slots().stream()
            .filter(slot -> slot.parameter().trainable() && !each.apply(slot).isNone())
            .map(slot -> stretch(slot, each.apply(slot)))
            .toList();
    matrices =
        parameters.slots().stream()
            .filter(slot -> slot.parameter().trainable() && each.apply(slot).isOrthogonal())
            .map(slot -> new Matrix(slot, each.apply(slot)))
            .toList();
    weights = new float[stretches.isEmpty() ? 0 : Optimizer.CHUNK];
  }

  /**
   * The penalties that layers set for their parameters, and a loss for all kernels; as in Keras,
   * biases and scales are not kernels.
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

  /** Whether there are no penalties. */
  public boolean isNone() {
    return stretches.isEmpty();
  }

  /** Whether there is one of a parameter that is trained. */
  boolean concern(Parameters.Slot slot) {
    return stretches.stream().anyMatch(stretch -> stretch.from == slot.offset());
  }

  /** Looks at whole matrices, before their chunks are read and changed, by several threads. */
  void measure() {
    for (int m = 0; m < matrices.size(); m++) {
      matrices.get(m).measure(parameters);
    }
  }

  /** The current penalty of all weights. */
  public double cost() {
    measure();
    double cost = 0;
    int size = stretches.isEmpty() ? 0 : parameters.trainableSize();
    for (int offset = 0; offset < size; offset += Optimizer.CHUNK) {
      int count = Math.min(Optimizer.CHUNK, size - offset);
      if (concern(offset, count)) {
        parameters.read(Parameters.Vector.TRAINABLE, offset, weights, count);
        cost += cost(weights, offset, count);
      }
    }
    return cost;
  }

  private boolean concern(int offset, int count) {
    for (int s = 0; s < stretches.size(); s++) {
      if (stretches.get(s).from < offset + count && offset < stretches.get(s).to) {
        return true;
      }
    }
    return false;
  }

  /** The penalty of a chunk: {@code weights[0..count)} are those from {@code offset} on. */
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
    for (int m = 0; m < matrices.size(); m++) {
      Matrix matrix = matrices.get(m);
      cost += offset <= matrix.from && matrix.from < offset + count ? matrix.cost : 0;
    }
    return cost;
  }

  /** Adds the gradient of a chunk's penalty; that of |w| at 0 is 0. */
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
    for (int m = 0; m < matrices.size(); m++) {
      Matrix matrix = matrices.get(m);
      int to = Math.min(count, matrix.from + matrix.gradient.length - offset);
      for (int i = Math.max(0, matrix.from - offset); i < to; i++) {
        gradients[i] += matrix.gradient[offset + i - matrix.from];
      }
    }
  }
}
