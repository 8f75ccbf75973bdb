package org.lossbook.loss;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * What the losses of overlap share: they compare sums over the whole batch, as Keras's do by
 * default, and so are one number that no sample has a share in; or those of each sample.
 */
abstract class Overlap extends Loss {
  static final Expr EPSILON = LossSpec.EPSILON;

  final boolean ofEachSample;

  Overlap(String name, boolean ofEachSample, Sums loss, Setting... settings) {
    super(spec(name, ofEachSample, loss, settings).withSettings(settings));
    this.ofEachSample = ofEachSample;
  }

  /** A loss by sums. */
  interface Sums {
    /**
     * The loss.
     *
     * @param total adds up over a row, or over the whole batch
     * @param settings their letters
     */
    Expr of(UnaryOperator<Expr> total, Expr y, Expr p, Expr... settings);
  }

  private static LossSpec spec(String name, boolean ofEachSample, Sums loss, Setting... settings) {
    Expr[] letters = Stream.of(settings).map(Setting::expr).toArray(Expr[]::new);
    LossSpec each =
        LossSpec.of(
            name,
            Target.PROBABILITY,
            Prediction.PROBABILITY,
            (y, p) -> loss.of(Expr::sum, y, p, letters));
    Config config = LossSpec.kerasClass(name);
    return ofEachSample
        ? each.savedAs(config.with("axis", -1))
        : each.overWholeBatch((y, p) -> loss.of(Expr::batchSum, y, p, letters))
            .savedAs(config.without("axis"));
  }
}
