package org.lossbook.data.view;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.engine.Shapes;

/**
 * Detects class labels among targets that are one number each.
 *
 * @hidden
 */
@Internal
public final class LabelDetection {
  private static final int MOST_CLASSES = 10_000;
  private static final int CHUNK = 1 << 14;

  private LabelDetection() {}

  /**
   * The class names {@code 0} to {@code k−1} if the targets are labels: integers 0 to k−1, each of
   * which occurs. Empty if they are measurements.
   */
  public static List<String> classNames(float[] y) {
    boolean[] occurs = new boolean[Math.min(y.length, MOST_CLASSES)];
    int classes = 0;
    for (float value : y) {
      int label = (int) value;
      if (label != value || label < 0 || label >= occurs.length) {
        return List.of();
      }
      occurs[label] = true;
      classes = Math.max(classes, label + 1);
    }
    return classes > 1 && IntStream.range(0, classes).allMatch(label -> occurs[label])
        ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
        : List.of();
  }

  /**
   * A target that is not a label.
   *
   * @param index the index of its sample
   */
  record Outside(int index, float value) {}

  /** The first target that is not an integer from 0 (inclusive) to {@code classes} (exclusive). */
  static Optional<Outside> firstOutside(SampleSource data, int classes) {
    int[] order = IntStream.range(0, data.size()).toArray();
    int size = Shapes.size(data.targetShape());
    int chunk = Math.max(1, Math.min(CHUNK / size, order.length));
    float[] y = new float[chunk * size];
    for (int from = 0; from < order.length; from += chunk) {
      int count = Math.min(chunk, order.length - from);
      data.gatherY(order, from, count, y);
      for (int i = 0; i < count * size; i++) {
        if (!(y[i] >= 0 && y[i] < classes && y[i] == (int) y[i])) {
          return Optional.of(new Outside(from + i / size, y[i]));
        }
      }
    }
    return Optional.empty();
  }
}
