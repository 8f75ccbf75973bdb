package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/** The two forms of the generalized cross-entropy, of probabilities and of logits. */
record GeneralizedForm(boolean logits, Setting q) {
  private static final String NAME = "categoricalGeneralizedCrossEntropy";
  private static final Config CONFIG =
      Config.of("keras.losses", "CategoricalGeneralizedCrossEntropy");

  static final GeneralizedForm DEFAULT =
      new GeneralizedForm(false, Setting.between(NAME, "q", "q", "q", 0.5, 0, 1));

  GeneralizedForm with(Setting other) {
    return new GeneralizedForm(logits, other);
  }

  GeneralizedForm fromLogits() {
    return new GeneralizedForm(true, q);
  }

  LossSpec spec() {
    Prediction prediction = logits ? Prediction.LOGITS : Prediction.DISTRIBUTION;
    LossSpec spec = LossSpec.of(NAME, Target.LABEL, prediction, this::perSample).withSettings(q);
    return logits
        ? spec.savedAs(CONFIG.asOurs().with("from_logits", true))
        : spec.savedAs(CONFIG).withLogitsForm(() -> fromLogits().spec());
  }

  private Expr perSample(Expr y, Expr p) {
    Expr exponent = q.expr();
    Expr power = logits ? exponent.times(p.logSoftmax().pick(y)).exp() : p.pick(y).pow(exponent);
    return Expr.of(1).minus(power).over(exponent);
  }
}
