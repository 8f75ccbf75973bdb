package org.lossbook.training;

import org.lossbook.Internal;

/**
 * The weights of a batch's losses: one per sample, or one at each position of its samples.
 * Allocates when it is first filled, and nothing after that.
 *
 * @hidden
 */
@Internal
public final class BatchWeights {
  private final int batch;
  private final int positions;
  private float[] values = {};
  private float[] spread = {};
  private int each;

  /**
   * @param positions how many weights a sample may have
   */
  BatchWeights(int batch, int positions) {
    this.batch = batch;
    this.positions = positions;
  }

  /** The weights of samples that were given, as many to each. */
  public static BatchWeights of(float[] given, int from, int count, int samples) {
    int each = given.length / samples;
    var weights = new BatchWeights(count, each);
    System.arraycopy(given, from * each, weights.fill(each), 0, count * each);
    return weights;
  }

  /** All losses count once. */
  void clear() {
    each = 0;
  }

  /**
   * The array to fill with the weights of this batch.
   *
   * @param each how many a sample has: one, or one at each position
   */
  public float[] fill(int each) {
    this.each = each;
    values = values.length < batch * each ? new float[batch * positions] : values;
    return values;
  }

  /** How many weights a sample may have. */
  public int positions() {
    return positions;
  }

  /** The weights of an output of that many positions; null for all ones. */
  public float[] of(int positions) {
    if (each == 0) {
      return null;
    }
    return each == positions ? values : spread(positions);
  }

  /** Each sample's weight at all its positions. */
  private float[] spread(int positions) {
    spread = spread.length < batch * positions ? new float[batch * positions] : spread;
    for (int i = 0; i < batch * positions; i++) {
      spread[i] = values[i / positions];
    }
    return spread;
  }
}
