package org.lossbook.loss.box;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Generalized intersection over union (GIoU) loss: how little two boxes cover each other and how
 * far apart they lie, \(\frac{1}{n}\sum_i \left(1 - \frac{I_i}{U_i + \varepsilon} + \frac{C_i -
 * U_i}{C_i + \varepsilon}\right)\) with the areas that both have (I), that either has (U) and of
 * the smallest box around the two (C), and \(\varepsilon = 10^{-7}\): 0 for the same box, towards 2
 * for small boxes far apart, without a unit.
 *
 * <p>A row is (x₁, y₁, x₂, y₂). For locating things: {@link IntersectionOverUnion} has no slope
 * where boxes do not touch, this one draws them together. Rezatofighi et al. 2019, <i>Generalized
 * intersection over union</i>.
 *
 * <pre>{@code
 * giou().of(matrix(row(0, 0, 2, 2)), matrix(row(1, 1, 3, 3)))   // 1.0794
 * }</pre>
 *
 * @question How far is a predicted box from the true one, even if they do not touch?
 * @use For locating things: it also draws boxes together that do not touch.
 * @avoid As the figure to report: {@link IntersectionOverUnion} is easier to read.
 */
public final class GeneralizedIntersectionOverUnion extends Loss {
  private GeneralizedIntersectionOverUnion() {
    super(
        LossSpec.of("giou", Target.BOX, Prediction.BOX, GeneralizedIntersectionOverUnion::perSample)
            .savedAs(Config.ours("GeneralizedIntersectionOverUnion")));
  }

  /** One minus the generalized intersection over union. */
  public static GeneralizedIntersectionOverUnion giou() {
    return new GeneralizedIntersectionOverUnion();
  }

  private static Expr perSample(Expr y, Expr p) {
    Boxes boxes = Boxes.of(y, p);
    return Expr.of(1).minus(boxes.share()).plus(boxes.emptiness());
  }
}
