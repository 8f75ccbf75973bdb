package org.lossbook.metric.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.formula.Numbers;
import org.lossbook.metric.WorkedTally.Line;

/**
 * Sorted scores, each with its answer and weight. The area is exact, so all scores are kept.
 *
 * <p>A score is a long: its bits, transformed so that they sort as numbers do, then its index among
 * the weights, then its answer. New scores are merged into those that are already sorted, so that a
 * display may ask for the area now and then.
 */
final class Ranking {
  /** What is computed of the ranked scores. */
  enum Area {
    ROC,
    PRECISION_RECALL,
    AVERAGE_PRECISION
  }

  private static final float[] NONE = {};
  private static final int LEAST = 1024;
  private static final int MOST = 1 << 30;

  private long[] keys = new long[0];
  private long[] spare = new long[0];
  private float[] weights = NONE; // empty as long as all are 1
  private int size;
  private int sorted;
  private double positives;
  private double negatives;

  /** One answer; a weight of 0 leaves it out. */
  void add(float score, boolean isPositive, float weight) {
    if (weight == 0) {
      return;
    }
    if (size == keys.length) {
      grow();
    }
    if (weight != 1 && weights.length == 0) {
      weights = new float[keys.length];
      Arrays.fill(weights, 0, size, 1);
    }
    if (weights.length > 0) {
      weights[size] = weight;
    }
    int bits = Float.floatToIntBits(score + 0f); // -0 becomes 0
    long order = bits ^ ((bits >> 31) & 0x7fffffff);
    keys[size] = order << 32 | (long) size << 1 | (isPositive ? 1 : 0);
    size++;
    positives += isPositive ? weight : 0;
    negatives += isPositive ? 0 : weight;
  }

  private void grow() {
    if (size >= MOST) {
      throw new IllegalStateException(
          Messages.of(
              "auc expects at most %,d scores but receives more: evaluate fewer samples at once.",
              MOST));
    }
    int more = Math.min(MOST, Math.max(LEAST, 2 * size));
    keys = Arrays.copyOf(keys, more);
    weights = weights.length == 0 ? weights : Arrays.copyOf(weights, more);
  }

  void reset() {
    size = 0;
    sorted = 0;
    positives = 0;
    negatives = 0;
    weights = NONE;
  }

  /** The total weight of the positives. */
  double positives() {
    return positives;
  }

  private void sort() {
    Arrays.sort(keys, sorted, size);
    int fresh = size - sorted;
    if (sorted > 0 && fresh > 0) {
      if (spare.length < fresh) {
        spare = new long[Math.max(fresh, 2 * spare.length)];
      }
      System.arraycopy(keys, sorted, spare, 0, fresh);
      int old = sorted - 1;
      int next = fresh - 1;
      for (int into = size - 1; next >= 0; into--) {
        keys[into] = old >= 0 && keys[old] > spare[next] ? keys[old--] : spare[next--];
      }
    }
    sorted = size;
  }

  /** Receives a group of equal scores, with the total weights of its positives and negatives. */
  private interface Groups {
    void accept(float score, double positives, double negatives);
  }

  /** From the highest score to the lowest. */
  private void forEachGroup(Groups groups) {
    sort();
    int at = size - 1;
    while (at >= 0) {
      long order = keys[at] >> 32;
      double groupPositives = 0;
      double groupNegatives = 0;
      for (; at >= 0 && keys[at] >> 32 == order; at--) {
        double w = weights.length == 0 ? 1 : weights[(int) ((keys[at] & 0xffffffffL) >> 1)];
        groupPositives += (keys[at] & 1) == 1 ? w : 0;
        groupNegatives += (keys[at] & 1) == 1 ? 0 : w;
      }
      int bits = (int) order;
      groups.accept(
          Float.intBitsToFloat(bits ^ ((bits >> 31) & 0x7fffffff)), groupPositives, groupNegatives);
    }
  }

  double area(Area area) {
    return switch (area) {
      case ROC -> rocArea();
      case PRECISION_RECALL -> precisionRecallArea();
      case AVERAGE_PRECISION -> averagePrecision();
    };
  }

  /** The precision at each positive, on average. */
  private double averagePrecision() {
    var sum =
        new Groups() {
          private double truePositives;
          private double predicted;
          private double area;

          @Override
          public void accept(float score, double groupPositives, double groupNegatives) {
            truePositives += groupPositives;
            predicted += groupPositives + groupNegatives;
            area += groupPositives * truePositives / predicted;
          }
        };
    forEachGroup(sum);
    return positives == 0 ? Double.NaN : sum.area / positives;
  }

