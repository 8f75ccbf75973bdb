package org.lossbook.engine.onednn;

/** Dropout: multiplies by a mask of zeros and 1 / (1 − rate). */
final class Dropout extends Masked {
  private final int threshold;
  private final float scale;

  Dropout(GraphNode x, double rate, int place) {
    super(x, place);
    threshold = HashRandom.threshold(rate);
    scale = (float) (1 / (1 - rate));
  }

  @Override
  void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = random.drops(from + i, threshold) ? 0 : scale;
    }
  }
}
