package org.lossbook.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Some samples of another dataset in another order: what rows, take, shuffle and split give. */
final class Selection implements Dataset {
  private final Dataset base;
  private final int[] chosen;

  private Selection(Dataset base, int[] chosen) {
    this.base = base;
    this.chosen = chosen;
  }

  /** A selection of a selection asks the dataset under both. */
  private static Selection of(Dataset data, int[] positions) {
    return data instanceof Selection s
        ? new Selection(s.base, IntStream.of(positions).map(i -> s.chosen[i]).toArray())
        : new Selection(data, positions);
  }

  static Dataset range(Dataset data, int from, int to) {
    Objects.checkFromToIndex(from, to, data.size());
    return from == 0 && to == data.size() ? data : of(data, IntStream.range(from, to).toArray());
  }

  static Dataset shuffled(Dataset data, long seed) {
    return of(data, Order.shuffled(data.size(), seed));
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public int[] sampleShape() {
    return base.sampleShape();
  }

  @Override
  public int[] targetShape() {
    return base.targetShape();
  }

  @Override
  public boolean hasLabels() {
    return base.hasLabels();
  }

  @Override
  public List<String> classNames() {
    return base.classNames();
  }

  @Override
  public Optional<Preparation> preparation() {
    return base.preparation();
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    base.gatherX(inBase(order, from, count), 0, count, into);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    base.gatherY(inBase(order, from, count), 0, count, into);
  }

  /** A few ints a batch: not worth a buffer that two threads could meet in. */
  private int[] inBase(int[] order, int from, int count) {
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = chosen[order[from + i]];
    }
    return positions;
  }

  @Override
  public String toString() {
    return Describe.dataset(this);
  }
}
