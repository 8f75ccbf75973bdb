package org.lossbook.layer.attention;

import org.lossbook.base.Messages;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Adds to each step of a sequence a vector that says where it stands, as attention alone sees a set
 * of steps without an order. The shape stays the same.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Positions<L extends Positions<L>> extends BaseLayer<L> {
  Positions() {}

  @Override
  protected int[] outputOf(int... inputShape) {
    if (inputShape.length != 2) {
      throw Messages.wrong(
          "%s expects sequences [batch, steps, features] but receives %s: put %s before it.",
          kind(),
          LayerChecks.batched(inputShape),
          inputShape.length == 1
              ? "embedding(words, width), which gives each word of a sentence a vector,"
              : "reshape(steps, features)");
    }
    return inputShape.clone();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
