package org.lossbook.loss.adversarial;

import java.util.function.BinaryOperator;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;
import org.lossbook.loss.explain.ProbeSamples;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.loss.spec.Target;

/** What the sides of an {@link AdversarialPair} share. */
final class AdversarialLosses {
  private AdversarialLosses() {}

  /** A side that scores samples by logits, in nats. */
  static Loss ofLogits(String name, BinaryOperator<Expr> perSample) {
    return of(
        LossSpec.of(name, Target.PROBABILITY, Prediction.LOGIT, mean(perSample))
            .ofLogitsOnly()
            .in("nats"));
  }

  /** A side that scores samples by any numbers, in the score's unit or its square. */
  static Loss ofScores(String name, BinaryOperator<Expr> perSample) {
    return of(LossSpec.of(name, Target.PROBABILITY, Prediction.SCORE, mean(perSample)));
  }

  private static Loss of(LossSpec spec) {
    return new Loss(spec.sampledBy(() -> sample(spec)).savedAs(Config.ours(spec.name())));
  }

  private static BinaryOperator<Expr> mean(BinaryOperator<Expr> each) {
    return (y, p) -> each.apply(y, p).mean();
  }

  private static ProbeSample sample(LossSpec loss) {
    ProbeSample plain = ProbeSamples.usual(loss);
    boolean isGenerator = isFlat(loss.perSample(), loss.y());
    Expr real = isGenerator ? Expr.of(1) : plain.truth().get(0).letter();
    // A straight line has no lowest point: it pulls on for ever.
    boolean isStraight = isFlat(loss.perSample().batchSum().gradient(loss.p()), loss.p());
    Expr endless = real.minus(0.5).times(Expr.of(Double.POSITIVE_INFINITY));
    Expr goal =
        isStraight ? endless : loss.prediction().isLogit() ? ProbeSamples.logOdds(real) : real;
    ProbeSample sample = plain.moving(plain.prediction().get(0).towards(goal));
    return isGenerator
        ? sample.withoutTruth().inWords("the sample is a fake", "taken for real")
        : sample.inWords("the sample is real, y = 1", "the truth");
  }

  private static boolean isFlat(Expr e, Expr variable) {
    return e.batchSum().gradient(variable).equals(Expr.of(0));
  }
}
