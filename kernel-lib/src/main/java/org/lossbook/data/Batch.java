package org.lossbook.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.view.SampleSource;

/**
 * A batch of samples and their targets, for one training step.
 *
 * @param x the samples, {@code [n, …sampleShape]}
 * @param y their targets, {@code [n, …targetShape]}
 * @param weights sample weights, by which each sample's loss is multiplied, or one for each
 *     position of a target; empty if there are none
 */
public record Batch(View x, View y, Optional<float[]> weights) {
  /** A batch without sample weights. */
  public Batch(View x, View y) {
    this(x, y, Optional.empty());
  }

  /**
   * A batch from two arrays, for a {@link DataStream}: each row of {@code x} is a sample, and
   * {@code y} holds its target.
   *
   * @throws IllegalArgumentException if the two differ in length, are empty, ragged or contain NaN
   */
  public static Batch of(Object x, Object y) {
    return of(ArraySource.of("batch", x, y));
  }

  /** A batch from two arrays, with a weight of 0 or more for each sample, or each position. */
  public static Batch of(Object x, Object y, Object weights) {
    return of(x, y).weighted(weights);
  }

  static Batch of(SampleSource data) {
    return of(data, 0, data.size());
  }

  private static Batch of(SampleSource data, int from, int to) {
    float[] weights = new float[(to - from) * data.weightsPerSample()];
    if (weights.length > 0) {
      data.gatherWeights(IntStream.range(from, to).toArray(), 0, to - from, weights);
    }
    return new Batch(
        View.samples(data).rows(from, to),
        View.targets(data).rows(from, to),
        weights.length == 0 ? Optional.empty() : Optional.of(weights));
  }

  Batch weighted(Object given) {
    float[] each = WeightedSource.numbers("batch", given);
    if (each.length % size() != 0) { // several to a sample: its positions, which a model knows
      throw Messages.wrong(
          "batch expects one weight for each of the %d samples but receives %d: give one per sample.",
          size(), each.length);
    }
    return new Batch(x, y, Optional.of(each));
  }

  /** The number of samples. */
  public int size() {
    return x.size();
  }

  /** Batches of {@code size} samples, in order. */
  static Iterable<Batch> inOrder(SampleSource data, int size) {
    if (size < 1) {
      throw Messages.wrong(
          "batches expects a size of 1 or more but receives %d: 32 is a good first choice.", size);
    }
    int all = data.size(); // a table says what it lacks here, not in the reader's loop
    return () -> iterator(data, all, size);
  }

  private static Iterator<Batch> iterator(SampleSource data, int all, int size) {
    return IntStream.iterate(0, from -> from < all, from -> from + size)
        .mapToObj(from -> of(data, from, Math.min(all, from + size)))
        .iterator();
  }

  /** The shapes of samples and targets. */
  @Override
  public String toString() {
    return Messages.of(
        "batch of %d: samples %s, targets %s%s",
        size(),
        Arrays.toString(x.shape()),
        Arrays.toString(y.shape()),
        weights.isPresent() ? ", with weights" : "");
  }
}
