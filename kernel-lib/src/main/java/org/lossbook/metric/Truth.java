package org.lossbook.metric;

import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;

/**
 * The kind of targets that a classification metric takes.
 *
 * @hidden
 */
@Internal
public enum Truth {
  /** One integer label for each sample, counted from 0. */
  LABEL,
  /** One answer for each output: 1 is yes; 0 or −1 is no. */
  ANSWERS,
  /** A row whose largest number marks the class; it may be smoothed. */
  ROW;

  private static final int BYTES_AN_OUTPUT = 32; // the confusion counts

  /** A truth above this is a yes, so −1 is a no as well as 0. */
  private static final float HALF = 0.5f;

  /**
   * The kind for these shapes: labels beside rows of predictions, or one answer for each output.
   *
   * @throws IllegalArgumentException where it can be neither
   */
  public static Truth of(String who, int targets, int outputs) {
    if (targets == 1 && outputs > 1) {
      return LABEL;
    }
    sameWidth(who, targets, outputs);
    return ANSWERS;
  }

  /** Rejects targets that are not as wide as the prediction. */
  public static void sameWidth(String who, int targets, int outputs) {
    if (targets != outputs) {
      throw new IllegalArgumentException(
          who
              + " expects "
              + outputs
              + " numbers a target, as many as the prediction has, but receives "
              + targets
              + (targets == 1
                  ? ": take sparseCategoricalAccuracy() for integer labels."
                  : ": give the last layer " + targets + " units."));
    }
  }

  /** Rejects rows of targets where a metric takes labels, and names the metric for rows. */
  public static void oneLabel(String who, int targets, String forRows) {
    if (targets != 1) {
      throw Messages.wrong(
          "%s expects an integer label for each sample but receives rows of %d numbers: take %s() for one-hot rows.",
          who, targets, forRows);
    }
  }

  /** Rejects empty rows, and rows too wide for memory. */
  public static void widths(String who, int targets, int outputs) {
    if (targets < 1 || outputs < 1) {
      throw Messages.wrong(
          "%s expects 1 number or more in a target and in a prediction but receives %d and %d: a label is one number.",
          who, targets, outputs);
    }
    Memory.heap(
        Messages.of("%s of %,d outputs", who, outputs),
        Memory.product(BYTES_AN_OUTPUT, outputs),
        "give the model fewer");
  }

  public static boolean isPositive(float y) {
    return y > HALF;
  }

  /** A label as an integer. */
  public static int label(String who, float y, int classes) {
    int label = (int) y;
    if (label != y || label < 0 || label >= classes) {
      throw Messages.wrong(
          "%s expects labels 0 to %d for %d classes but receives %s: count the classes from 0, or give the prediction more columns.",
          who, classes - 1, classes, text(y));
    }
    return label;
  }

  /** Rejects targets that are not of this kind. */
  void check(String who, float[] y, int targets, int outputs) {
    for (int i = 0; i < y.length && this != ROW; i++) {
      if (this == LABEL) {
        label(who, y[i], outputs);
      } else if (y[i] != 1 && y[i] != 0 && y[i] != -1) {
        throw Messages.wrong(
            "%s expects 1 for yes and 0 for no in y but %s is %s: encode no as 0 and yes as 1%s.",
            who,
            targets == 1 ? "y[" + i + "]" : "y[" + i / targets + "][" + i % targets + "]",
            text(y[i]),
            outputs == 1 ? ", or give a prediction for each class" : "");
      }
    }
  }

  static String text(float number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Float.toString(number);
  }
}
