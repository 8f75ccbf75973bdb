package org.lossbook.loss;

import java.util.function.BinaryOperator;
import org.lossbook.formula.Expr;

/** One side of an {@link AdversarialPair}. */
final class Adversary extends Loss {
  private final BinaryOperator<Expr> declaration;

  Adversary(String name, Prediction prediction, BinaryOperator<Expr> declaration) {
    super(name, Target.PROBABILITY, prediction);
    this.declaration = declaration;
  }

  @Override
  boolean takesLogitsAlone() {
    return prediction().isLogit();
  }

  /** Nats where logarithms are taken; the score's unit or its square is the score's affair. */
  @Override
  String unit() {
    return prediction().isLogit() ? "nats" : "";
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    return declaration.apply(y, p).mean();
  }
}
