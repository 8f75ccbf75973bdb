package org.lossbook.loss;

import java.util.List;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;

/**
 * Parameters α and c of Barron's loss, and what they may be. For α = 2, 0 and −∞ the formula is
 * nothing by nothing: these limits have formulas of their own, and an α that moves is kept 10⁻⁷
 * beside them.
 */
record BarronShape(Setting alpha, Setting c) {
  static final BarronShape FIRST =
      new BarronShape(
          Setting.number("barron", "alpha", "α", "\\alpha", 1),
          Setting.positive("barron", "c", "c", "c", 1));

  /** Refuses an α whose loss is no likelihood where it has to be. */
  BarronShape {
    if (isAdaptive(alpha, c) && alpha.value() < 0) {
      throw new IllegalArgumentException(
          "barron expects an alpha of 0 or more where c is learned but receives "
              + alpha.value()
              + ": a loss that levels off is not a likelihood, and c would shrink until every error was an outlier.");
    }
  }

  LossSpec spec() {
    return LossSpec.regression("barron", (y, p) -> of(p.minus(y)).mean())
        .withSettings(settings())
        .identifiedBy(all())
        .drawnAs(() -> drawn().spec())
        .savedAs(Config.ours("Barron"));
  }

  BarronShape alpha(double number) {
    return new BarronShape(FIRST.alpha.to(number), c);
  }

  /** Learned, α has to leave a likelihood; on a schedule it is a number. */
  BarronShape alpha(ScheduledOrLearned moving) {
    Require.given(moving, "barron", "alpha", "write alpha(learned(1))");
    boolean isLearned = isLearned(moving);
    double low = isLearned ? 0.001 : -Double.MAX_VALUE;
    double high = isLearned ? 1.999 : Double.POSITIVE_INFINITY;
    Setting bounded = Setting.between("barron", "alpha", "α", "\\alpha", 1, low, high);
    return new BarronShape(bounded.to(moving), c);
  }

  BarronShape c(Setting other) {
    return new BarronShape(alpha, other);
  }

  List<Setting> all() {
    return List.of(alpha, c);
  }

  /** Those that stand in the formula. */
  List<Setting> settings() {
    return isLimit() ? List.of(c) : List.of(alpha, c);
  }

  /** ρ of an error, with what makes a likelihood of it where the data are to choose α or c. */
  Expr of(Expr error) {
    Expr loss = loss(error.over(c.expr()).as("x", "x"));
    if (!isAdaptive(alpha, c)) {
      return loss;
    }
    Expr a = isLimit() ? Expr.of(alpha.value()) : alpha.expr();
    return loss.plus(c.expr().log()).plus(a.logPartition());
  }

  private Expr loss(Expr x) {
    Expr half = x.square().over(2);
    if (!isLimit()) {
      boolean isScheduled = alpha.varying().filter(v -> !isLearned(v)).isPresent();
      return general(x, isScheduled ? besideLimits(alpha.expr()) : alpha.expr());
    }
    return alpha.value() == 2
        ? half
        : alpha.value() == 0 ? half.log1p() : Expr.of(1).minus(half.negate().exp());
  }

  /** A schedule may come by 0 and 2, where the formula is nothing by nothing. */
  private static Expr besideLimits(Expr alpha) {
    Expr isLimit = alpha.times(alpha.minus(2)).equalTo(Expr.of(0));
    return Expr.where(isLimit, alpha.plus(Expr.of(1e-7)), alpha).as("a", "a");
  }

  /** With an α that a slider moves, which may come by 0 and 2 as a schedule may. */
  BarronShape drawn() {
    boolean isFixed = alpha.varying().isEmpty() && !isLimit();
    return isFixed ? alpha(ScheduledOrLearned.scheduled(epoch -> alpha.value())) : this;
  }

  private static Expr general(Expr x, Expr alpha) {
    Expr b = alpha.minus(2).abs();
    return b.over(alpha).times(x.square().over(b).plus(1).pow(alpha.over(2)).minus(1));
  }

  private static boolean isAdaptive(Setting alpha, Setting c) {
    return alpha.varying().filter(BarronShape::isLearned).isPresent()
        || c.varying().filter(BarronShape::isLearned).isPresent();
  }

  private static boolean isLearned(ScheduledOrLearned setting) {
    return setting.schedule().isEmpty();
  }

  /** Whether α has a formula without α in it. */
  private boolean isLimit() {
    double a = alpha.value();
    return alpha.varying().isEmpty() && (a == 2 || a == 0 || a == Double.NEGATIVE_INFINITY);
  }
}
