package org.lossbook.loss;

import java.util.function.UnaryOperator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * What the losses of overlap share: they compare sums over the whole batch, as Keras's do by
 * default, and so are one number that no sample has a share in; or those of each sample.
 */
interface Overlap {
  /** The loss by sums over what {@code total} adds up. */
  Expr of(UnaryOperator<Expr> total, Expr y, Expr p);

  /** The loss, saved as Keras's class of that name. */
  static LossSpec spec(String name, String className, boolean ofEachSample, Overlap loss) {
    LossSpec each =
        LossSpec.of(
            name, Target.PROBABILITY, Prediction.PROBABILITY, (y, p) -> loss.of(Expr::sum, y, p));
    Config config = Config.of("keras.losses", className);
    return ofEachSample
        ? each.savedAs(config.with("axis", -1))
        : each.overWholeBatch((y, p) -> loss.of(Expr::batchSum, y, p))
            .savedAs(config.without("axis"));
  }

  /** Whether a file asks for the loss of each sample. */
  static boolean ofEachSample(Settings settings) {
    return settings.only("axis", -1).has("axis");
  }
}
