package org.lossbook.metric;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * The decision rule: which of a sample's outputs are predicted as yes. With both threshold and top
 * k, both must hold, as in Keras.
 *
 * @param threshold outputs above it
 * @param topK the k largest outputs, the first of equal ones
 * @param defaultThreshold the default threshold, used where the shapes require one
 * @hidden
 */
@Internal
public record Decision(OptionalDouble threshold, OptionalInt topK, double defaultThreshold) {
  public static final double HALF = 0.5;

  /** Left to the shapes. */
  public static final Decision OPEN =
      new Decision(OptionalDouble.empty(), OptionalInt.empty(), HALF);

  /** This with a threshold. */
  public Decision above(String who, double least) {
    checkThreshold(who, least);
    return new Decision(OptionalDouble.of(least), topK, defaultThreshold);
  }

  /** This with the k largest. */
  public Decision first(String who, int k) {
    checkK(who, k);
    return new Decision(threshold, OptionalInt.of(k), defaultThreshold);
  }

  public static void checkThreshold(String who, double threshold) {
    if (!Double.isFinite(threshold)) {
      throw Messages.wrong(
          "%s expects a finite threshold but receives %s: 0.5 is one for probabilities, 0 for logits.",
          who, threshold);
    }
  }

  public static void checkK(String who, int k) {
    if (k < 1) {
      throw Messages.wrong(
          "%s expects k of 1 or more but receives %d: it counts the classes that may be right.",
          who, k);
    }
  }

  public static void checkK(String who, int k, int outputs) {
    if (k > outputs) {
      throw Messages.wrong(
          "%s expects k of at most %d, the number of classes, but receives %d: choose a smaller one.",
          who, outputs, k);
    }
  }

  /** This with another default threshold. */
  public Decision withDefaultThreshold(double other) {
    return new Decision(threshold, topK, other);
  }

  /**
   * This, or, where nothing was chosen, each output by the default threshold or the largest output.
   */
  public Decision resolved(boolean isEachAlone) {
    if (threshold.isPresent() || topK.isPresent()) {
      return this;
    }
    return isEachAlone
        ? new Decision(OptionalDouble.of(defaultThreshold), OptionalInt.empty(), defaultThreshold)
        : new Decision(OptionalDouble.empty(), OptionalInt.of(1), defaultThreshold);
  }

  /** Predicts yes or no for each output of a row. */
  public void decide(float[] yHat, int row, boolean[] predicted) {
    int outputs = predicted.length;
    Arrays.fill(predicted, topK.isEmpty());
    for (int rank = 0; rank < topK.orElse(0); rank++) {
      int best = -1;
      for (int i = 0; i < outputs; i++) {
        boolean isBetter = best < 0 || yHat[row * outputs + i] > yHat[row * outputs + best];
        best = !predicted[i] && isBetter ? i : best;
      }
      predicted[best] = true;
    }
    for (int i = 0; i < outputs && threshold.isPresent(); i++) {
      predicted[i] &=
          yHat[row * outputs + i] > (float) threshold.getAsDouble(); // 0.3f is not above 0.3
    }
  }
}
