package org.lossbook.optimizer.schedule;

import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;

/**
 * Checks of the optimizers' settings.
 *
 * @hidden
 */
@Internal
public final class OptimizerChecks {
  private OptimizerChecks() {}

  public static int positive(String who, String what, int value) {
    if (value < 1) {
      throw Messages.wrong("%s expects %s of 1 or more but receives %d.", who, what, value);
    }
    return value;
  }

  /** The step that a schedule's formula is about. */
  static Expr step(Expr step) {
    return Require.given(
        step, "rate", "the step", "Expr.variable(\"t\", \"t\", Shape.SCALAR) is one");
  }

  static double positive(String who, String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw Messages.wrong("%s expects %s above 0 but receives %s.", who, what, value);
    }
    return value;
  }

  public static long notNegative(String who, String what, long value) {
    if (value < 0) {
      throw Messages.wrong("%s expects %s of 0 or more but receives %d.", who, what, value);
    }
    return value;
  }

  /** A setting that is 0 or more, of which {@code usual} is a usual one. */
  public static double notNegative(String who, String what, double value, double usual) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "%s expects %s of 0 or more but receives %s: %s is a usual one.",
          who, what, value, usual);
    }
    return value;
  }

  /** A setting above 0, of which {@code usual} is a usual one. */
  public static double positive(String who, String what, double value, double usual) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "%s expects %s above 0 but receives %s: %s is a usual one.", who, what, value, usual);
    }
    return value;
  }

  /** A share of a whole. */
  static double share(String who, String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw Messages.wrong("%s expects %s from 0 to 1 but receives %s.", who, what, value);
    }
    return value;
  }

  /** A rate to begin with: with 0 nothing would ever move. */
  public static double firstLearningRate(String who, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "%s expects a learning rate above 0 but receives %s: 0.001 is a good first choice.",
          who, value);
    }
    return value;
  }

  /** A rate on the way: 0 is a pause. */
  public static double learningRate(String who, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "%s expects a learning rate of 0 or more but receives %s: 0.001 is a usual one.",
          who, value);
    }
    return value;
  }

  /** Rejects an invalid rate from a schedule. */
  public static double scheduledLearningRate(String who, long step, double value) {
    throw Messages.wrong(
        "%s expects a schedule that gives 0 or more but receives %s for step %d: look at what the schedule gives there.",
        who, value, step);
  }

  /** The exception of a schedule that threw. */
  public static IllegalStateException failedSchedule(
      String who, long step, RuntimeException thrown) {
    return new IllegalStateException(
        Messages.of(
            "%s expects a schedule that gives the learning rate of each step but it failed for step %d with %s (%s): correct the schedule.",
            who,
            step,
            thrown.getClass().getSimpleName(),
            thrown.getMessage() == null ? "no message" : thrown.getMessage()),
        thrown);
  }

  /** A decay rate: 0 forgets the past, 1 would keep it forever. */
  public static double decay(String who, String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw Messages.wrong(
          "%s expects %s of at least 0 and below 1 but receives %s: 0.9 is the usual one.",
          who, name, value);
    }
    return value;
  }

  /** What keeps a division finite. */
  public static double epsilon(String who, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw Messages.wrong(
          "%s expects an epsilon above 0 but receives %s: 1e-7 is the usual one.", who, value);
    }
    return value;
  }
}
