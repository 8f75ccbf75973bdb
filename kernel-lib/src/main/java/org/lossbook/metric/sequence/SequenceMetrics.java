package org.lossbook.metric.sequence;

import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.metric.Metric;

/**
 * The metrics of sequences that a file may name. A new one is one line here. Keras has none of
 * them; {@code perplexity} and {@code editDistance} are those of KerasHub.
 *
 * @hidden
 */
@Internal
public final class SequenceMetrics {
  private SequenceMetrics() {}

  /** The registry with these metrics too. */
  public static Registry<Metric> addTo(Registry<Metric> metrics) {
    return metrics
        .addLossbookOnly("Perplexity", Perplexity::from)
        .addLossbookOnly("SequenceAccuracy", SequenceAccuracy::from)
        .addLossbookOnly("EditDistance", EditDistance::from);
  }
}
