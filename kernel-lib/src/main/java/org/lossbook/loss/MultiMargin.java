package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * Multi-class margin loss, without a unit: what the true class's score lacks to lead others by m,
 * \(\frac{1}{nK}\sum_i \sum_{k \neq y_i} \max(m - \hat y_{i,y_i} + \hat y_{ik}, 0)^p\).
 *
 * <p>For integer labels and scores, as in PyTorch; {@link CategoricalHinge} has one rival. Weston
 * and Watkins 1999, <i>Support vector machines for multi-class pattern recognition</i>.
 *
 * <pre>{@code
 * multiMargin().of(vector(3), matrix(row(0.1, 0.2, 0.4, 0.8)))   // 0.325
 * }</pre>
 *
 * @question By how much do the other classes come too close to the true one?
 * @avoid When probabilities are needed: scores have none.
 */
public final class MultiMargin extends Loss {
  private final Setting margin;
  private final Setting p;

  private MultiMargin(Setting margin, Setting p) {
    super(
        LossSpec.of(
                "multiMargin",
                Target.LABEL,
                Prediction.SCORES,
                (y, s) -> Margin.ofAll(margin.expr(), p.expr(), y, s))
            .withSettings(margin, p)
            .savedAs(Config.ours("MultiMargin")));
    this.margin = margin;
    this.p = p;
  }

  /** The multi-class margin loss with a margin of 1 and a power of 1. */
  public static MultiMargin multiMargin() {
    return new MultiMargin(
        Setting.positive("multiMargin", "margin", "m", "m", 1),
        Setting.between("multiMargin", "p", "p", "p", 1, 0.99, Double.POSITIVE_INFINITY)
            .sliderRange(1, 3));
  }

  /** With this margin, by which the true class's score has to lead. */
  public MultiMargin margin(double margin) {
    return new MultiMargin(this.margin.to(margin), p);
  }

  /** With this power of what is missing, from 1 on; PyTorch has 1 and 2. */
  public MultiMargin p(double p) {
    return new MultiMargin(margin, this.p.to(p));
  }
}
