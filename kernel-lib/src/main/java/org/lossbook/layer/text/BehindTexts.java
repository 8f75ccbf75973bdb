package org.lossbook.layer.text;

import org.lossbook.base.Messages;
import org.lossbook.layer.LayerChecks;

/** What layers of texts say of the numbers that they stand behind. */
final class BehindTexts {
  private BehindTexts() {}

  /** The output shape of a layer whose numbers are made of texts before it. */
  static int[] output(String who, boolean isBehindTexts, int... inputShape) {
    if (!isBehindTexts) {
      throw Messages.wrong(
          "%s expects texts but receives numbers %s: put it right behind textInput().",
          who, LayerChecks.batched(inputShape));
    }
    return inputShape.clone();
  }
}
