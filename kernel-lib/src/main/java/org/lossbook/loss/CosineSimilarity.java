package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Cosine similarity: the cosine of the angle between y and ŷ, negated: \(-\frac{1}{n}\sum_i \sum_k
 * u_{ik} v_{ik}\) with \(u = y / \max(\lVert y \rVert, \varepsilon)\) and \(v = \hat y /
 * \max(\lVert \hat y \rVert, \varepsilon)\). −1 is the same direction, 0 a right angle, 1 the
 * opposite one; without a unit.
 *
 * <p>For predictions whose direction counts and not their length: embeddings of words and pictures.
 * A vector is one sample. The sign is Keras's, so that training makes it small; ε is 10⁻⁷ as there,
 * and a row of zeros, which has no direction, counts as a right angle with no slope towards its
 * length. Singhal 2001, <i>Modern information retrieval: a brief overview</i>.
 *
 * <pre>{@code
 * cosineSimilarity().of(vector(3, 4), vector(4, 3))   // -0.96
 * }</pre>
 *
 * @question Do two vectors point in the same direction?
 * @avoid When lengths matter: doubling ŷ changes nothing.
 */
public final class CosineSimilarity extends Loss {
  private CosineSimilarity() {
    super(
        LossSpec.of(
                "cosineSimilarity", Target.VALUE, Prediction.VECTOR, CosineSimilarity::perSample)
            .inKeras("CosineSimilarity"));
  }

  /** The cosine similarity, negated. */
  public static CosineSimilarity cosineSimilarity() {
    return new CosineSimilarity();
  }

  private static Expr perSample(Expr y, Expr p) {
    Expr u = y.unit(LossSpec.EPSILON).as("u", "u");
    Expr v = p.unit(LossSpec.EPSILON).as("v", "v");
    return u.times(v).sum().negate();
  }
}
