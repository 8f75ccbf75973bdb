package org.lossbook.optimizer.schedule;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;

/**
 * The symbols of schedules, which the update rules use too, each with one meaning.
 *
 * @hidden
 */
@Internal
public final class ScheduleSymbols {
  /** The step, counted from 1. */
  public static final Expr T = Expr.named("t", "t", 0);

  /** The learning rate. */
  public static final Expr RATE = Expr.named("η", "\\eta", 0);

  /** What a schedule without a formula gives. */
  public static final Expr OWN_SCHEDULE =
      Expr.named("schedule(t − 1)", "\\operatorname{schedule}(t - 1)", 0);

  static final Expr PI = Expr.named("π", "\\pi", Math.PI);

  private ScheduleSymbols() {}

  /** The step as schedules count it, from 0, where {@code accumulation} steps make one update. */
  public static Expr stepFromZero(int accumulation) {
    return (accumulation == 1 ? T : T.times(accumulation)).minus(1);
  }

  /**
   * A rate that falls from {@code first} to a share α of it as {@code height} falls from 1 to 0.
   */
  static Expr falling(double first, double alpha, Expr height) {
    Expr share = alpha == 0 ? height : height.times(1 - alpha).plus(alpha);
    return Expr.of(first).times(share);
  }

  /** A schedule as it is written in code, without its numbers. */
  public static String call(Schedule schedule) {
    if (schedule instanceof Warmup warmup) {
      return call(warmup.then()) + ".warmup(…)";
    }
    String name = schedule.getClass().getSimpleName();
    return schedule instanceof FormulatedSchedule
        ? Character.toLowerCase(name.charAt(0)) + name.substring(1) + "(…)"
        : "step -> …";
  }
}
