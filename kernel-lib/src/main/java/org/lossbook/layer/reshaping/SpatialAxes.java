package org.lossbook.layer.reshaping;

/** How many axes before the channels a layer works over. */
final class SpatialAxes {
  private SpatialAxes() {}

  /** Refuses any number but that of a sequence, an image or a volume. */
  static int require(String who, int axes) {
    if (axes < 1 || axes > 3) {
      throw new IllegalArgumentException(
          "%s expects 1, 2 or 3 axes, of sequences, images or volumes, but receives %d: %s2d(1) is for images."
              .formatted(who, axes, who));
    }
    return axes;
  }
}
