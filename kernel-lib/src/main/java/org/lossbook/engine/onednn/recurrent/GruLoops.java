package org.lossbook.engine.onednn.recurrent;

/** What both kinds of GRU compute with their gates z, r and g. */
final class GruLoops {
  private GruLoops() {}

  /** h' = z · h + (1 − z) · g, the end of a step. */
  static void mix(float[] z, float[] g, float[] before, float[] after) {
    for (int j = 0; j < after.length; j++) {
      after[j] = g[j] + z[j] * (before[j] - g[j]);
    }
  }

  /**
   * Puts the gradients before the sigmoid of z and before tanh in the place of these gates.
   *
   * @param dh of the state after the step
   * @param to of the state before it
   */
  static void differentiateMix(
      float[] z, float[] g, float[] before, float[] dh, float[] to, float[] scratch) {
    int n = to.length;
    for (int j = 0; j < n; j++) {
      scratch[j] = dh[j] * (before[j] - g[j]) * z[j] * (1 - z[j]);
    }
    for (int j = 0; j < n; j++) {
      g[j] = dh[j] * (1 - z[j]) * (1 - g[j] * g[j]);
    }
    for (int j = 0; j < n; j++) {
      to[j] = dh[j] * z[j];
    }
    System.arraycopy(scratch, 0, z, 0, n);
  }

  /** Puts the gradient before the sigmoid of r in its place, from that of r · x. */
  static void differentiateReset(float[] r, float[] x, float[] gradient) {
    for (int j = 0; j < r.length; j++) {
      r[j] = gradient[j] * x[j] * r[j] * (1 - r[j]);
    }
  }

  static void add(float[] some, float[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += some[j];
    }
  }

  static void addProduct(float[] a, float[] b, float[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += a[j] * b[j];
    }
  }

  static void multiply(float[] a, float[] b, float[] product) {
    for (int j = 0; j < product.length; j++) {
      product[j] = a[j] * b[j];
    }
  }
}
