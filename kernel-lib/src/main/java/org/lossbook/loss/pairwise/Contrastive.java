package org.lossbook.loss.pairwise;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * Contrastive loss: how far apart what belongs together is, and how much nearer than the margin m
 * what does not, \(\frac{1}{n}\sum_i y_i \hat y_i^2 + (1 - y_i) \max(m - \hat y_i, 0)^2\), in the
 * square of the distance's unit.
 *
 * <p>ŷ is the distance between two things that a model has placed, y is 1 where they are the same
 * and 0 where they are not. For telling whether two pictures show one person; where triples are to
 * be had, {@link Triplet} learns from relative distances and needs no common scale. What is farther
 * apart than m pulls no more. Hadsell, Chopra and LeCun 2006, <i>Dimensionality reduction by
 * learning an invariant mapping</i>, without its factor ½.
 *
 * <pre>{@code
 * contrastive(1).of(vector(1, 0), vector(0.5, 0.2))   // 0.445
 * }</pre>
 *
 * @question Are the same things near and different things far apart?
 * @use For telling whether two pictures show one person, given pairs with labels.
 * @avoid When only relative distances are known: use {@link Triplet}.
 */
public final class Contrastive extends Loss {
  private final Setting margin;

  private Contrastive(Setting margin) {
    super(
        PairwiseLosses.ofDistance(
                "contrastive", Target.PROBABILITY, (y, p) -> perSample(margin.expr(), y, p), margin)
            .savedAs(Config.ours("Contrastive")));
    this.margin = margin;
  }

  /** The contrastive loss with a margin of 1. */
  public static Contrastive contrastive() {
    return new Contrastive(Setting.positive("contrastive", "margin", "m", "m", 1));
  }

  /** With this margin, the distance from which on different things are left alone. */
  public Contrastive margin(double margin) {
    return new Contrastive(this.margin.to(margin));
  }

  /** With a margin that moves in training. */
  public Contrastive margin(ScheduledOrLearned margin) {
    return new Contrastive(this.margin.to(margin));
  }

  private static Expr perSample(Expr margin, Expr y, Expr p) {
    Expr tooNear = margin.minus(p).max(0);
    return y.times(p.square()).plus(Expr.of(1).minus(y).times(tooNear.square())).mean();
  }
}
