package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.RowTruth;
import org.lossbook.loss.spec.Target;

/**
 * Categorical hinge loss: by how much the true class's score fails to lead the best of the others
 * by 1, \(\frac{1}{n}\sum_i \max(r_i - t_i + 1, 0)\) with the rivals' best \(r_i = \max_k (1 -
 * y_{ik}) \hat y_{ik}\) and the true class's own \(t_i = \sum_k y_{ik} \hat y_{ik}\), without a
 * unit.
 *
 * <p>For classes that exclude each other, by scores instead of probabilities: the truth is a
 * one-hot row, or 1 and −1; a row of zeros is a sample of no class. As in Keras the rivals' best
 * counts as 0 at least, so that the true class's score has to reach 1 even where all others are
 * below 0. Crammer and Singer 2001, <i>On the algorithmic implementation of multiclass kernel-based
 * vector machines</i>.
 *
 * <pre>{@code
 * categoricalHinge().of(vector(0, 1, 0), vector(0.5, 1.2, 0.6))   // 0.4
 * }</pre>
 *
 * @question Does the true class's score lead all others by enough?
 * @avoid When probabilities are needed: scores have none.
 */
public final class CategoricalHinge extends Loss {
  private CategoricalHinge() {
    super(
        LossSpec.of(
                "categoricalHinge",
                Target.DISTRIBUTION,
                Prediction.SCORES,
                CategoricalHinge::perSample)
            .withRowTruth(RowTruth.SCORES)
            .inKeras("CategoricalHinge"));
  }

  /** The hinge loss of classes. */
  public static CategoricalHinge categoricalHinge() {
    return new CategoricalHinge();
  }

  private static Expr perSample(Expr y, Expr p) {
    Expr best = Expr.of(1).minus(y).times(p).max().as("r", "r");
    Expr own = y.times(p).sum().as("t", "t");
    return best.minus(own).plus(1).max(0);
  }
}
