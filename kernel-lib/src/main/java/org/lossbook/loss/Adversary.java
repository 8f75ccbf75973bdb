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

  @Override
  ProbeSample sweep() {
    ProbeSample plain = ProbeSample.of(this);
    boolean isGenerator = isFlat(perSample(y(), p()), y());
    Expr real = isGenerator ? Expr.of(1) : plain.truth().get(0).letter();
    // A straight line has no lowest point: it pulls on for ever.
    boolean isStraight = isFlat(perSample(y(), p()).batchSum().gradient(p()), p());
    Expr endless = real.minus(0.5).times(Expr.of(Double.POSITIVE_INFINITY));
    Expr goal = isStraight ? endless : prediction().isLogit() ? ProbeSample.logOdds(real) : real;
    ProbeSample sweep = plain.moving(plain.prediction().get(0).towards(goal));
    return isGenerator
        ? sweep.withoutTruth().inWords("the sample is a fake", "taken for real")
        : sweep.inWords("the sample is real, y = 1", "the truth");
  }

  private static boolean isFlat(Expr e, Expr variable) {
    return e.batchSum().gradient(variable).equals(Expr.of(0));
  }
}
