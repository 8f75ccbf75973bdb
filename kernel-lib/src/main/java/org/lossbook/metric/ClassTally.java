package org.lossbook.metric;

import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * A tally for classification, with the kind of its targets.
 *
 * @hidden
 */
@Internal
public abstract class ClassTally implements Metric.Tally {
  private final Truth truth;

  public ClassTally(Truth truth) {
    this.truth = truth;
  }

  public final Truth truth() {
    return truth;
  }

  /** An answer may be smoothed, as by label smoothing, but is not a measurement. */
  @Override
  public void check(String who, float[] y, int count) {
    for (int i = 0; i < count && truth == Truth.ANSWERS; i++) {
      if (!(Math.abs(y[i]) <= 1)) {
        throw Messages.wrong(
            "%s expects 1 for yes and 0 for no in y but a target is %s: it counts answers; mae() and r2() judge measurements.",
            who, Truth.text(y[i]));
      }
    }
  }
}
