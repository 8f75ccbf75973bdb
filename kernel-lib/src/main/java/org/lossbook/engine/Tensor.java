package org.lossbook.engine;

/** A value in a {@link Graph}: what one operation gives and another takes. */
public interface Tensor {
  /** The shape of one sample, without the batch, channels last: {@code [28, 28, 1]}. */
  int[] shape();

  /** The numbers in one sample. */
  default int size() {
    return Shapes.size(shape());
  }
}
