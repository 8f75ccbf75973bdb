package org.lossbook.loss.spec;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lossbook.Internal;
import org.lossbook.config.Require;

/**
 * Class weights: a sample's loss is multiplied by the number of its class, 1 for those not named. A
 * label is its class; of a row of probabilities, it is the place of the greatest.
 *
 * @param byLabel the numbers by label
 * @hidden
 */
@Internal
public record ClassWeights(SortedMap<Integer, Double> byLabel) {
  /** Refuses labels below 0, and weights below 0 or not finite. */
  public ClassWeights {
    byLabel = new TreeMap<>(byLabel);
    byLabel.forEach(
        (label, weight) -> {
          if (!(label >= 0 && weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                "classWeight expects labels from 0 and weights of 0 or more but receives "
                    + label
                    + "="
                    + weight
                    + ": write Map.of(0, 1, 1, 5).");
          }
        });
  }

  /** {@code Map.of(0, 1, 1, 5)}: label 0 counts once, label 1 five times. */
  public static ClassWeights of(Map<Integer, ? extends Number> weights) {
    String fix = "write Map.of(0, 1, 1, 5)";
    Require.given(weights, "classWeight", "weights by label", fix);
    Require.all(weights.keySet(), Integer.class, "classWeight", "labels", fix);
    Require.all(weights.values(), Number.class, "classWeight", "weights by label", fix);
    var byLabel = new TreeMap<Integer, Double>();
    weights.forEach((label, weight) -> byLabel.put(label, weight.doubleValue()));
    return new ClassWeights(byLabel);
  }

  /** Whether every class counts once. */
  public boolean isEmpty() {
    return byLabel.isEmpty();
  }

  /** These numbers where a class is found by its label. */
  public Table table(int targets) {
    return new Table(targets);
  }

  /**
   * The weights as an array, for targets of one width. Allocates nothing once it is there.
   *
   * @hidden
   */
  @Internal
  public final class Table {
    private final double[] weights;
    private final int targets;

    private Table(int targets) {
      this.targets = targets;
      weights = new double[isEmpty() ? 0 : byLabel.lastKey() + 1];
      for (int label = 0; label < weights.length; label++) {
        weights[label] = byLabel.getOrDefault(label, 1.0);
      }
    }

    /** What sample number {@code sample} counts. */
    public double of(float[] y, int sample) {
      int best = sample * targets;
      for (int i = best + 1; i < (sample + 1) * targets; i++) {
        best = y[i] > y[best] ? i : best;
      }
      return of(targets == 1 ? y[best] : best - sample * targets);
    }

    /** What sample number {@code sample} counts. */
    public double of(double[] y, int sample) {
      int best = sample * targets;
      for (int i = best + 1; i < (sample + 1) * targets; i++) {
        best = y[i] > y[best] ? i : best;
      }
      return of(targets == 1 ? y[best] : best - sample * targets);
    }

    /** A truth of −1 is a no, as 0 is. */
    private double of(double truth) {
      int label = Math.max(0, (int) Math.rint(truth));
      return label < weights.length ? weights[label] : 1;
    }
  }

  @Override
  public String toString() {
    return byLabel.toString();
  }
}
