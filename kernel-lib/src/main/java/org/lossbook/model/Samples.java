package org.lossbook.model;

import java.util.Arrays;
import org.lossbook.data.Values;
import org.lossbook.data.View;

/**
 * Samples or targets that are handed over for one batch, a row each: a dataset's view stays one
 * until it is copied, and arrays of any kind become floats.
 */
record Samples(int[] shape, Source source) {
  /** Copies all rows to the start of an array. */
  interface Source {
    void copy(float[] into);
  }

  /**
   * @param who asks, and {@code name} what these are to it: {@code loss}, {@code x}
   * @throws IllegalArgumentException where there is no number, no row, or a number that is none
   */
  static Samples of(String who, String name, Object given) {
    if (given instanceof View view && view.size() > 0) {
      return new Samples(view.shape(), into -> view.copy(0, view.size(), into));
    }
    Values values = Values.of(who, given).finite(who, name);
    if (values.rank() == 0) {
      throw new IllegalArgumentException(
          Say.of(
              "%s expects a row for each sample but %s is a single number: give x and y as arrays, a sample a row.",
              who, name));
    }
    float[] all = values.toFloats();
    return new Samples(values.shape(), into -> System.arraycopy(all, 0, into, 0, all.length));
  }

  /** How many there are. */
  int rows() {
    return shape[0];
  }

  /** The shape of one. A vector is samples of one number, or labels. */
  int[] rowShape() {
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  void copy(float[] into) {
    source.copy(into);
  }
}
