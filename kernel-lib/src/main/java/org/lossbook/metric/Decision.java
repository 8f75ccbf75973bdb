package org.lossbook.metric;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which of a sample's outputs say yes.
 *
 * @param threshold those above it
 * @param topK those k that are largest, the first of equal ones
 */
record Decision(OptionalDouble threshold, OptionalInt topK) {
  private static final float HALF = 0.5f;

  /** Left to the shapes. */
  static final Decision OPEN = new Decision(OptionalDouble.empty(), OptionalInt.empty());

  static Decision above(String who, double threshold) {
    checkThreshold(who, threshold);
    return new Decision(OptionalDouble.of(threshold), OptionalInt.empty());
  }

  static Decision first(String who, int k) {
    checkK(who, k);
    return new Decision(OptionalDouble.empty(), OptionalInt.of(k));
  }

  static void checkThreshold(String who, double threshold) {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException(
          "%s expects a finite threshold but receives %s: 0.5 is one for probabilities, 0 for logits."
              .formatted(who, threshold));
    }
  }

  static void checkK(String who, int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "%s expects k of 1 or more but receives %d: it counts the classes that may be right."
              .formatted(who, k));
    }
  }

  static void checkK(String who, int k, int outputs) {
    if (k > outputs) {
      throw new IllegalArgumentException(
          "%s expects k of at most %d, the number of classes, but receives %d: choose a smaller one."
              .formatted(who, outputs, k));
    }
  }

  /** This where it says something, else what {@code otherwise} says. */
  Decision or(Decision otherwise) {
    return equals(OPEN) ? otherwise : this;
  }

  /** Yes above one half. */
  static Decision aboveHalf() {
    return new Decision(OptionalDouble.of(HALF), OptionalInt.empty());
  }

  /** The largest alone. */
  static Decision largest() {
    return new Decision(OptionalDouble.empty(), OptionalInt.of(1));
  }

  /** Sets {@code says} to what the outputs of a row say. */
  void decide(float[] yHat, int row, boolean[] says) {
    int outputs = says.length;
    if (topK.isEmpty()) {
      float least = (float) threshold.getAsDouble(); // 0.3 in floats is no more than 0.3
      for (int i = 0; i < outputs; i++) {
        says[i] = yHat[row * outputs + i] > least;
      }
      return;
    }
    Arrays.fill(says, false);
    for (int rank = 0; rank < topK.getAsInt(); rank++) {
      int best = -1;
      for (int i = 0; i < outputs; i++) {
        boolean isBetter = best < 0 || yHat[row * outputs + i] > yHat[row * outputs + best];
        best = !says[i] && isBetter ? i : best;
      }
      says[best] = true;
    }
  }
}
