package org.lossbook.loss;

import java.util.Optional;
import org.lossbook.formula.Expr;

/** A loss with another reduction over the batch. */
final class Reduced extends Loss {
  private final Loss loss;
  private final Reduction reduction;

  Reduced(Loss loss, Reduction reduction) {
    super(loss.name(), loss.target(), loss.prediction(), loss.settings());
    this.loss = loss;
    this.reduction = reduction;
  }

  @Override
  public Optional<Loss> joinedWith(String activation) {
    return loss.joinedWith(activation).map(joined -> new Reduced(joined, reduction));
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    return loss.perSample(y, p);
  }

  @Override
  Reduction reduction() {
    return reduction;
  }

  @Override
  String unit() {
    return loss.unit();
  }
}
