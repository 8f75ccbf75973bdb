package org.lossbook.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.network.Network;

/**
 * Spectral normalization: divides kernels by their spectral norms before a training step. Allocates
 * nothing.
 */
final class SpectralNorms {
  private static final double MOST = 1e7; // Keras's largest factor of a norm

  private final Parameters parameters;
  private final List<Normalized> all = new ArrayList<>();

  /**
   * A kernel, seen as a matrix, and its vector.
   *
   * @param u one number for each output
   * @param v one for each input
   */
  private record Normalized(
      Parameters.Slot kernel,
      Parameters.Slot vector,
      int iterations,
      float[] numbers,
      float[] stored,
      double[] u,
      double[] v) {}

  SpectralNorms(Parameters parameters, Network network) {
    this.parameters = parameters;
    for (Parameters.Slot kernel : parameters.slots()) {
      String name = kernel.parameter().name();
      network.powerIterations(name).ifPresent(iterations -> add(kernel, name, iterations));
    }
  }

  private void add(Parameters.Slot kernel, String name, int iterations) {
    Parameters.Slot vector =
        parameters.slot(name.substring(0, name.lastIndexOf('/') + 1) + "vector_u");
    int outputs = Shapes.last(kernel.parameter().shape());
    all.add(
        new Normalized(
            kernel,
            vector,
            iterations,
            new float[kernel.size()],
            new float[outputs],
            new double[outputs],
            new double[kernel.size() / outputs]));
  }

  /** Normalizes them; a kernel of zeros stays as it is. */
  void apply() {
    for (int i = 0; i < all.size(); i++) {
      apply(all.get(i));
    }
  }

  private void apply(Normalized each) {
    float[] w = each.numbers;
    parameters.read(each.kernel.vector(), each.kernel.offset(), w, w.length);
    if (isZero(w)) {
      return;
    }
    float[] stored = each.stored;
    parameters.read(each.vector.vector(), each.vector.offset(), stored, stored.length);
    double[] u = each.u;
    double[] v = each.v;
    for (int o = 0; o < u.length; o++) {
      u[o] = stored[o];
    }
    for (int iteration = 0; iteration < each.iterations; iteration++) {
      forward(w, u, v);
      normalize(v);
      backward(w, v, u);
      normalize(u);
    }
    double norm = norm(w, v, u);
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) (w[i] / norm);
    }
    for (int o = 0; o < u.length; o++) {
      stored[o] = (float) u[o];
    }
    parameters.write(each.kernel.vector(), each.kernel.offset(), w, w.length);
    parameters.write(each.vector.vector(), each.vector.offset(), stored, stored.length);
  }

  private static boolean isZero(float[] numbers) {
    for (float number : numbers) {
      if (number != 0) {
        return false;
      }
    }
    return true;
  }

  /** v = W u. */
  private static void forward(float[] w, double[] u, double[] v) {
    for (int r = 0; r < v.length; r++) {
      double sum = 0;
      for (int o = 0; o < u.length; o++) {
        sum += w[r * u.length + o] * u[o];
      }
      v[r] = sum;
    }
  }

  /** u = v W. */
  private static void backward(float[] w, double[] v, double[] u) {
    Arrays.fill(u, 0);
    for (int r = 0; r < v.length; r++) {
      for (int o = 0; o < u.length; o++) {
        u[o] += v[r] * w[r * u.length + o];
      }
    }
  }

  /** v W u. */
  private static double norm(float[] w, double[] v, double[] u) {
    double sum = 0;
    for (int r = 0; r < v.length; r++) {
      for (int o = 0; o < u.length; o++) {
        sum += v[r] * w[r * u.length + o] * u[o];
      }
    }
    return sum;
  }

  private static void normalize(double[] vector) {
    double squares = 0;
    for (double number : vector) {
      squares += number * number;
    }
    double factor = Math.min(1 / Math.sqrt(squares), MOST);
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }
}
