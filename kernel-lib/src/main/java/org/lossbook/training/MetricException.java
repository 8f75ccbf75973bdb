package org.lossbook.training;

import org.lossbook.base.Messages;

/**
 * An exception thrown by a metric during training or evaluation: the message says which metric,
 * where, and what it said; the cause is its own exception. After {@code fit} the weights are those
 * of the last step and {@code model.history()} holds the run so far.
 */
public final class MetricException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Wraps what the metric threw. */
  public MetricException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What a metric threw, before it is known where. */
  public static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String metric;

    Thrown(String metric, Throwable cause) {
      super(metric, cause, false, false);
      this.metric = metric;
    }

    /**
     * The exception for the reader.
     *
     * @param where {@code in epoch 3 of 10 after 4 of 6 batches}
     * @param outcome how the call ended
     */
    public MetricException at(String where, String outcome) {
      Throwable thrown = getCause();
      String said = thrown.getMessage() == null ? "no message" : thrown.getMessage();
      return new MetricException(
          Messages.of(
              "The metric %s failed %s with %s (%s): %s",
              metric, where, thrown.getClass().getSimpleName(), said, outcome),
          thrown);
    }
  }
}
