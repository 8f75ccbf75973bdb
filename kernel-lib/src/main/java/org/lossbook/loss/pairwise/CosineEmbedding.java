package org.lossbook.loss.pairwise;

import org.lossbook.config.Config;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.LossDomain;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * Cosine embedding loss of two given vectors: how far the directions of what belongs together are
 * apart, and by how much those of other things are nearer than the margin m, \(\frac{1}{n}\sum_i
 * \ell_i\) with \(\ell_i = 1 - \cos(a_i, b_i)\) where \(y_i = 1\) and \(\ell_i = \max(\cos(a_i,
 * b_i) - m, 0)\) where \(y_i = -1\), without a unit.
 *
 * <p>A row of predictions is the two vectors, one behind the other, as {@code concatenate()} of a
 * network with two inputs gives them; labels are +1 for the same and −1 for different things, or 1
 * and 0. It is PyTorch's {@code CosineEmbeddingLoss}, with 10⁻¹² added to the squared norms. {@link
 * Contrastive} compares by distance. Bromley et al. 1993, <i>Signature verification using a Siamese
 * time delay neural network</i>.
 *
 * <pre>{@code
 * cosineEmbedding().of(vector(1, -1), matrix(row(3, 4, 4, 3), row(1, 0, 3, 4)))   // 0.32
 * }</pre>
 *
 * @question Do pairs point the same way when they belong together?
 * @use For pairs whose vectors' direction carries the meaning.
 * @avoid When lengths matter: doubling a vector changes nothing.
 */
public final class CosineEmbedding extends Loss {
  private final Setting margin;

  private CosineEmbedding(Setting margin) {
    this(margin, new CosineEmbeddingFormula(margin));
  }

  private CosineEmbedding(Setting margin, CosineEmbeddingFormula formula) {
    super(
        LossSpec.of("cosineEmbedding", LossDomain.of(Target.SIDE, Prediction.TWO_VECTORS), formula)
            .withSettings(margin)
            .drawnAs(formula::drawn)
            .savedAs(Config.ours("CosineEmbedding")));
    this.margin = margin;
  }

  /** The cosine embedding loss with a margin of 0, a right angle. */
  public static CosineEmbedding cosineEmbedding() {
    return new CosineEmbedding(Setting.between("cosineEmbedding", "margin", "m", "m", 0, -1.01, 1));
  }

  /** With this margin, the cosine up to which different things are left alone. */
  public CosineEmbedding margin(double margin) {
    return new CosineEmbedding(this.margin.to(margin));
  }
}
