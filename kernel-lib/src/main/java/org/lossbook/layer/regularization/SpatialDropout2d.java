package org.lossbook.layer.regularization;

import org.lossbook.config.Settings;

/**
 * Spatial dropout of images: during training sets whole channels to zero with probability {@code
 * rate} and multiplies the others by 1 / (1 − rate), so that the network does not rely on any one
 * of them (Tompson et al. 2015, <i>Efficient object localization using convolutional networks</i>).
 * During prediction it does nothing. {@code [h, w, c] -> [h, w, c]}
 *
 * @question Does the network manage without a whole channel of an image?
 * @use Between convolutions of images.
 * @avoid In dense layers: use {@link Dropout}.
 */
public final class SpatialDropout2d extends SpatialDropout<SpatialDropout2d> {
  /**
   * @param rate from 0 to below 1
   */
  public SpatialDropout2d(double rate) {
    super(2, rate);
  }

  static SpatialDropout2d from(Settings settings) {
    return new SpatialDropout2d(rate(settings));
  }
}
