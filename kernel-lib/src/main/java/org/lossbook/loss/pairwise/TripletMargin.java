package org.lossbook.loss.pairwise;

import org.lossbook.config.Config;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.LossDomain;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * Triplet margin loss of three given places: how much nearer than the margin m the negative n_i
 * lies to the anchor a_i than the positive p_i, \(\frac{1}{n}\sum_i \max(\lVert a_i - p_i \rVert -
 * \lVert a_i - n_i \rVert + m, 0)\), in the unit of the places.
 *
 * <p>A row of predictions is the anchor's place, the positive's and the negative's, one behind the
 * other, as {@code concatenate()} of a network with three inputs gives them; the truth is not
 * looked at, so zeros will do. Where batches have labels, {@link Triplet} finds its triplets
 * itself. It is PyTorch's {@code TripletMarginLoss}, with 10⁻⁶ added to each difference. Balntas et
 * al. 2016, <i>Learning local feature descriptors with triplets</i>.
 *
 * <pre>{@code
 * tripletMargin().of(vector(0), matrix(row(0, 0, 3, 4, 0, 5.5)))   // 0.5
 * }</pre>
 *
 * @question Is the anchor nearer to the positive than to the negative?
 * @use For training on triplets that were chosen beforehand.
 * @avoid When samples only have labels: {@link Triplet} finds the triplets.
 */
public final class TripletMargin extends Loss {
  private final Setting margin;

  private TripletMargin(Setting margin) {
    this(margin, new TripletMarginFormula(margin));
  }

  private TripletMargin(Setting margin, TripletMarginFormula formula) {
    super(
        LossSpec.of("tripletMargin", LossDomain.of(Target.NUMBER, Prediction.THREE_PLACES), formula)
            .withSettings(margin)
            .drawnAs(formula::drawn)
            .savedAs(Config.ours("TripletMargin")));
    this.margin = margin;
  }

  /** The triplet margin loss with a margin of 1. */
  public static TripletMargin tripletMargin() {
    return new TripletMargin(Setting.positive("tripletMargin", "margin", "m", "m", 1));
  }

  /** With this margin, by which the negative is to lie farther off. */
  public TripletMargin margin(double margin) {
    return new TripletMargin(this.margin.to(margin));
  }
}
