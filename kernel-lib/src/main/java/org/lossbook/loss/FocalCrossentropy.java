package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * What the focal cross-entropies share: γ, which turns away from what is answered well, and α,
 * which weighs.
 *
 * @param <S> the loss itself, so that calls chain
 */
public abstract class FocalCrossentropy<S extends FocalCrossentropy<S>> extends CrossEntropy<S> {
  private final Focus focus;

  FocalCrossentropy(
      String name,
      Target target,
      Prediction prediction,
      Form form,
      Focus focus,
      FocalFormula formula) {
    super(
        form,
        form.spec(name, target, prediction, (f, y, p) -> formula.perSample(f, focus, y, p))
            .withSettings(focus.settings())
            .savedAs(form.base().saved(focus.saved(form.config(name, target), target))));
    this.focus = focus;
  }

  /** The formula of a focal cross-entropy in one of its forms. */
  interface FocalFormula {
    Expr perSample(Form form, Focus focus, Expr y, Expr p);
  }

  abstract S with(Form form, Focus focus);

  @Override
  final S with(Form form) {
    return with(form, focus);
  }

  /** With this γ: 0 is plain cross-entropy, 2 all but forgets what is answered well. */
  public final S gamma(double gamma) {
    return with(form(), focus.with(focus.gamma.to(gamma), focus.alpha));
  }

  /** With a γ that moves in training. */
  public final S gamma(ScheduledOrLearned gamma) {
    return with(form(), focus.with(focus.gamma.to(gamma), focus.alpha));
  }

  /** With this weight α. */
  public final S alpha(double alpha) {
    return with(form(), focus.with(focus.gamma, focus.alpha.to(alpha)));
  }

  /** With a weight α that moves in training. */
  public final S alpha(ScheduledOrLearned alpha) {
    return with(form(), focus.with(focus.gamma, focus.alpha.to(alpha)));
  }

  /** Draws the labels towards evenness, as the plain cross-entropy's does. */
  public final S labelSmoothing(double fraction) {
    return with(form().smoothing(fraction));
  }

  final Focus focus() {
    return focus;
  }

  record Focus(Setting gamma, Setting alpha, boolean balanced) {
    static Focus of(String owner, boolean balanced) {
      return new Focus(
          Setting.notNegative(owner, "gamma", "γ", "\\gamma", 2),
          Setting.positive(owner, "alpha", "α", "\\alpha", 0.25),
          balanced);
    }

    /** A loss's class in a file; classes that exclude each other are never balanced there. */
    Config saved(Config config, Target target) {
      return target == Target.PROBABILITY ? config.with("apply_class_balancing", balanced) : config;
    }

    Focus with(Setting newGamma, Setting newAlpha) {
      return new Focus(newGamma, newAlpha, balanced);
    }

    Setting[] settings() {
      return balanced ? new Setting[] {gamma, alpha} : new Setting[] {gamma};
    }
  }

  /** The weight of an answer: α of a yes, 1 − α of a no. */
  static Expr balance(Focus focus, Expr yes, Expr no) {
    Expr a = focus.alpha().expr();
    return yes.times(a).plus(no.times(Expr.of(1).minus(a))).as("αₜ", "\\alpha_t");
  }
}
