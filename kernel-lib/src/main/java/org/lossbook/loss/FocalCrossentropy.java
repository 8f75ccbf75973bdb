package org.lossbook.loss;

import org.lossbook.config.Settings;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;

/**
 * What the focal cross-entropies share: γ, which turns away from what is answered well, and α,
 * which weighs.
 *
 * @param <S> the loss itself, so that calls chain
 */
public abstract class FocalCrossentropy<S extends FocalCrossentropy<S>> extends CrossEntropy<S> {
  private final Focus focus;

  FocalCrossentropy(Form form, Focus focus, LossSpec spec) {
    super(form, spec.with(focus.settings()));
    this.focus = focus;
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

    /** This, as a file says it. */
    Focus from(Settings settings, boolean isBalanced) {
      return new Focus(gamma.from(settings), alpha.from(settings), isBalanced);
    }

    Focus with(Setting newGamma, Setting newAlpha) {
      return new Focus(newGamma, newAlpha, balanced);
    }

    Setting[] settings() {
      return balanced ? new Setting[] {gamma, alpha} : new Setting[] {gamma};
    }
  }
}
