package org.lossbook.search;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lossbook.callback.Monitor;
import org.lossbook.callback.Run;
import org.lossbook.model.Model;

/** The figure that a search compares its trials by. */
final class Objective {
  private final Monitor monitor;
  private Optional<Monitor.Better> better = Optional.empty();
  private Optional<String> loss = Optional.empty();

  /** What makes every comparison wrong, and so ends the search. */
  static final class Mistake extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Mistake(String message) {
      super(message);
    }
  }

  Objective(Monitor monitor) {
    this.monitor = monitor;
  }

  String figure() {
    return monitor.figure();
  }

  /** Whether more is better; not known before the first trial has begun. */
  boolean isRising() {
    return better.map(Monitor.Better::rising).orElse(false);
  }

  private boolean isLoss() {
    return figure().equals("loss") || figure().endsWith("_loss");
  }

  /** A loss is no measure for a search among losses. */
  void check(Space space) {
    space
        .searchedLoss()
        .filter(name -> isLoss())
        .ifPresent(
            name -> {
              throw incomparable("where \"" + name + "\" is a setting");
            });
  }

  /** The same where it is only seen from the models that the losses are not all the same. */
  void look(Model model) {
    String now = model.losses().stream().map(Candidate::text).collect(Collectors.joining(", "));
    String first = loss.orElse(now);
    loss = Optional.of(first);
    if (isLoss() && !first.equals(now)) {
      throw incomparable("where one model has " + first + " and another " + now);
    }
  }

  private Mistake incomparable(String where) {
    return new Mistake(
        "search expects a metric to compare different losses by but receives monitor(\"%s\") %s: each loss has its own unit, so the smallest number is not the best model; compile with a metric, such as mae(), and call monitor(\"val_mae\")."
            .formatted(figure(), where));
  }

  /** At a trial's beginning: the run has to measure the figure. */
  void start(Run run) {
    try {
      better = Optional.of(monitor.on(run));
    } catch (IllegalArgumentException e) {
      throw new Mistake(e.getMessage());
    }
  }

  /** The better trial first; one without a figure is the worst. */
  Comparator<Trial> betterFirst() {
    Comparator<Trial> rising = Comparator.comparingDouble(this::value);
    return isRising() ? rising.reversed() : rising;
  }

  private double value(Trial trial) {
    double value = trial.figures().getOrDefault(figure(), Double.NaN);
    double worst = isRising() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return Double.isNaN(value) || trial.failure().isPresent() ? worst : value;
  }
}
