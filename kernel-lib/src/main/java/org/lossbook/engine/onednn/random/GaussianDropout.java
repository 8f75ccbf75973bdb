package org.lossbook.engine.onednn.random;

import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.HashRandom;

/**
 * Gaussian dropout: multiplies by normal numbers of mean 1.
 *
 * @hidden
 */
@Internal
public final class GaussianDropout extends Masked {
  private final double stddev;

  public GaussianDropout(GraphNode x, double rate, int place) {
    super(x, place);
    stddev = Math.sqrt(rate / (1 - rate));
  }

  @Override
  public void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = (float) (1 + stddev * random.nextGaussian());
    }
  }
}
