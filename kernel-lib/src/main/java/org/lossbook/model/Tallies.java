package org.lossbook.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.metric.Metric;

/** The running figures of one pass over a dataset: the mean loss, and each metric. */
final class Tallies {
  private final List<String> names;
  private final List<Metric.Tally> tallies;
  private double lossSum;
  private long samples;

  Tallies(List<String> names, List<Metric.Tally> tallies) {
    this.names = names;
    this.tallies = tallies;
  }

  /** Whether anything beside the loss is measured. */
  boolean haveMetrics() {
    return !tallies.isEmpty();
  }

  void reset() {
    lossSum = 0;
    samples = 0;
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).reset();
    }
  }

  /** Adds a batch: its loss counts by its rows. Metrics are never weighted, as in Keras. */
  void add(double loss, float[] y, float[] yHat, int rows) {
    lossSum += loss * rows;
    samples += rows;
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).add(y, yHat, null, rows);
    }
  }

  /** The mean loss of a batch so far; NaN before the first. */
  double loss() {
    return lossSum / samples;
  }

  /** All figures by name, {@code loss} first. */
  Map<String, Double> figures() {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("loss", loss());
    for (int i = 0; i < tallies.size(); i++) {
      figures.put(names.get(i), tallies.get(i).value());
    }
    return figures;
  }
}
