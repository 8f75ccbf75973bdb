package org.lossbook.loss.pairwise;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * Hinge embedding loss: the distance of what belongs together, and by how much what does not is
 * nearer than the margin m, \(\frac{1}{n}\sum_i \ell_i\) with \(\ell_i = \hat y_i\) where \(y_i =
 * 1\) and \(\ell_i = \max(m - \hat y_i, 0)\) where \(y_i = -1\), in the distance's unit.
 *
 * <p>ŷ is the distance between two things that a model has placed; labels are +1 for the same and
 * −1 for different things, or 1 and 0. {@link Contrastive} squares both terms, so that near things
 * pull less. It is PyTorch's {@code HingeEmbeddingLoss}. Hadsell, Chopra and LeCun 2006,
 * <i>Dimensionality reduction by learning an invariant mapping</i>.
 *
 * <pre>{@code
 * hingeEmbedding().of(vector(1, -1), vector(0.5, 0.2))   // 0.65
 * }</pre>
 *
 * @question Is a pair's distance small when it belongs together?
 * @use For pairs labelled same or different, given their distance.
 * @avoid When near pairs should pull less than far ones: use {@link Contrastive}.
 */
public final class HingeEmbedding extends Loss {
  private final Setting margin;

  private HingeEmbedding(Setting margin) {
    super(
        PairwiseLosses.ofDistance(
                "hingeEmbedding", Target.SIGN, (y, p) -> perSample(margin.expr(), y, p), margin)
            .savedAs(Config.ours("HingeEmbedding")));
    this.margin = margin;
  }

  /** The hinge embedding loss with a margin of 1. */
  public static HingeEmbedding hingeEmbedding() {
    return new HingeEmbedding(Setting.positive("hingeEmbedding", "margin", "m", "m", 1));
  }

  /** With this margin, the distance from which on different things are left alone. */
  public HingeEmbedding margin(double margin) {
    return new HingeEmbedding(this.margin.to(margin));
  }

  /** With a margin that moves in training. */
  public HingeEmbedding margin(ScheduledOrLearned margin) {
    return new HingeEmbedding(this.margin.to(margin));
  }

  private static Expr perSample(Expr margin, Expr y, Expr p) {
    return Expr.where(y.equalTo(Expr.of(1)), p, margin.minus(p).max(0)).mean();
  }
}
