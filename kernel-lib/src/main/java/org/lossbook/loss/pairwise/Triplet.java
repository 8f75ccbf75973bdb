package org.lossbook.loss.pairwise;

import org.lossbook.config.Config;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.Setting;

/**
 * Triplet loss: how much nearer than the margin m strangers lie than relatives, \(\frac{1}{n}\sum_i
 * \frac{1}{|P_i||N_i|} \sum_{p \in P_i} \sum_{k \in N_i} \max(\lVert\hat y_i - \hat y_p\rVert -
 * \lVert\hat y_i - \hat y_k\rVert + m, 0)\), in the unit of the places: for each sample of a batch
 * all pairs of one with its label (P) and one with another (N).
 *
 * <p>For places in which what belongs together is near: faces, songs. A sample without a pair
 * counts 0, so batches need several of a label. Distances are PyTorch's, with 10⁻⁶ added to each
 * difference. Schroff, Kalenichenko and Philbin 2015, <i>FaceNet</i>, which squares them.
 *
 * <pre>{@code
 * triplet(1).of(vector(0, 0, 1), matrix(row(0, 0), row(3, 4), row(0, 5.5)))   // 1.0486
 * }</pre>
 *
 * @question Is each sample nearer to its own kind than to any other?
 * @avoid When batches hold one sample of a label: it has no pair.
 */
public final class Triplet extends Loss {
  private final Setting margin;

  private Triplet(Setting margin) {
    this(margin, new TripletFormula(margin));
  }

  private Triplet(Setting margin, TripletFormula formula) {
    super(
        PairwiseLosses.spec("triplet", formula, formula::drawn, margin)
            .savedAs(Config.ours("Triplet")));
    this.margin = margin;
  }

  /** The triplet loss with a margin of 1. */
  public static Triplet triplet() {
    return new Triplet(Setting.positive("triplet", "margin", "m", "m", 1));
  }

  /** With this margin, by which strangers are to lie farther off. */
  public Triplet margin(double margin) {
    return new Triplet(this.margin.to(margin));
  }
}
