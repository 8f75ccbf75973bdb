package org.lossbook.callback;

import org.lossbook.config.Refined;

/**
 * What follows a figure of a run, and so has to be told which one and which way it is better.
 *
 * @param <F> the follower itself, so that chained calls keep its type
 */
public abstract class MonitoringCallback<F extends MonitoringCallback<F>> extends Refined<F> {
  private Monitor monitor;

  /** What is followed unless something else is said. */
  protected MonitoringCallback(Monitor monitor) {
    this.monitor = monitor;
  }

  /** What is followed, and what counts as better. */
  protected final Monitor followed() {
    return monitor;
  }

  /** Follows the figure of that name in the history; {@code val_loss} unless said. */
  public F monitor(String figure) {
    return follow(monitor.figure(figure));
  }

  /**
   * Which way the figure is better: {@code "min"}, {@code "max"}, or {@code "auto"}, as the metric
   * says.
   */
  public F mode(String mode) {
    return follow(monitor.mode(mode));
  }

  /** The same with something else to follow. */
  protected final F follow(Monitor other) {
    return with(
        copy -> {
          MonitoringCallback<?> to = copy;
          to.monitor = other;
        });
  }
}
