package org.lossbook.engine.onednn.random;

import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.HashRandom;

/**
 * Dropout: multiplies by a mask of zeros and 1 / (1 − rate).
 *
 * @hidden
 */
@Internal
public final class Dropout extends Masked {
  private final int threshold;
  private final float scale;

  public Dropout(GraphNode x, double rate, int place, int... drawnShape) {
    super(x, place, drawnShape);
    threshold = HashRandom.threshold(rate);
    scale = (float) (1 / (1 - rate));
  }

  @Override
  public void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = random.drops(from + i, threshold) ? 0 : scale;
    }
  }
}
