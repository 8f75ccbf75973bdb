package org.lossbook.callback;

import org.lossbook.config.Refined;

/**
 * Base class of callbacks that monitor a figure of a run.
 *
 * @param <F> the callback itself, so that chained calls keep its type
 */
public abstract class MonitoringCallback<F extends MonitoringCallback<F>> extends Refined<F> {
  private Monitor monitor;

  /** With the default figure. */
  protected MonitoringCallback(Monitor monitor) {
    this.monitor = monitor;
  }

  /** What is monitored, and what counts as an improvement. */
  protected final Monitor monitor() {
    return monitor;
  }

  /** Monitors the figure of that name in the history; {@code val_loss} by default. */
  public F monitor(String figure) {
    return withMonitor(monitor.figure(figure));
  }

  /**
   * Sets the direction of improvement: {@code "min"}, {@code "max"}, or {@code "auto"}, as the
   * metric says.
   */
  public F mode(String mode) {
    return withMonitor(monitor.mode(mode));
  }

  /** The same with another monitor. */
  protected final F withMonitor(Monitor other) {
    return with(
        copy -> {
          MonitoringCallback<?> to = copy;
          to.monitor = other;
        });
  }
}
