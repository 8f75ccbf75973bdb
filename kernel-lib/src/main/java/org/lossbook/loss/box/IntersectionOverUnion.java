package org.lossbook.loss.box;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * Intersection over union (IoU) loss: how little two boxes cover each other, \(\frac{1}{n}\sum_i
 * \left(1 - \frac{I_i}{U_i + \varepsilon}\right)\) with the area I that both have, the area U that
 * either has, and \(\varepsilon = 10^{-7}\): 0 for the same box, 1 for boxes apart, without a unit.
 *
 * <p>A row is (x₁, y₁, x₂, y₂). For locating things, where the four numbers belong together and a
 * large box may be off by more than a small one. Boxes that do not touch have a loss of 1 and a
 * slope of 0, and learn nothing: {@link GeneralizedIntersectionOverUnion} fixes that. Yu et al.
 * 2016, <i>UnitBox</i>; there the logarithm is taken.
 *
 * <pre>{@code
 * iou().of(matrix(row(0, 0, 2, 2)), matrix(row(1, 0, 3, 2)))   // 0.6667
 * }</pre>
 *
 * @question How much of two boxes do they share?
 * @use For locating things, as the measure that detection reports.
 * @avoid For training from scratch: boxes that do not touch have no slope.
 */
public final class IntersectionOverUnion extends Loss {
  private IntersectionOverUnion() {
    super(
        LossSpec.of(
                "iou",
                Target.BOX,
                Prediction.BOX,
                (y, p) -> Expr.of(1).minus(Boxes.of(y, p).share()))
            .savedAs(Config.ours("IntersectionOverUnion")));
  }

  /** One minus intersection over union. */
  public static IntersectionOverUnion iou() {
    return new IntersectionOverUnion();
  }
}
