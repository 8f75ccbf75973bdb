package org.lossbook.layer.regularization;

import org.lossbook.config.Settings;

/**
 * Spatial dropout of volumes: during training sets whole channels to zero with probability {@code
 * rate} and multiplies the others by 1 / (1 − rate), so that the network does not rely on any one
 * of them (Tompson et al. 2015, <i>Efficient object localization using convolutional networks</i>).
 * During prediction it does nothing. {@code [d, h, w, c] -> [d, h, w, c]}
 *
 * @question Does the network manage without a whole channel of a volume?
 * @use Between convolutions of volumes.
 * @avoid In dense layers: use {@link Dropout}.
 */
public final class SpatialDropout3d extends SpatialDropout<SpatialDropout3d> {
  /**
   * @param rate from 0 to below 1
   */
  public SpatialDropout3d(double rate) {
    super(3, rate);
  }

  static SpatialDropout3d from(Settings settings) {
    return new SpatialDropout3d(rate(settings));
  }
}
