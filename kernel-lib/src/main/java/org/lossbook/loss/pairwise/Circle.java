package org.lossbook.loss.pairwise;

import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.Setting;

/**
 * Circle loss: how alike strangers and how unlike relatives are, each pair weighed by how far it is
 * from where it should be, \(\log\left(1 + \sum_{p} e^{\gamma (m + D_{ip})(D_{ip} - m)} \sum_{k}
 * e^{\gamma (1 + m - D_{ik})(1 - m - D_{ik})}\right)\) with \(D_{ij} = 1 - \hat y_i \cdot \hat
 * y_j\), the mean over the samples that have a loss, as in Keras; without a unit.
 *
 * <p>For directions in which what belongs together is alike: let the model end in rows of length 1,
 * which are taken as they come. γ = 80 sharpens, the margin m = 0.4 is how unlike relatives may
 * remain. Sun et al. 2020, <i>Circle loss: a unified perspective of pair similarity
 * optimization</i>.
 *
 * <pre>{@code
 * circle().of(vector(0, 0, 1), matrix(row(1, 0), row(0.8, 0.6), row(0, 1)))   // 3.2008
 * }</pre>
 *
 * @question Are relatives more alike than strangers, by a margin?
 * @avoid When batches hold few samples of each label.
 */
public final class Circle extends Loss {
  private final Setting gamma;
  private final Setting margin;

  private Circle(Setting gamma, Setting margin) {
    this(gamma, margin, new CircleFormula(gamma, margin));
  }

  private Circle(Setting gamma, Setting margin, CircleFormula formula) {
    super(PairwiseLosses.spec("circle", formula, formula::drawn, gamma, margin).inKeras("Circle"));
    this.gamma = gamma;
    this.margin = margin;
  }

  /** The circle loss with γ = 80 and a margin of 0.4. */
  public static Circle circle() {
    return new Circle(
        Setting.positive("circle", "gamma", "γ", "\\gamma", 80),
        Setting.between("circle", "margin", "m", "m", 0.4, 0, 1));
  }

  /** With this γ: the greater, the more the worst pair counts. */
  public Circle gamma(double gamma) {
    return new Circle(this.gamma.to(gamma), margin);
  }

  /** With this margin. */
  public Circle margin(double margin) {
    return new Circle(gamma, this.margin.to(margin));
  }
}
