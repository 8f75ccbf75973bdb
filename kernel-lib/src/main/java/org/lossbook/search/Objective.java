package org.lossbook.search;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.callback.Monitor;
import org.lossbook.callback.Run;
import org.lossbook.model.Model;

/** The objective of a search: the figure by which trials are compared. */
final class Objective {
  private final Monitor monitor;
  private Optional<Monitor.Better> better = Optional.empty();
  private Optional<String> loss = Optional.empty();

  /** A mistake that makes trials incomparable, and so ends the search. */
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

  /** Whether higher is better; unknown before the first trial has begun. */
  boolean isRising() {
    return better.map(Monitor.Better::rising).orElse(false);
  }

  private boolean isLoss() {
    return figure().equals("loss") || figure().endsWith("_loss");
  }

  /** Checks that a search over losses is not compared by the loss. */
  void check(Space space) {
    space
        .searchedLoss()
        .filter(name -> isLoss())
        .ifPresent(
            name -> {
              throw incomparable("where \"" + name + "\" is a setting");
            });
  }

  /** The same when only the models show that their losses differ. */
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
        Messages.of(
            "search expects a metric to compare different losses by but receives monitor(\"%s\") %s: each loss has its own unit, so the smallest number is not the best model; compile with a metric, such as mae(), and call monitor(\"val_mae\").",
            figure(), where));
  }

  /** Checks at the start of a trial that the run measures the figure. */
  void start(Run run) {
    try {
      better = Optional.of(monitor.on(run));
    } catch (IllegalArgumentException e) {
      throw new Mistake(e.getMessage());
    }
  }

  /** Orders trials from best to worst; those without the figure are last. */
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
