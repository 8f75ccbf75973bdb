package org.lossbook.metric.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.formula.Numbers;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Metric;
import org.lossbook.metric.Truth;
import org.lossbook.metric.WorkedTally;

/**
 * The mean, over samples, of how well a row of scores ranks the items that are relevant in the row
 * of truth. A sample without a relevant item is left out: nothing could be found.
 */
abstract class RankedItems implements Metric.Tally, WorkedTally {
  private final String who;
  private final int items;
  private final int k;
  private double total;
  private double weight;

  /**
   * @param k how many items are looked at; all of them where it is 0
   */
  RankedItems(String who, int k, int targets, int outputs) {
    Truth.sameWidth(who, targets, outputs);
    if (outputs < 2) {
      throw Messages.wrong(
          "%s expects a row of scores, one for each item, but receives a single number: give it [n, items].",
          who);
    }
    if (k > 0) {
      Decision.checkK(who, k, outputs);
    }
    this.who = who;
    this.items = outputs;
    this.k = k == 0 ? outputs : k;
  }

  /** The figure of a sample that has a relevant item. */
  abstract double of(Row row);

  /** What the figure of a sample says, in numbers. */
  abstract String words(Row row);

  /** How relevant the items of a sample are, and their scores. */
  static final class Row {
    private final float[] y;
    private final float[] yHat;
    private final int from;
    private final int items;

    Row(float[] y, float[] yHat, int row, int items) {
      this.y = y;
      this.yHat = yHat;
      this.from = row * items;
      this.items = items;
    }

    boolean hasRelevant() {
      return IntStream.range(from, from + items).anyMatch(i -> y[i] > 0);
    }

    /**
     * The place of the first relevant item, counted from 1; others with the same score come before
     * it.
     */
    int firstRank() {
      float best = Float.NEGATIVE_INFINITY;
      for (int i = from; i < from + items; i++) {
        best = y[i] > 0 ? Math.max(best, yHat[i]) : best;
      }
      int before = 0;
      for (int i = from; i < from + items; i++) {
        before += y[i] <= 0 && yHat[i] >= best ? 1 : 0;
      }
      return before + 1;
    }

    /** Relevance in the order of the scores, equal scores sharing theirs evenly. */
    double[] inOrder() {
      Integer[] order =
          IntStream.range(from, from + items)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -yHat[i]))
              .toArray(Integer[]::new);
      double[] gains = new double[items];
      for (int first = 0; first < items; ) {
        int last = first;
        double sum = 0;
        while (last < items && yHat[order[last]] == yHat[order[first]]) {
          sum += y[order[last++]];
        }
        Arrays.fill(gains, first, last, sum / (last - first));
        first = last;
      }
      return gains;
    }

    /** Relevance from the highest down: the best order there is. */
    double[] atBest() {
      double[] gains = new double[items];
      for (int i = 0; i < items; i++) {
        gains[i] = -y[from + i];
      }
      Arrays.sort(gains);
      return Arrays.stream(gains).map(gain -> -gain).toArray();
    }
  }

  @Override
  public void check(String caller, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      if (!(y[i] >= 0)) {
        throw Messages.wrong(
            "%s expects how relevant each item is, 0 or more, but a target is %s: 0 is an item that nobody asked for.",
            caller, Numbers.text(y[i]));
      }
    }
  }

  @Override
  public void add(float[] y, float[] yHat, float[] weights, int rows) {
    check(who, y, rows * items);
    for (int r = 0; r < rows; r++) {
      Row row = new Row(y, yHat, r, items);
      double w = weights == null ? 1 : weights[r];
      if (w > 0 && row.hasRelevant()) {
        total += w * of(row);
        weight += w;
      }
    }
  }

  int k() {
    return k;
  }

  @Override
  public double value() {
    return total / weight;
  }

  @Override
  public void reset() {
    total = 0;
    weight = 0;
  }

  @Override
  public Steps steps(Samples given) {
    List<Line> samples = new ArrayList<>();
    for (int r = 0; r < given.rows(); r++) {
      Row row = new Row(given.y(), given.yHat(), r, items);
      double w = given.weights().isPresent() ? given.weights().get()[r] : 1;
      if (!row.hasRelevant()) {
        samples.add(new Line("no relevant item: left out", ""));
      } else {
        String times = given.weights().isPresent() ? Numbers.text(w) + "·" : "";
        samples.add(Line.of(words(row), of(row)).after(times));
      }
    }
    return new Steps(
        "",
        samples,
        List.of(
            Line.of("sum", total),
            Line.of("divided by the samples that count, " + Numbers.text(weight), value())));
  }
}
