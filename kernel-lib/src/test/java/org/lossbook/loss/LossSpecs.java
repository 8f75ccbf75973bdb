package org.lossbook.loss;

import org.lossbook.loss.spec.LossSpec;

/** What a loss is, for tests in other packages. */
public final class LossSpecs {
  private LossSpecs() {}

  public static LossSpec of(Loss loss) {
    return loss.spec();
  }
}
