package org.lossbook.layer.regularization;

import org.lossbook.config.Settings;

/**
 * Spatial dropout of sequences: during training sets whole channels to zero with probability {@code
 * rate} and multiplies the others by 1 / (1 − rate), so that the network does not rely on any one
 * of them (Tompson et al. 2015, <i>Efficient object localization using convolutional networks</i>).
 * During prediction it does nothing. {@code [t, c] -> [t, c]}
 *
 * @question Does the network manage without a whole channel of a sequence?
 * @use Between convolutions of sequences.
 * @avoid In dense layers: use {@link Dropout}.
 */
public final class SpatialDropout1d extends SpatialDropout<SpatialDropout1d> {
  /**
   * @param rate from 0 to below 1
   */
  public SpatialDropout1d(double rate) {
    super(1, rate);
  }

  static SpatialDropout1d from(Settings settings) {
    return new SpatialDropout1d(rate(settings));
  }
}
