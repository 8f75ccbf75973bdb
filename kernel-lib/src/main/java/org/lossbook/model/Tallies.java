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
  private double costs;
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
    loss.reset();
    costs = 0;
    samples = 0;
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).reset();
    }
  }

  /**
   * Adds a batch. Metrics are never weighted, as in Keras.
   *
   * @param ran what ran on it last
   * @param cost of the weights by then; its mean over the samples is added to the loss
   */
  void add(BatchLoss ran, double cost, float[] y, float[] yHat, int rows) {
    loss.add(ran);
    costs += cost * rows;
    samples += rows;
    for (int i = 0; i < tallies.size(); i++) {
      tallies.get(i).add(y, yHat, null, rows);
    }
  }

  /** All figures by name, {@code loss} first. */
  Map<String, Double> figures() {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("loss", loss.value() + costs / samples);
    for (int i = 0; i < tallies.size(); i++) {
      figures.put(names.get(i), tallies.get(i).value());
    }
    return figures;
  }
}
