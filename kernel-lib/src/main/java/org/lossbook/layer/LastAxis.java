package org.lossbook.layer;

import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Settings;

/**
 * An axis from a file where Lossbook supports only the last one: −1, or 1 for rows and 3 for
 * images, counted from the batch. It can be checked once the shape is known.
 *
 * @param axis numbered as in Keras
 * @hidden
 */
@Internal
public record LastAxis(int axis) {
  public static final LastAxis LAST = new LastAxis(-1);

  /** A number, or a list of one. */
  public static LastAxis from(Settings settings) {
    if (!(settings.value("axis").orElse(-1) instanceof List<?> list)) {
      return new LastAxis(settings.integer("axis", -1));
    }
    return list.size() == 1
        ? new LastAxis(settings.integers("axis")[0])
        : settings.wrong("axis", "one axis", list);
  }

  /** Refuses any axis but the last of a sample of this shape. */
  public void check(String who, int... shape) {
    check(who, shape.length, " of " + LayerChecks.batched(shape));
  }

  /**
   * Refuses any axis but the last where only a sample's rank is known.
   *
   * @param of what has the axis, for the message
   */
  void check(String who, int rank, String of) {
    if (axis != -1 && axis != rank) {
      throw Messages.wrong(
          "%s expects the last axis%s, -1 or %d, but the file says axis %d: Lossbook computes it over no other.",
          who, of, rank, axis);
    }
  }
}
