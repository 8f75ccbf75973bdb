package org.lossbook.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.loss.evaluate.RunningLoss;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleWeighted;

/**
 * The running loss and metrics of one pass over a dataset, per output if there are several.
 *
 * @hidden
 */
@Internal
public final class RunningMetrics {
  private final Each[] heads;
  private double costs;
  private long samples;

  /** The figures of one output. */
  private static final class Each {
    private final OutputHead head;
    private final RunningLoss loss = new RunningLoss();
    private final Metric.Tally[] metrics;
    private final boolean[] weighted;
    private boolean hasRows;

    Each(OutputHead head) {
      this.head = head;
      metrics = head.metrics().stream().map(head::tally).toArray(Metric.Tally[]::new);
      weighted = new boolean[metrics.length];
      for (int i = 0; i < weighted.length; i++) {
        weighted[i] = head.metrics().get(i) instanceof SampleWeighted;
      }
    }

    /** The figure of a metric; 0 where no row of any batch counts, as in Keras. */
    double value(int metric) {
      if (!hasRows) {
        return 0;
      }
      try {
        return metrics[metric].value();
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        throw thrown(head.metrics().get(metric), e);
      }
    }

    void reset() {
      hasRows = false;
      loss.reset();
      for (int i = 0; i < metrics.length; i++) {
        try {
          metrics[i].reset();
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
          throw thrown(head.metrics().get(i), e);
        }
      }
    }
  }

  RunningMetrics(List<OutputHead> heads) {
    this.heads = heads.stream().map(Each::new).toArray(Each[]::new);
  }

  /** The exception of a metric, unless it comes from a call that the metric made on the model. */
  private static RuntimeException thrown(Metric metric, Throwable by) {
    return by instanceof InterruptedTraining interrupt
        ? interrupt
        : new MetricException.Thrown(metric.name(), by);
  }

  /** Whether that output has metrics besides the loss. */
  boolean haveMetrics(int head) {
    return heads[head].metrics.length > 0;
  }

  public void reset() {
    costs = 0;
    samples = 0;
    for (Each each : heads) {
      each.reset();
    }
  }

  /**
   * Adds one output's part of a batch. Metrics ignore sample weights, as in Keras, unless they are
   * sample-weighted.
   *
   * @param ran the loss, just computed on this batch
   * @param counting its rows that count
   * @param rows how many do, at most one at each position of the samples
   */
  public void add(int head, BatchLoss ran, MeasuredRows counting, int rows) {
    Each each = heads[head];
    if (rows == 0) {
      each.loss.addNone();
      return;
    }
    each.hasRows = true;
    each.loss.add(ran);
    for (int i = 0; i < each.metrics.length; i++) {
      try {
        if (each.metrics[i].seesWholeSamples()) {
          counting.addWhole(each.metrics[i], each.weighted[i]);
        } else {
          float[] weights = each.weighted[i] ? counting.weights() : null;
          each.metrics[i].add(counting.y(), counting.yHat(), weights, rows);
        }
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        throw thrown(each.head.metrics().get(i), e);
      }
    }
  }

  /**
   * Completes a batch whose outputs were added.
   *
   * @param cost the current penalty, whose mean over the samples is added to the loss
   */
  public void batch(double cost, int rows) {
    costs += cost * rows;
    samples += rows;
  }

  /** The number of samples so far. */
  public long samples() {
    return samples;
  }

  /** The names of the figures that are means over samples. */
  public List<String> means() {
    List<String> means = new ArrayList<>();
    means.add("loss");
    for (Each each : heads) {
      if (heads.length > 1) {
        means.add(each.head.prefix() + "loss");
      }
      for (int i = 0; i < each.metrics.length; i++) {
        if (each.metrics[i].isMean()) {
          means.add(each.head.prefix() + each.head.metrics().get(i).name());
        }
      }
    }
    return means;
  }

  /** All figures by name, {@code loss} first. */
  public Map<String, Double> figures() {
    var figures = new LinkedHashMap<String, Double>();
    double sum = 0;
    for (Each each : heads) {
      sum += each.head.weight() * each.loss.value();
    }
    figures.put("loss", sum + costs / samples);
    for (Each each : heads) {
      if (heads.length > 1) {
        figures.put(each.head.prefix() + "loss", each.loss.value());
      }
      for (int i = 0; i < each.metrics.length; i++) {
        figures.put(each.head.prefix() + each.head.metrics().get(i).name(), each.value(i));
      }
    }
    return figures;
  }
}
