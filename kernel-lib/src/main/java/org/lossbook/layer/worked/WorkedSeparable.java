package org.lossbook.layer.worked;

import org.lossbook.Internal;

/**
 * A separable convolution: at each place the sums of its depthwise part, then what mixes them.
 *
 * @hidden
 */
@Internal
public final class WorkedSeparable {
  private WorkedSeparable() {}

  /**
   * @param channels how many the depthwise part gives at each place
   * @param filters how many the pointwise part makes of them
   */
  public static LayerSteps of(
      LayerSteps depthwise, int channels, LayerSteps pointwise, int filters) {
    return depthwise.thenEach(channels, "depthwise ", pointwise, filters);
  }
}
