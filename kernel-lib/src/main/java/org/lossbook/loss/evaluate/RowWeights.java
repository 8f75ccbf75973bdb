package org.lossbook.loss.evaluate;

import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.loss.spec.ClassWeights;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Reduction;

/**
 * What each row of a batch counts: its weight times that of its class, and nothing where its label
 * is ignored. Allocates nothing once it has held a batch of that size.
 */
final class RowWeights {
  private final Optional<ClassWeights.Table> classes;
  private final OptionalInt ignored;
  private final double neutral;
  private final boolean isMean;
  private double[] doubles = {};
  private float[] floats = {};
  private double[] truths = {};
  private float[] truthFloats = {};
  private int counting;

  RowWeights(LossSpec loss, int targets) {
    classes = loss.classWeights().map(weights -> weights.table(targets));
    ignored = loss.ignored();
    neutral = loss.neutralTruth();
    isMean = loss.reduction() == Reduction.MEAN;
  }

  /** Whether all rows count as the weights that are given say. */
  boolean areAsGiven() {
    return classes.isEmpty() && ignored.isEmpty();
  }

  /** How many rows of the last batch were not ignored. */
  int counting() {
    return counting;
  }

  /** The weights of these rows. A mean over those that count is one over all with these weights. */
  float[] of(float[] y, float[] weights, int rows) {
    floats = floats.length < rows ? new float[rows] : floats;
    counting = 0;
    for (int i = 0; i < rows; i++) {
      boolean counts = counts(y[i]);
      double each = counts ? classes.isEmpty() ? 1 : classes.get().of(y, i) : 0;
      floats[i] = (float) (each * (weights == null ? 1 : weights[i]));
      counting += counts ? 1 : 0;
    }
    float share = share(rows);
    for (int i = 0; i < rows && share != 1; i++) {
      floats[i] *= share;
    }
    return floats;
  }

  /** The same in doubles. */
  double[] of(double[] y, double[] weights, int rows) {
    doubles = doubles.length < rows ? new double[rows] : doubles;
    counting = 0;
    for (int i = 0; i < rows; i++) {
      boolean counts = counts(y[i]);
      double each = counts ? classes.isEmpty() ? 1 : classes.get().of(y, i) : 0;
      doubles[i] = each * (weights == null ? 1 : weights[i]);
      counting += counts ? 1 : 0;
    }
    double share = isMean && counting > 0 ? (double) rows / counting : 1;
    for (int i = 0; i < rows && share != 1; i++) {
      doubles[i] *= share;
    }
    return doubles;
  }

  private float share(int rows) {
    return isMean && counting > 0 ? (float) rows / counting : 1;
  }

  /** The truth with a label that the loss knows in place of the ignored one. */
  float[] known(float[] y, int rows) {
    if (ignored.isEmpty()) {
      return y;
    }
    truthFloats = truthFloats.length < rows ? new float[rows] : truthFloats;
    for (int i = 0; i < rows; i++) {
      truthFloats[i] = counts(y[i]) ? y[i] : (float) neutral;
    }
    return truthFloats;
  }

  /** The same in doubles. */
  double[] known(double[] y, int rows) {
    if (ignored.isEmpty()) {
      return y;
    }
    truths = truths.length < rows ? new double[rows] : truths;
    for (int i = 0; i < rows; i++) {
      truths[i] = counts(y[i]) ? y[i] : neutral;
    }
    return truths;
  }

  /** What row {@code i} counts by its truth alone. */
  double ofTruth(double[] y, int i) {
    return counts(y[i]) ? classes.map(table -> table.of(y, i)).orElse(1.0) : 0;
  }

  private boolean counts(double truth) {
    return ignored.isEmpty() || truth != ignored.getAsInt();
  }
}
