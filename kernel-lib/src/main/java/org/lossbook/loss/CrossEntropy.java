package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.formula.Worked;

/**
 * What the cross-entropies share: probabilities or logits, softened labels, the logarithm's base.
 *
 * @param <S> the loss itself, so that calls chain
 */
public abstract class CrossEntropy<S extends CrossEntropy<S>> extends Loss {
  private final Form form;

  CrossEntropy(String name, Target target, Prediction prediction, Form form, Setting... settings) {
    super(name, target, form.logits ? prediction.beforeActivation() : prediction, settings);
    this.form = form;
  }

  abstract S with(Form form);

  /** Takes logits, from a model without a final sigmoid or softmax: finite for all of them. */
  @Override
  public final S fromLogits() {
    return with(new Form(true, form.smoothing, form.base));
  }

  /** With logarithms to the base 2. */
  public final S bits() {
    return base(2);
  }

  /** With logarithms to this base: 2 for bits, 10 for decimal digits. */
  public final S base(double b) {
    return with(new Form(form.logits, form.smoothing, new LogBase(b)));
  }

  @Override
  String unit() {
    return form.base.unit();
  }

  @Override
  String variation() {
    return form.smoothing == 0 ? "" : "label smoothing " + Worked.text(form.smoothing);
  }

  final Form form() {
    return form;
  }

  final boolean takesLogits() {
    return form.logits;
  }

  final LogBase base() {
    return form.base;
  }

  /** ŷ kept 10⁻⁷ away from 0 and 1, so that its logarithm is finite; its slope is 0 outside. */
  static Expr clipped(Expr p) {
    return p.clip(EPSILON, Expr.of(1).minus(EPSILON)).as("p", "p");
  }

  /** (1 − α)y + {@code share}, where labels are softened by α. */
  final Expr smoothed(Expr y, Expr share) {
    double a = form.smoothing;
    return a == 0 ? y : y.times(1 - a).plus(share).as("ỹ", "\\tilde y");
  }

  record Form(boolean logits, double smoothing, LogBase base) {
    static final Form DEFAULT = new Form(false, 0, new LogBase(Math.E));

    Form {
      if (!(smoothing >= 0 && smoothing <= 1)) {
        throw new IllegalArgumentException(
            "labelSmoothing expects a fraction between 0 and 1 but receives "
                + smoothing
                + ": 0.1 takes a tenth from the true class.");
      }
    }

    Form smoothing(double fraction) {
      return new Form(logits, fraction, base);
    }
  }
}
