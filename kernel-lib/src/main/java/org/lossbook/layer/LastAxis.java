package org.lossbook.layer;

import java.util.List;
import org.lossbook.config.Settings;

/**
 * An axis that a file names where Lossbook knows the last one alone: −1, or counted from the batch
 * on, 1 for rows and 3 for images. Which of them is the last is known once there is a shape.
 *
 * @param axis as Keras counts it
 */
record LastAxis(int axis) {
  static final LastAxis LAST = new LastAxis(-1);

  /** A number, or a list of one. */
  static LastAxis from(Settings settings) {
    if (!(settings.value("axis").orElse(-1) instanceof List<?> list)) {
      return new LastAxis(settings.whole("axis", -1));
    }
    return list.size() == 1
        ? new LastAxis(settings.wholes("axis")[0])
        : settings.wrong("axis", "one axis", list);
  }

  /** Refuses another than the last of a sample of this shape. */
  void check(String who, int... shape) {
    check(who, shape.length, " of " + LayerChecks.batched(shape));
  }

  /**
   * The same where only the number of a sample's axes is known.
   *
   * @param of what the axis is of, for the message
   */
  void check(String who, int rank, String of) {
    if (axis != -1 && axis != rank) {
      throw new IllegalArgumentException(
          "%s expects the last axis%s, -1 or %d, but the file says axis %d: Lossbook computes it over no other."
              .formatted(who, of, rank, axis));
    }
  }
}
