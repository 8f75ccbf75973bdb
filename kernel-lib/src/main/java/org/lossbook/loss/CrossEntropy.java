package org.lossbook.loss;

import java.util.OptionalInt;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.Aggregation;
import org.lossbook.loss.spec.LogBase;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * What the cross-entropies share: probabilities or logits, softened labels, the logarithm's base.
 *
 * @param <S> the loss itself, so that calls chain
 */
public abstract class CrossEntropy<S extends CrossEntropy<S>> extends Loss {
  private final Form form;

  CrossEntropy(String name, Target target, Prediction prediction, Form form, Formula formula) {
    this(
        form,
        form.spec(name, target, prediction, formula)
            .savedAs(form.base.saved(form.config(name, target))));
  }

  CrossEntropy(Form form, LossSpec spec) {
    super(spec);
    this.form = form;
  }

  abstract S with(Form form);

  /** Takes logits, from a model without a final sigmoid or softmax: finite for all of them. */
  public final S fromLogits() {
    return with(form.fromLogits());
  }

  /** With logarithms to the base 2. */
  public final S bits() {
    return base(2);
  }

  /** With logarithms to this base: 2 for bits, 10 for decimal digits. */
  public final S base(double b) {
    return with(new Form(form.logits, form.smoothing, new LogBase(b), form.ignored));
  }

  /**
   * Without the samples, or positions, of that label.
   *
   * @see Loss#ignore
   */
  @Override
  public final S ignore(int label) {
    spec().ignoring(label);
    return with(form.ignoring(OptionalInt.of(label)));
  }

  final Form form() {
    return form;
  }

  /** ŷ kept 10⁻⁷ away from 0 and 1, so that its logarithm is finite; its slope is 0 outside. */
  static Expr clipped(Expr p) {
    return p.clip(LossSpec.EPSILON, Expr.of(1).minus(LossSpec.EPSILON)).as("p", "p");
  }

  /** The formula of a cross-entropy in one of its forms. */
  interface Formula {
    Expr perSample(Form form, Expr y, Expr p);
  }

  /**
   * The form of a cross-entropy.
   *
   * @param logits whether the predictions are logits
   * @param smoothing how much is taken from the true class
   * @param base of the logarithms
   * @param ignored the label that does not count
   */
  record Form(boolean logits, double smoothing, LogBase base, OptionalInt ignored) {
    static final Form DEFAULT = new Form(false, 0, LogBase.NATURAL, OptionalInt.empty());

    Form {
      if (!(smoothing >= 0 && smoothing <= 1)) {
        throw new IllegalArgumentException(
            "labelSmoothing expects a fraction between 0 and 1 but receives "
                + smoothing
                + ": 0.1 takes a tenth from the true class.");
      }
    }

    Form smoothing(double fraction) {
      return new Form(logits, fraction, base, ignored);
    }

    Form fromLogits() {
      return new Form(true, smoothing, base, ignored);
    }

    Form ignoring(OptionalInt label) {
      return new Form(logits, smoothing, base, label);
    }

    /** (1 − α)y + {@code share}, where labels are softened by α. */
    Expr smoothed(Expr y, Expr share) {
      return smoothing == 0 ? y : y.times(1 - smoothing).plus(share).as("ỹ", "\\tilde y");
    }

    /** (1 − α)·own + α·mean, where a label is softened by α. */
    Expr softened(Expr own, Expr mean) {
      return own.times(1 - smoothing).plus(mean.times(smoothing));
    }

    /** A loss of this form, which has one from logits too. */
    LossSpec spec(String name, Target target, Prediction prediction, Formula formula) {
      LossSpec spec =
          LossSpec.of(
                  name,
                  target,
                  logits ? prediction.beforeActivation() : prediction,
                  (y, p) -> formula.perSample(this, y, p))
              .withAggregation(Aggregation.MEAN.with(ignored))
              .in(base.unit())
              .variant(smoothing == 0 ? "" : "label smoothing " + Numbers.text(smoothing));
      return logits
          ? spec
          : spec.withLogitsForm(() -> fromLogits().spec(name, target, prediction, formula));
    }

    /** Keras's class in a file, with this form but for the base; it never softens labels. */
    Config config(String name, Target target) {
      Config config = LossSpec.kerasClass(name).with("from_logits", logits);
      if (target == Target.LABEL) {
        return smoothing == 0 ? config : config.asOurs().with("label_smoothing", smoothing);
      }
      return config.with("label_smoothing", smoothing);
    }
  }
}
