package org.lossbook.loss;

import java.util.Optional;
import org.lossbook.formula.Expr;

/**
 * What the cross-entropies share: probabilities or logits, softened labels, the logarithm's base.
 *
 * @param <S> the loss itself, so that calls chain
 */
public abstract class CrossEntropy<S extends CrossEntropy<S>> extends Loss {
  private final Settings settings;

  CrossEntropy(String name, Target target, Prediction prediction, Settings settings) {
    super(name, target, settings.logits ? prediction.beforeActivation() : prediction);
    this.settings = settings;
  }

  abstract S with(Settings settings);

  /** Takes logits, from a model without a final sigmoid or softmax: finite for all of them. */
  public final S fromLogits() {
    return with(new Settings(true, settings.smoothing, settings.base));
  }

  /** With logarithms to the base 2. */
  public final S bits() {
    return base(2);
  }

  /** With logarithms to this base: 2 for bits, 10 for decimal digits. */
  public final S base(double b) {
    return with(new Settings(settings.logits, settings.smoothing, new LogBase(b)));
  }

  /** The form from logits, where the model's end is what turns logits into probabilities. */
  @Override
  public final Optional<Loss> joinedWith(String activation) {
    boolean matches = !takesLogits() && prediction().activation().equals(activation);
    return matches ? Optional.of(fromLogits()) : Optional.empty();
  }

  @Override
  String unit() {
    return settings.base.unit();
  }

  final Settings settings() {
    return settings;
  }

  final boolean takesLogits() {
    return settings.logits;
  }

  final LogBase base() {
    return settings.base;
  }

  /** ŷ kept 10⁻⁷ away from 0 and 1, so that its logarithm is finite; its slope is 0 outside. */
  static Expr clipped(Expr p) {
    Expr epsilon = Expr.of(1e-7).as("ε", "\\varepsilon");
    return p.clip(epsilon, Expr.of(1).minus(epsilon)).as("p", "p");
  }

  /** (1 − α)y + {@code share}, where labels are softened by α. */
  final Expr smoothed(Expr y, Expr share) {
    double a = settings.smoothing;
    return a == 0 ? y : y.times(1 - a).plus(share).as("ỹ", "\\tilde y");
  }

  record Settings(boolean logits, double smoothing, LogBase base) {
    static final Settings DEFAULT = new Settings(false, 0, new LogBase(Math.E));

    Settings {
      if (!(smoothing >= 0 && smoothing <= 1)) {
        throw new IllegalArgumentException(
            "labelSmoothing expects a fraction between 0 and 1 but receives "
                + smoothing
                + ": 0.1 takes a tenth from the true class.");
      }
    }

    Settings smoothing(double fraction) {
      return new Settings(logits, fraction, base);
    }
  }
}
