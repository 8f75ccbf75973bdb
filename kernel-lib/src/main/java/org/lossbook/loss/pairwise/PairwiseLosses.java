package org.lossbook.loss.pairwise;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.lossbook.formula.Expr;
import org.lossbook.loss.explain.ProbeSamples;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossDomain;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.PairwiseFormula;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/** What the pairwise losses share. */
final class PairwiseLosses {
  private PairwiseLosses() {}

  /**
   * A loss of a hand-written formula.
   *
   * @param drawn what stands for it in a figure
   */
  static LossSpec spec(
      String name, PairwiseFormula formula, Supplier<LossSpec> drawn, Setting... settings) {
    return LossSpec.of(name, LossDomain.of(Target.GROUP, Prediction.EMBEDDING), formula)
        .withSettings(settings)
        .drawnAs(drawn);
  }

  /**
   * What is drawn of a loss among samples: one anchor, one positive that moves, one negative.
   *
   * @param positive the distance of the positive
   * @param against the fixed negative, in words
   */
  static LossSpec oneAnchor(
      String name, FormulaSlider positive, String against, UnaryOperator<Expr> perSample) {
    List<FormulaSlider> moving = List.of(positive.towards(Expr.of(0)));
    return LossSpec.of(
            name, Target.NUMBER, Prediction.EMBEDDING, (y, p) -> perSample.apply(p).mean())
        .sampledBy(
            () ->
                new ProbeSample(
                    List.of(),
                    moving,
                    1,
                    Expr.of(0),
                    Expr.row(positive.letter()),
                    against,
                    "together"));
  }

  /** Which of the others are of sample i's group, or which are not. */
  static int[] others(double[] y, int i, boolean same) {
    return IntStream.range(0, y.length).filter(j -> j != i && (y[j] == y[i]) == same).toArray();
  }

  /** A loss of the distance between two things, and whether they are the same. */
  static LossSpec ofDistance(
      String name, Target same, BinaryOperator<Expr> perSample, Setting margin) {
    LossSpec loss = LossSpec.of(name, same, Prediction.AMOUNT, perSample).withSettings(margin);
    return loss.sampledBy(() -> pair(loss, margin));
  }

  private static ProbeSample pair(LossSpec loss, Setting margin) {
    ProbeSample pair =
        ProbeSamples.one(loss, FormulaSlider.of("ŷ", "\\hat y", 1.5, "distance ŷ", 0, 3, 0.05));
    Expr same = pair.truth().get(0).letter();
    Expr other = Expr.of(1).minus(same);
    Expr apart = (loss.target() == Target.SIGN ? other.over(2) : other).times(margin.expr());
    return pair.moving(pair.prediction().get(0).towards(apart))
        .inWords("the two are the same, y = 1", "the truth");
  }
}
