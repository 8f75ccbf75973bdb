package org.lossbook.data.view;

import java.util.Optional;
import java.util.stream.IntStream;

/** Looks at targets that are one number each, whether they are labels. */
final class LabelDetection {
  private static final int CHUNK = 1 << 14;

  private LabelDetection() {}

  /**
   * A target that is no label.
   *
   * @param index of its sample
   */
  record Outside(int index, float value) {}

  /** The first target that is not one of the whole numbers from 0 up to, but without, classes. */
  static Optional<Outside> firstOutside(SampleSource data, int classes) {
    int[] order = IntStream.range(0, data.size()).toArray();
    float[] y = new float[Math.min(CHUNK, order.length)];
    for (int from = 0; from < order.length; from += CHUNK) {
      int count = Math.min(CHUNK, order.length - from);
      data.gatherY(order, from, count, y);
      for (int i = 0; i < count; i++) {
        if (!(y[i] >= 0 && y[i] < classes && y[i] == (int) y[i])) {
          return Optional.of(new Outside(from + i, y[i]));
        }
      }
    }
    return Optional.empty();
  }
}
