package org.lossbook.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.loss.BatchLoss;
import org.lossbook.loss.RunningLoss;
import org.lossbook.metric.Metric;

/**
 * The running figures of one pass over a dataset: the loss of all samples so far, and each metric.
 */
final class Tallies {
  private final List<String> names;
  private final List<Metric.Tally> tallies;
  private final RunningLoss loss = new RunningLoss();

  Tallies(List<String> names, List<Metric.Tally> tallies) {
    this.names = names;
    this.tallies = tallies;
  }

  /** Whether anything beside the loss is measured. */
  boolean haveMetrics() {
    return !tallies.isEmpty();
  }

  void reset() {
    loss.reset();
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).reset();
    }
  }

  /** Adds a batch, on which {@code ran} ran last. Metrics are never weighted, as in Keras. */
  void add(BatchLoss ran, float[] y, float[] yHat, int rows) {
    loss.add(ran);
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).add(y, yHat, null, rows);
    }
  }

  /** All figures by name, {@code loss} first. */
  Map<String, Double> figures() {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("loss", loss.value());
    for (int i = 0; i < tallies.size(); i++) {
      figures.put(names.get(i), tallies.get(i).value());
    }
    return figures;
  }
}
