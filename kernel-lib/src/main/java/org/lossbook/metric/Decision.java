package org.lossbook.metric;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which of a sample's outputs say yes. Where both are given, both must hold, as in Keras.
 *
 * @param threshold those above it
 * @param topK those k that are largest, the first of equal ones
 * @param usual the threshold where the shapes call for one and none is given
 */
record Decision(OptionalDouble threshold, OptionalInt topK, double usual) {
  static final double HALF = 0.5;

  /** Left to the shapes. */
  static final Decision OPEN = new Decision(OptionalDouble.empty(), OptionalInt.empty(), HALF);

  /** This, where only what is above the threshold says yes. */
  Decision above(String who, double least) {
    checkThreshold(who, least);
    return new Decision(OptionalDouble.of(least), topK, usual);
  }

  /** This, where only the k largest say yes. */
  Decision first(String who, int k) {
    checkK(who, k);
    return new Decision(threshold, OptionalInt.of(k), usual);
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

  /** This with another threshold where none is given. */
  Decision usually(double other) {
    return new Decision(threshold, topK, other);
  }

  /**
   * This where it says something; else each output alone by the usual threshold, or the largest.
   */
  Decision settled(boolean isEachAlone) {
    if (threshold.isPresent() || topK.isPresent()) {
      return this;
    }
    return isEachAlone
        ? new Decision(OptionalDouble.of(usual), OptionalInt.empty(), usual)
        : new Decision(OptionalDouble.empty(), OptionalInt.of(1), usual);
  }

  /** Sets {@code says} to what the outputs of a row say. */
  void decide(float[] yHat, int row, boolean[] says) {
    int outputs = says.length;
    Arrays.fill(says, topK.isEmpty());
    for (int rank = 0; rank < topK.orElse(0); rank++) {
      int best = -1;
      for (int i = 0; i < outputs; i++) {
        boolean isBetter = best < 0 || yHat[row * outputs + i] > yHat[row * outputs + best];
        best = !says[i] && isBetter ? i : best;
      }
      says[best] = true;
    }
    for (int i = 0; i < outputs && threshold.isPresent(); i++) {
      says[i] &= yHat[row * outputs + i] > (float) threshold.getAsDouble(); // 0.3f is not above 0.3
    }
  }
}
