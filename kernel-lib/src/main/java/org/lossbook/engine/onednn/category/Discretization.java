package org.lossbook.engine.onednn.category;

import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.GraphNode;

/**
 * Which interval each number lies in: how many of the ascending boundaries are not above it.
 *
 * @hidden
 */
@Internal
public final class Discretization extends Categorical {
  private final float[] boundaries;

  public Discretization(GraphNode x, float... boundaries) {
    super(x);
    this.boundaries = boundaries.clone();
  }

  @Override
  void compute(float[] sample, float[] into) {
    for (int i = 0; i < sample.length; i++) {
      into[i] = interval(sample[i]);
    }
  }

  private int interval(float number) {
    int low = 0;
    int high = boundaries.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (number < boundaries[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
