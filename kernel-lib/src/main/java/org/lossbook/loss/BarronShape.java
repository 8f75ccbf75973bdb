package org.lossbook.loss;

import java.util.List;
import org.lossbook.formula.Expr;

/** What α makes of Barron's loss, and what it may be. */
final class BarronShape {
  static final Setting FIRST = Setting.number("barron", "alpha", "α", "\\alpha", 1);

  private BarronShape() {}

  /** Learned, α has to leave a likelihood; on a schedule it is a number. */
  static Setting varying(Varying alpha) {
    boolean isLearned = isLearned(alpha);
    double low = isLearned ? 0.001 : -Double.MAX_VALUE;
    double high = isLearned ? 1.999 : Double.POSITIVE_INFINITY;
    return Setting.between("barron", "alpha", "α", "\\alpha", 1, low, high).to(alpha);
  }

  /**
   * Those that stand in the formula; refuses an α whose loss is no likelihood where it has to be.
   */
  static List<Setting> settings(Setting alpha, Setting c) {
    if (isAdaptive(alpha, c) && alpha.value() < 0) {
      throw new IllegalArgumentException(
          "barron expects an alpha of 0 or more where c is learned but receives "
              + alpha.value()
              + ": a loss that levels off is no likelihood, and every error would become wild.");
    }
    return isLimit(alpha) ? List.of(c) : List.of(alpha, c);
  }

  /** ρ of the error in units of c. */
  static Expr loss(Expr x, Setting alpha) {
    Expr half = x.square().over(2);
    if (!isLimit(alpha)) {
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

  /** A slider may come by 0 and 2 as a schedule may. */
  static Loss drawn(Barron loss, Setting alpha) {
    boolean moves = alpha.varying().isEmpty() && !isLimit(alpha);
    return moves ? loss.alpha(Varying.scheduled(epoch -> alpha.value())) : loss;
  }

  private static Expr general(Expr x, Expr alpha) {
    Expr b = alpha.minus(2).abs();
    return b.over(alpha).times(x.square().over(b).plus(1).pow(alpha.over(2)).minus(1));
  }

  /** ρ alone, or with what makes a likelihood of it, where the data are to choose α or c. */
  static Expr likelihood(Expr loss, Setting alpha, Setting c) {
    if (!isAdaptive(alpha, c)) {
      return loss;
    }
    Expr a = isLimit(alpha) ? Expr.of(alpha.value()) : alpha.expr();
    return loss.plus(c.expr().log()).plus(a.logPartition());
  }

  private static boolean isAdaptive(Setting alpha, Setting c) {
    return alpha.varying().filter(BarronShape::isLearned).isPresent()
        || c.varying().filter(BarronShape::isLearned).isPresent();
  }

  private static boolean isLearned(Varying setting) {
    return setting.schedule().isEmpty();
  }

  /** Whether α has a formula without α in it. */
  private static boolean isLimit(Setting alpha) {
    double a = alpha.value();
    return alpha.varying().isEmpty() && (a == 2 || a == 0 || a == Double.NEGATIVE_INFINITY);
  }
}
