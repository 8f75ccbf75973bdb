package org.lossbook.engine;

/** A tensor in a {@link Graph}: the output of one operation and the input of others. */
public interface Tensor {
  /** The shape of one sample, without the batch, channels last: {@code [28, 28, 1]}. */
  int[] shape();

  /** The size of one sample. */
  default int size() {
    return Shapes.size(shape());
  }
}
