package org.lossbook.data;

import java.util.Arrays;
import java.util.List;

/** Another dataset whose labels are rows: 1 at the class, 0 elsewhere. */
final class OneHot extends Derived {
  private final int classes;

  private OneHot(Dataset base) {
    super(base);
    classes = base.classNames().size();
  }

  static Dataset of(Dataset base) {
    if (!base.hasLabels()) {
      throw new IllegalArgumentException(
          "oneHot expects class labels but receives targets %s: it is for integers 0 to k-1."
              .formatted(Arrays.toString(base.targetShape())));
    }
    return new OneHot(base);
  }

  @Override
  public Dataset forEpoch(long seed) {
    Dataset other = base.forEpoch(seed);
    return other == base ? this : new OneHot(other);
  }

  @Override
  public Dataset plain() {
    Dataset other = base.plain();
    return other == base ? this : new OneHot(other);
  }

  @Override
  public List<int[]> targetShapes() {
    return List.of(targetShape());
  }

  @Override
  public int[] targetShape() {
    return new int[] {classes};
  }

  @Override
  public boolean hasLabels() {
    return false;
  }

  /** The labels come to the start and are spread from the last row on, which no label is behind. */
  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    Bounds.gather("gatherY", order, from, count, into, size(), classes);
    base.gatherY(order, from, count, into);
    for (int i = count - 1; i >= 0; i--) {
      int label = (int) into[i];
      Arrays.fill(into, i * classes, (i + 1) * classes, 0);
      into[i * classes + label] = 1;
    }
  }
}
