package org.lossbook.loss;

/** What a loss's numbers must be like; each complaint names the loss, the index and the value. */
final class Checks {
  /** Rows of probabilities come out of 32-bit softmax: their sums are not exact. */
  private static final double SUM_TOLERANCE = 1e-3;

  private Checks() {}

  static void targetWidth(Loss loss, int width, int outputs) {
    int wanted = loss.targets(outputs);
    if (width == wanted) {
      return;
    }
    if (loss.target() == Target.LABEL) {
      throw wrong(
          loss,
          "expects an integer label for each sample",
          "receives rows of " + width + " numbers",
          "take categoricalCrossentropy() for one-hot rows");
    }
    if (loss.target() == Target.DISTRIBUTION && width == 1) {
      throw wrong(
          loss,
          "expects a row of " + wanted + " probabilities for each sample",
          "receives one number",
          "take sparseCategoricalCrossentropy() for integer labels");
    }
    throw wrong(
        loss,
        "expects " + wanted + " numbers a target, as many as the prediction has",
        "receives " + width,
        "give the last layer " + width + " units, or the targets " + wanted + " numbers each");
  }

  static void targets(Loss loss, double[] y, int rows, int outputs) {
    int columns = loss.targets(outputs);
    finite(loss, "y", y, columns);
    switch (loss.target()) {
      case VALUE -> {}
      case PROBABILITY -> probabilities(loss, "y", y, columns);
      case DISTRIBUTION -> {
        probabilities(loss, "y", y, columns);
        sumsToOne(loss, "y", y, rows, columns);
      }
      case LABEL -> labels(loss, y, outputs);
    }
  }

  static void predictions(Loss loss, double[] p, int rows, int columns) {
    finite(loss, "ŷ", p, columns);
    switch (loss.prediction()) {
      case PROBABILITY -> probabilities(loss, "ŷ", p, columns);
      case DISTRIBUTION -> {
        probabilities(loss, "ŷ", p, columns);
        sumsToOne(loss, "ŷ", p, rows, columns);
      }
      default -> {}
    }
  }

  static void finite(Loss loss, String what, double[] numbers, int columns) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw wrong(
            loss,
            "expects finite numbers in " + what,
            place(what, i, columns) + " is " + numbers[i],
            "look where it comes from, or leave that sample out");
      }
    }
  }

  private static void probabilities(Loss loss, String what, double[] numbers, int columns) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0 || numbers[i] > 1) {
        throw wrong(
            loss,
            "expects probabilities between 0 and 1 in " + what,
            place(what, i, columns) + " is " + numbers[i],
            what.equals("y") ? "scale the truth to 0…1" : "if these are logits, add .fromLogits()");
      }
    }
  }

  private static void sumsToOne(Loss loss, String what, double[] numbers, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = r * columns; i < (r + 1) * columns; i++) {
        sum += numbers[i];
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE) {
        throw wrong(
            loss,
            "expects probabilities that sum to one in each row of " + what,
            "row " + r + " sums to " + (float) sum,
            "divide the row by its sum, or use binaryCrossentropy() for independent yes/no outputs");
      }
    }
  }

  private static void labels(Loss loss, double[] y, int classes) {
    for (int i = 0; i < y.length; i++) {
      if (y[i] != Math.rint(y[i]) || y[i] < 0 || y[i] >= classes) {
        throw wrong(
            loss,
            "expects labels 0 to " + (classes - 1) + " for " + classes + " classes",
            "y[" + i + "] is " + text(y[i]),
            "count the classes from 0, or give the prediction more columns");
      }
    }
  }

  private static String text(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String place(String what, int i, int columns) {
    return columns == 1
        ? what + "[" + i + "]"
        : what + "[" + i / columns + "][" + i % columns + "]";
  }

  private static IllegalArgumentException wrong(
      Loss loss, String expects, String receives, String fix) {
    return new IllegalArgumentException(
        loss.name() + " " + expects + " but " + receives + ": " + fix + ".");
  }
}
