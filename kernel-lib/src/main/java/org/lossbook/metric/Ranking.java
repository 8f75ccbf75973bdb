package org.lossbook.metric;

import java.util.Arrays;

/**
 * Sorted scores, each with its answer and weight. The area is exact, so all scores are kept.
 *
 * <p>A score is a long: its bits, transformed so that they sort as numbers do, then its index among
 * the weights, then its answer. New scores are merged into those that are already sorted, so that a
 * display may ask for the area now and then.
 */
final class Ranking {
  private static final float[] NONE = {};
  private static final int LEAST = 1024;
  private static final int MOST = 1 << 30;

  private long[] keys = new long[0];
  private long[] spare = new long[0];
  private float[] weights = NONE; // empty as long as all are 1
  private int size;
  private int sorted;
  private double yes;
  private double no;

  /** One answer; a weight of 0 leaves it out. */
  void add(float score, boolean isYes, float weight) {
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
    keys[size] = order << 32 | (long) size << 1 | (isYes ? 1 : 0);
    size++;
    yes += isYes ? weight : 0;
    no += isYes ? 0 : weight;
  }

  private void grow() {
    if (size >= MOST) {
      throw new IllegalStateException(
          "auc expects at most %,d scores but receives more: judge fewer samples at once."
              .formatted(MOST));
    }
    int more = Math.min(MOST, Math.max(LEAST, 2 * size));
    keys = Arrays.copyOf(keys, more);
    weights = weights.length == 0 ? weights : Arrays.copyOf(weights, more);
  }

  void reset() {
    size = 0;
    sorted = 0;
    yes = 0;
    no = 0;
    weights = NONE;
  }

  /** The total weight of the positives. */
  double yes() {
    return yes;
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
    void take(float score, double yes, double no);
  }

  /** From the highest score to the lowest. */
  private void walk(Groups groups) {
    sort();
    int at = size - 1;
    while (at >= 0) {
      long order = keys[at] >> 32;
      double groupYes = 0;
      double groupNo = 0;
      for (; at >= 0 && keys[at] >> 32 == order; at--) {
        double w = weights.length == 0 ? 1 : weights[(int) ((keys[at] & 0xffffffffL) >> 1)];
        groupYes += (keys[at] & 1) == 1 ? w : 0;
        groupNo += (keys[at] & 1) == 1 ? 0 : w;
      }
      int bits = (int) order;
      groups.take(Float.intBitsToFloat(bits ^ ((bits >> 31) & 0x7fffffff)), groupYes, groupNo);
    }
  }

  /** The ROC area by the trapezoidal rule: ties count one half. */
  double rocArea() {
    var sum =
        new Groups() {
          private double found;
          private double area;

          @Override
          public void take(float score, double groupYes, double groupNo) {
            area += groupNo * (found + groupYes / 2);
            found += groupYes;
          }
        };
    walk(sum);
    return yes == 0 || no == 0 ? Double.NaN : sum.area / (yes * no);
  }

  /**
   * The integral of precision over recall, with both counts interpolated linearly between
   * thresholds.
   */
  double precisionRecallArea() {
    var sum =
        new Groups() {
          private double found;
          private double said;
          private double area;

          @Override
          public void take(float score, double groupYes, double groupNo) {
            double slope = groupYes / (groupYes + groupNo);
            double intercept = said == 0 ? 0 : found - slope * said;
            double grown = said == 0 ? 0 : Math.log1p((groupYes + groupNo) / said);
            area += slope * (groupYes + intercept * grown);
            found += groupYes;
            said += groupYes + groupNo;
          }
        };
    walk(sum);
    return yes == 0 ? Double.NaN : sum.area / yes;
  }

  /** The corners of the ROC curve, without points on straight lines. */
  RankingCurve roc() {
    var points = new CurvePoints();
    points.add(0, 0, Double.POSITIVE_INFINITY);
    walk(
        new Groups() {
          private double found;
          private double alarms;

          @Override
          public void take(float score, double groupYes, double groupNo) {
            found += groupYes;
            alarms += groupNo;
            points.corner(alarms / no, found / yes, score);
          }
        });
    return points.curve(rocArea(), yes / (yes + no));
  }

  /**
   * The precision-recall curve, with extra points where a step is wide enough to show its
   * curvature.
   */
  RankingCurve precisionRecall() {
    var points = new CurvePoints();
    walk(
        new Groups() {
          private double found;
          private double said;

          @Override
          public void take(float score, double groupYes, double groupNo) {
            if (said == 0) {
              points.add(0, groupYes / (groupYes + groupNo), score);
            }
            int steps = 1 + (int) Math.min(20, 100 * groupYes / yes);
            for (int i = 1; i <= steps; i++) {
              double f = found + groupYes * i / steps;
              double s = said + (groupYes + groupNo) * i / steps;
              points.add(f / yes, f / s, score);
            }
            found += groupYes;
            said += groupYes + groupNo;
          }
        });
    return points.curve(precisionRecallArea(), yes / (yes + no));
  }
}
