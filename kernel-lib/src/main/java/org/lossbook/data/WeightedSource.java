package org.lossbook.data;

import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.view.IndexChecks;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.SourceView;

/**
 * A view whose samples have weights, one for each, or one for each position of its target.
 *
 * @hidden
 */
@Internal
public final class WeightedSource extends SourceView {
  private final float[] weights;
  private final int each;

  private WeightedSource(SampleSource base, float[] weights, int each) {
    super(base);
    this.weights = weights;
    this.each = each;
  }

  /**
   * @param who the caller, for messages
   */
  static SampleSource of(String who, SampleSource base, Object given) {
    float[] weights = numbers(who, given);
    int samples = base.size();
    if (weights.length == 0 || weights.length % samples != 0) {
      throw Messages.wrong(
          "%s expects one weight for each of the %,d samples, or one for each position of its target, but receives %,d: give one per sample.",
          who, samples, weights.length);
    }
    return new WeightedSource(base, weights, weights.length / samples);
  }

  /**
   * The weights in an array of any kind.
   *
   * @param who the caller: {@code sampleWeight}
   * @throws IllegalArgumentException if one of them is negative or NaN
   */
  public static float[] numbers(String who, Object given) {
    float[] all = Values.of(who, given).finite(who, "weights").toFloats();
    for (float weight : all) {
      if (weight < 0) {
        throw Messages.wrong(
            "%s expects weights of 0 or more but receives %s: a weight cannot be negative.",
            who, weight);
      }
    }
    return all;
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new WeightedSource(other, weights, each);
  }

  @Override
  public int weightsPerSample() {
    return each;
  }

  @Override
  public void gatherWeights(int[] order, int from, int count, float[] into) {
    IndexChecks.gather("gatherWeights", order, from, count, into, size(), each);
    for (int i = 0; i < count; i++) {
      System.arraycopy(weights, order[from + i] * each, into, i * each, each);
    }
  }
}
