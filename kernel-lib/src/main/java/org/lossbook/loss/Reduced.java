package org.lossbook.loss;

import org.lossbook.formula.Expr;

/** A loss with another reduction over the batch. */
final class Reduced extends Loss {
  private final Loss loss;
  private final Reduction reduction;

  Reduced(Loss loss, Reduction reduction) {
    this.loss = loss;
    this.reduction = reduction;
  }

  @Override
  public String name() {
    return loss.name();
  }

  @Override
  public Prediction prediction() {
    return loss.prediction();
  }

  @Override
  public Target target() {
    return loss.target();
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    return loss.perSample(y, p);
  }

  @Override
  Reduction reduction() {
    return reduction;
  }
}
