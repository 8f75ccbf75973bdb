package org.lossbook.engine.onednn;

/** Gaussian dropout: multiplies by normal numbers of mean 1. */
final class GaussianDropout extends Masked {
  private final double stddev;

  GaussianDropout(GraphNode x, double rate, int place) {
    super(x, place);
    stddev = Math.sqrt(rate / (1 - rate));
  }

  @Override
  void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = (float) (1 + stddev * random.nextGaussian());
    }
  }
}
