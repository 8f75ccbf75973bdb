package org.lossbook.callback;

import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.metric.Direction;

/**
 * The figure that a callback monitors, and what counts as an improvement of it.
 *
 * @param who the callback's name, for messages
 * @param figure its name in the history
 * @param mode {@code auto}, {@code min} or {@code max}
 * @param minDelta a change of less than that is none
 * @hidden
 */
@Internal
public record Monitor(String who, String figure, String mode, double minDelta) {
  private static final List<String> MODES = List.of("auto", "min", "max");

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where one of them is invalid: says which
   */
  public Monitor {
    if (figure == null || figure.isBlank()) {
      throw new IllegalArgumentException(
          who + " expects the name of a figure to monitor but receives none: try \"val_loss\".");
    }
    if (mode == null || !MODES.contains(mode)) {
      throw Messages.wrong(
          "%s expects the mode \"auto\", \"min\" or \"max\" but receives \"%s\": max where a larger %s is better.",
          who, mode, figure);
    }
    if (!(minDelta >= 0) || Double.isInfinite(minDelta)) {
      throw Messages.wrong(
          "%s expects a minDelta of 0 or more but receives %s: a smaller change does not count as an improvement.",
          who, minDelta);
    }
  }

  /** Monitors that figure, in the direction of its metric. */
  public static Monitor of(String who, String figure) {
    return new Monitor(who, figure, "auto", 0);
  }

  /** The same for another figure. */
  public Monitor figure(String name) {
    return new Monitor(who, name, mode, minDelta);
  }

  /** The same with another direction. */
  public Monitor mode(String other) {
    return new Monitor(who, figure, other, minDelta);
  }

  /** The same with another least change. */
  public Monitor minDelta(double change) {
    return new Monitor(who, figure, mode, change);
  }

  /**
   * The comparison on one run.
   *
   * @throws IllegalArgumentException where the run does not measure the figure, or its direction of
   *     improvement is unknown
   */
  public Better on(Run run) {
    Require.given(run, who, "a run of fit", "model.fit(data, epochs(9).callbacks(…)) begins one");
    if (!run.names().contains(figure)) {
      String fix =
          figure.startsWith("val_")
              ? "give fit a validation(…) dataset, or monitor another with monitor(\"loss\")"
              : "call monitor(…) with one of them";
      throw Messages.wrong(
          "%s expects to monitor a figure of this run but receives \"%s\" where there is %s: %s.",
          who, figure, String.join(", ", run.names()), fix);
    }
    Direction direction = run.direction(figure);
    if (mode.equals("auto") && direction == Direction.UNKNOWN) {
      throw Messages.wrong(
          "%s expects to know in which direction %s improves but receives mode(\"auto\"), and the metric does not say: call mode(\"max\") if higher is better, mode(\"min\") if lower is.",
          who, figure);
    }
    return new Better(
        mode.equals("auto") ? direction == Direction.UP : mode.equals("max"), minDelta);
  }

  /** The settings as they are written in code, without the defaults. */
  public String code(String defaultFigure, double defaultDelta) {
    return (figure.equals(defaultFigure) ? "" : ".monitor(\"" + figure + "\")")
        + (mode.equals("auto") ? "" : ".mode(\"" + mode + "\")")
        + (minDelta == defaultDelta ? "" : ".minDelta(" + minDelta + ")");
  }

  /**
   * Compares two figures.
   *
   * @param rising whether the larger one is better
   * @param minDelta a change of less than that is none
   * @hidden
   */
  @Internal
  public record Better(boolean rising, double minDelta) {
    /**
     * Whether {@code value} improves on {@code reference} by more than the least change; NaN never
     * does.
     */
    public boolean isBetter(double value, double reference) {
      return rising ? value - minDelta > reference : value + minDelta < reference;
    }

    /** The figure that any number improves on. */
    double worst() {
      return rising ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
  }
}
