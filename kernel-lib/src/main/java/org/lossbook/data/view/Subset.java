package org.lossbook.data.view;

import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * A subset of another source, in any order: the result of rows, take, shuffled and split.
 *
 * @hidden
 */
@Internal
public final class Subset extends SourceView {
  private final int[] chosen;

  private Subset(SampleSource base, int[] chosen) {
    super(base);
    this.chosen = chosen;
  }

  /** A subset of these positions; a subset of a subset reads from the common source. */
  public static SampleSource of(SampleSource data, int[] positions) {
    return data instanceof Subset s
        ? new Subset(s.base, IntStream.of(positions).map(i -> s.chosen[i]).toArray())
        : new Subset(data, positions);
  }

  /**
   * The samples from {@code from} (inclusive) to {@code to} (exclusive); all of them are the source
   * itself.
   */
  public static SampleSource range(SampleSource data, int from, int to) {
    return from == 0 && to == data.size() ? data : of(data, IntStream.range(from, to).toArray());
  }

  /** The samples at these positions, in this order, after a check; a position may be repeated. */
  public static SampleSource rows(SampleSource data, int[] positions) {
    if (positions == null) {
      throw new IllegalArgumentException(
          "rows expects positions but receives null: write rows(new int[] {0, 2, 4}).");
    }
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0 || positions[i] >= data.size()) {
        throw Messages.wrong(
            "rows expects positions from 0 to %s but receives %s in place %s: there are %s samples.",
            Descriptions.count(data.size() - 1),
            Descriptions.count(positions[i]),
            Descriptions.count(i),
            Descriptions.count(data.size()));
      }
    }
    return of(data, positions.clone());
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return of(other, chosen);
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    base.gatherX(inBase("gatherX", order, from, count, into), 0, count, into);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    base.gatherY(inBase("gatherY", order, from, count, into), 0, count, into);
  }

  @Override
  public void gatherWeights(int[] order, int from, int count, float[] into) {
    base.gatherWeights(inBase("gatherWeights", order, from, count, into), 0, count, into);
  }

  /**
   * Maps positions to those in the base. A few ints per batch do not justify a buffer shared by
   * threads.
   */
  private int[] inBase(String who, int[] order, int from, int count, float[] into) {
    IndexChecks.gather(who, order, from, count, into, chosen.length, 0); // the base knows the width
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = chosen[order[from + i]];
    }
    return positions;
  }
}