  /** The ROC area by the trapezoidal rule: ties count one half. */
  double rocArea() {
    var sum =
        new Groups() {
          private double truePositives;
          private double area;

          @Override
          public void accept(float score, double groupPositives, double groupNegatives) {
            area += groupNegatives * (truePositives + groupPositives / 2);
            truePositives += groupPositives;
          }
        };
    forEachGroup(sum);
    return positives == 0 || negatives == 0 ? Double.NaN : sum.area / (positives * negatives);
  }

  /**
   * The integral of precision over recall, with both counts interpolated linearly between
   * thresholds.
   */
  double precisionRecallArea() {
    var sum =
        new Groups() {
          private double truePositives;
          private double predicted;
          private double area;

          @Override
          public void accept(float score, double groupPositives, double groupNegatives) {
            double slope = groupPositives / (groupPositives + groupNegatives);
            double intercept = predicted == 0 ? 0 : truePositives - slope * predicted;
            double grown =
                predicted == 0 ? 0 : Math.log1p((groupPositives + groupNegatives) / predicted);
            area += slope * (groupPositives + intercept * grown);
            truePositives += groupPositives;
            predicted += groupPositives + groupNegatives;
          }
        };
    forEachGroup(sum);
    return positives == 0 ? Double.NaN : sum.area / positives;
  }

  /** How the scores make the area, from the highest one down. */
  List<Line> steps(Area area) {
    List<Line> lines = new ArrayList<>();
    var groups =
        new Groups() {
          private double truePositives;
          private double falsePositives;

          @Override
          public void accept(float score, double groupPositives, double groupNegatives) {
            double below = negatives - falsePositives - groupNegatives;
            truePositives += groupPositives;
            falsePositives += groupNegatives;
            if (groupPositives > 0) {
              lines.add(
                  (area == Area.ROC
                          ? above(groupPositives, groupNegatives, below)
                          : precision(truePositives, falsePositives))
                      .after("score " + Numbers.brief(score) + ": "));
            }
          }
        };
    forEachGroup(groups);
    lines.add(
        switch (area) {
          case ROC ->
              Line.of(
                  "of "
                      + Numbers.text(positives)
                      + "·"
                      + Numbers.text(negatives)
                      + " pairs of a positive and a negative, the share in which the positive ranks higher",
                  area(area));
          case AVERAGE_PRECISION -> Line.of("mean of the precision at each positive", area(area));
          case PRECISION_RECALL -> Line.of("area under the precision over the recall", area(area));
        });
    return lines;
  }

  private static Line above(double positives, double ties, double below) {
    double pairs = positives * (below + ties / 2);
    String many = positives == 1 ? "a positive" : Numbers.text(positives) + " positives";
    String what =
        many + " above " + Numbers.text(below) + (below == 1 ? " negative" : " negatives");
    return Line.of(
        ties == 0 ? what : what + ", level with " + Numbers.text(ties) + " (half a pair each)",
        pairs);
  }

  private Line precision(double truePositives, double falsePositives) {
    return Line.of(
        "recall "
            + Numbers.text(truePositives)
            + "/"
            + Numbers.text(positives)
            + ", precision "
            + Numbers.text(truePositives)
            + "/"
            + Numbers.text(truePositives + falsePositives),
        truePositives / (truePositives + falsePositives));
  }

  /** The corners of the ROC curve, without points on straight lines. */
  RankingCurve roc() {
    var points = new CurvePoints();
    points.add(0, 0, Double.POSITIVE_INFINITY);
    forEachGroup(
        new Groups() {
          private double truePositives;
          private double falsePositives;

          @Override
          public void accept(float score, double groupPositives, double groupNegatives) {
            truePositives += groupPositives;
            falsePositives += groupNegatives;
            points.corner(falsePositives / negatives, truePositives / positives, score);
          }
        });
    return points.curve(rocArea(), positives / (positives + negatives));
  }

  /**
   * The precision-recall curve, with extra points where a step is wide enough to show its
   * curvature.
   */
  RankingCurve precisionRecall() {
    var points = new CurvePoints();
    forEachGroup(
        new Groups() {
          private double truePositives;
          private double predicted;

          @Override
          public void accept(float score, double groupPositives, double groupNegatives) {
            if (predicted == 0) {
              points.add(0, groupPositives / (groupPositives + groupNegatives), score);
            }
            int steps = 1 + (int) Math.min(20, 100 * groupPositives / positives);
            for (int i = 1; i <= steps; i++) {
              double f = truePositives + groupPositives * i / steps;
              double s = predicted + (groupPositives + groupNegatives) * i / steps;
              points.add(f / positives, f / s, score);
            }
            truePositives += groupPositives;
            predicted += groupPositives + groupNegatives;
          }
        });
    return points.curve(precisionRecallArea(), positives / (positives + negatives));
  }
}
