package org.lossbook.layer.preprocessing;

import org.lossbook.data.Values;

/**
 * Means and variances measured on samples.
 *
 * @param extents those of the axes along which each place has its own
 */
record Statistics(int[] extents, float[] means, float[] variances) {
  /**
   * Measures them, in two passes.
   *
   * @param shape of one sample
   * @param axes the axes of that shape, in ascending order, along which each place has its own
   */
  static Statistics of(Values samples, int[] shape, int... axes) {
    int[] extents = new int[axes.length];
    int places = 1;
    for (int i = 0; i < axes.length; i++) {
      extents[i] = shape[axes[i]];
      places *= extents[i];
    }
    int size = samples.rowSize();
    int[] placeOf = new int[size];
    for (int i = 0; i < size; i++) {
      placeOf[i] = place(i, shape, axes);
    }
    double each = (double) samples.size() / places;
    double[] means = new double[places];
    for (int i = 0; i < samples.size(); i++) {
      means[placeOf[i % size]] += samples.get(i) / each;
    }
    double[] variances = new double[places];
    for (int i = 0; i < samples.size(); i++) {
      double away = samples.get(i) - means[placeOf[i % size]];
      variances[placeOf[i % size]] += away * away / each;
    }
    return new Statistics(extents, floats(means), floats(variances));
  }

  /** The place of a number of a sample along the axes, row-major. */
  private static int place(int number, int[] shape, int... axes) {
    int place = 0;
    int stride = 1;
    int rest = number;
    int next = axes.length - 1;
    for (int axis = shape.length - 1; axis >= 0 && next >= 0; axis--) {
      if (axis == axes[next]) {
        place += rest % shape[axis] * stride;
        stride *= shape[axis];
        next--;
      }
      rest /= shape[axis];
    }
    return place;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
