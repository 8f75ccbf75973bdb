package org.lossbook.layer.reshaping;

import org.lossbook.base.Messages;

/** How many axes before the channels a layer works over. */
final class SpatialAxes {
  private SpatialAxes() {}

  /** Refuses any number but that of a sequence, an image or a volume. */
  static int require(String who, int axes) {
    if (axes < 1 || axes > 3) {
      throw Messages.wrong(
          "%s expects 1, 2 or 3 axes, of sequences, images or volumes, but receives %d: %s2d(1) is for images.",
          who, axes, who);
    }
    return axes;
  }
}
