package org.lossbook.loss.check;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.loss.spec.ClassWeights;
import org.lossbook.loss.spec.LossDomain;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.RowTruth;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * What a loss's numbers must be like; each complaint names the loss, the index and the value.
 *
 * @hidden
 */
@Internal
public final class LossChecks {
  /** Rows of probabilities come out of 32-bit softmax: their sums are not exact. */
  private static final double SUM_TOLERANCE = 1e-3;

  private LossChecks() {}

  /**
   * Refuses targets of a width that this loss has no meaning for.
   *
   * @param width numbers a target has
   * @param outputs numbers a prediction has
   * @throws IllegalArgumentException with the loss that fits, where there is one
   */
  public static void targetWidth(LossSpec loss, int width, int outputs) {
    width(loss, width, outputs);
    leastOutputs(loss, outputs);
    if (loss.classWeights().isPresent()) {
      classWeights(loss, loss.classWeights().get(), outputs);
    }
  }

  private static void width(LossSpec loss, int width, int outputs) {
    int wanted = loss.targets(outputs);
    if (width == wanted) {
      return;
    }
    if (loss.target() == Target.LABEL) {
      throw wrong(
          loss,
          "expects an integer label for each sample",
          "receives rows of " + width + " numbers",
          "use categoricalCrossentropy() for one-hot rows");
    }
    if (loss.target().isOnePerSample()) {
      throw wrong(
          loss,
          "expects one number for each sample",
          "receives rows of " + width,
          "give y as a vector, one number per sample");
    }
    if (loss.target() == Target.DISTRIBUTION && width == 1) {
      throw wrong(
          loss,
          "expects a row of " + wanted + " probabilities for each sample",
          "receives one number",
          "use sparseCategoricalCrossentropy() for integer labels");
    }
    throw wrong(
        loss,
        "expects " + wanted + " numbers a target, as many as the prediction has",
        "receives " + width,
        width == 1
            ? Messages.of(
                "give the last layer 1 unit, or the targets %d numbers each, as .oneHot() makes of labels",
                wanted)
            : Messages.of(
                "give the last layer %d units, or the targets %d numbers each", width, wanted));
  }

  /** What weights cost is no matter of truth and prediction. */
  public static void noPenalty(LossSpec loss) {
    if (!loss.penalty().isNone()) {
      String penalty = loss.penalty().toString();
      throw wrong(
          loss,
          "with " + penalty + " expects the weights θ of a model",
          "receives y and ŷ alone",
          "add " + penalty + ".of(theta) to the plain loss, or ask model.evaluate(…)");
    }
  }

  /** A metric sees no weights: it would report less than the objective of that name. */
  public static void noPenaltyAmongMetrics(LossSpec loss) {
    if (!loss.penalty().isNone()) {
      throw wrong(
          loss,
          "with " + loss.penalty() + " is meant to be minimized by training",
          "is given as a metric, which sees no weights",
          "keep plus(" + loss.penalty() + ") in the loss, and use the plain loss as the metric");
    }
  }

  /**
   * What moves while a model trains belongs to its loss: a metric's figure is to stay comparable.
   */
  public static void nothingMovesAmongMetrics(LossSpec loss) {
    if (!loss.movingSettings().isEmpty()) {
      String names =
          loss.movingSettings().stream().map(Setting::name).collect(Collectors.joining(", "));
      throw wrong(
          loss,
          "with " + names + " scheduled or learned is meant to be minimized by training",
          "is given as a metric, whose values could not be compared between epochs",
          "as the metric, use one whose settings are numbers");
    }
  }

  /** Refuses a loss that tells no classes apart, or fewer than are named here. */
  public static void classWeights(LossSpec loss, ClassWeights weights, int outputs) {
    int classes = loss.classes(outputs);
    if (!weights.isEmpty() && classes == 0) {
      throw new IllegalArgumentException(
          loss.target() == Target.PROBABILITY || loss.target() == Target.SIGN
              ? Messages.of(
                  "classWeight expects one class per sample but with %s several of the %d outputs may be true at once: use sampleWeight(…), or weights as a third argument.",
                  loss.name(), outputs)
              : Messages.of(
                  "classWeight expects a classification loss but %s compares numbers: use sampleWeight(…), or weights as a third argument.",
                  loss.name()));
    }
    if (!weights.isEmpty() && weights.byLabel().lastKey() >= classes) {
      throw Messages.wrong(
          "classWeight expects labels 0 to %d, as there are %d classes, but receives %d: remove it, or give the model more outputs.",
          classes - 1, classes, weights.byLabel().lastKey());
    }
  }

  /** A loss of the third output needs three. */
  private static void leastOutputs(LossSpec loss, int outputs) {
    int least = loss.domain().leastOutputs();
    if (outputs < least) {
      throw wrong(
          loss,
          "expects at least " + least + " outputs a sample",
          "receives " + outputs,
          "count them from 0, or give the last layer more units");
    }
  }

  public static void targets(LossSpec loss, double[] given, int rows, int outputs) {
    double[] y = known(loss, given);
    int columns = loss.targets(outputs);
    finite(loss, "y", y, columns);
    switch (loss.target()) {
      case VALUE, NUMBER -> {}
      case AMOUNT -> amounts(loss, "y", y, columns);
      case SIGN, SIDE -> signs(loss, y, columns);
      case BOX -> boxes(loss, "y", y, columns);
      case GROUP -> groups(loss, y);
      case SEQUENCE -> SequenceInputs.checkLabels(loss, y, outputs);
      case PROBABILITY -> probabilities(loss, "y", y, columns);
      case DISTRIBUTION -> rows(loss, y, rows, columns);
      case LABEL -> labels(loss, y, outputs);
    }
    for (LossDomain.OfOutput of : loss.domain().outputs()) {
      targets(of.loss(), column(y, rows, outputs, of.output()), rows, 1);
    }
  }

  /** With a truth that the loss knows in place of ignored ones. */
  private static double[] known(LossSpec loss, double[] y) {
    if (loss.ignored().isEmpty()) {
      return y;
    }
    int ignored = loss.ignored().getAsInt();
    return Arrays.stream(y).map(each -> each == ignored ? loss.neutralTruth() : each).toArray();
  }

  private static double[] column(double[] numbers, int rows, int columns, int column) {
    return IntStream.range(0, rows).mapToDouble(i -> numbers[i * columns + column]).toArray();
  }

  private static void rows(LossSpec loss, double[] y, int rows, int columns) {
    if (loss.domain().rowTruth() == RowTruth.SCORES) {
      scores(loss, y, columns);
      return;
    }
    probabilities(loss, "y", y, columns);
    sumsToOne(loss, "y", y, rows, columns);
  }

  private static void scores(LossSpec loss, double[] y, int columns) {
    for (int i = 0; i < y.length; i++) {
      if (Math.abs(y[i]) > 1) {
        throw wrong(
            loss,
            "expects 1 for the true class and 0 or −1 for the others in each row of y",
            place("y", i, columns) + " is " + text(y[i]),
            "write the true class as 1, as .oneHot() makes of labels");
      }
    }
  }

  static void predictions(LossSpec loss, double[] p, int rows, int columns) {
    finite(loss, "ŷ", p, columns);
    switch (loss.prediction()) {
      case PROBABILITY -> probabilities(loss, "ŷ", p, columns);
      case DISTRIBUTION -> {
        probabilities(loss, "ŷ", p, columns);
        sumsToOne(loss, "ŷ", p, rows, columns);
      }
      case AMOUNT -> amounts(loss, "ŷ", p, columns);
      case BOX -> boxes(loss, "ŷ", p, columns);
      case NORMAL, PAIR -> predictionWidth(loss, columns, 2);
      case TWO_VECTORS -> parts(loss, columns, 2);
      case THREE_PLACES -> parts(loss, columns, 3);
      default -> {}
    }
    for (LossDomain.OfOutput of : loss.domain().outputs()) {
      predictions(of.loss(), column(p, rows, columns, of.output()), rows, 1);
    }
  }

  static void weights(LossSpec loss, double[] weights) {
    finite(loss, "weights", weights, 1);
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] < 0) {
        throw wrong(
            loss,
            "expects weights of 0 or more",
            place("weights", i, 1) + " is " + text(weights[i]),
            "a weight cannot be negative");
      }
    }
  }

  static void finite(LossSpec loss, String what, double[] numbers, int columns) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw wrong(
            loss,
            "expects finite numbers in " + what,
            place(what, i, columns) + " is " + numbers[i],
            "find where it comes from, or drop that sample");
      }
    }
  }

  /** Refuses a prediction of another width than the one a loss is about. */
  static void predictionWidth(LossSpec loss, int columns, int wanted) {
    if (columns != wanted) {
      throw wrong(
          loss,
          "expects " + loss.prediction(),
          "receives rows of " + columns,
          "give each sample " + wanted + " numbers");
    }
  }

  /** Refuses a prediction that is not so many parts of one length. */
  private static void parts(LossSpec loss, int columns, int parts) {
    if (columns % parts != 0) {
      throw wrong(
          loss,
          "expects " + loss.prediction(),
          "receives rows of " + columns,
          "give each sample " + parts + " times as many numbers as one part has");
    }
  }

  private static void amounts(LossSpec loss, String what, double[] numbers, int columns) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0) {
        throw wrong(
            loss,
            "expects numbers of 0 or more in " + what,
            place(what, i, columns) + " is " + text(numbers[i]),
            what.equals("y") ? "count from 0, or use mse()" : "end the model in softplus or relu");
      }
    }
  }

  /** −1 and +1, or 0 and 1: which of the two pairs, the first number that tells decides. */
  private static void signs(LossSpec loss, double[] y, int columns) {
    double no = Double.NaN; // none yet
    for (int i = 0; i < y.length; i++) {
      if (y[i] == 1) {
        continue;
      }
      boolean isFirst = Double.isNaN(no) && (y[i] == -1 || y[i] == 0);
      no = isFirst ? y[i] : no;
      if (y[i] != no) {
        throw wrong(
            loss,
            "expects labels −1 and +1, or 0 and 1, in y",
            place("y", i, columns)
                + " is "
                + text(y[i])
                + (Double.isNaN(no) ? "" : " after a " + text(no)),
            "encode no as −1 and yes as 1");
      }
    }
  }

  private static void boxes(LossSpec loss, String what, double[] numbers, int columns) {
    predictionWidth(loss, columns, 4);
    for (int i = 0; i < numbers.length; i += 4) {
      for (int axis = 0; axis < 2; axis++) {
        if (numbers[i + axis] > numbers[i + axis + 2]) {
          throw wrong(
              loss,
              "expects boxes (x₁, y₁, x₂, y₂) with x₁ ≤ x₂ and y₁ ≤ y₂",
              what
                  + "["
                  + i / 4
                  + "] has "
                  + text(numbers[i + axis])
                  + " before "
                  + text(numbers[i + axis + 2]),
              "put the corner nearer the origin first");
        }
      }
    }
  }

  private static void groups(LossSpec loss, double[] y) {
    for (int i = 0; i < y.length; i++) {
      if (y[i] != Math.rint(y[i])) {
        throw wrong(
            loss,
            "expects an integer for each sample, the same for samples of one group",
            "y[" + i + "] is " + text(y[i]),
            "number the groups");
      }
    }
  }

  private static void probabilities(LossSpec loss, String what, double[] numbers, int columns) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0 || numbers[i] > 1) {
        throw wrong(
            loss,
            "expects probabilities between 0 and 1 in " + what,
            place(what, i, columns) + " is " + text(numbers[i]),
            what.equals("y") && numbers[i] == Math.rint(numbers[i])
                ? loss.target() == Target.DISTRIBUTION && numbers[i] > 1
                    ? "divide counts by the sum of their row"
                    : "encode no as 0 and yes as 1"
                : (numbers[i] > 1 && numbers[i] <= 100
                        ? "divide percentages by 100"
                        : "scale it to 0…1")
                    + (what.equals("y") ? "" : logits(loss)));
      }
    }
  }

  /** What else to try, with a loss that has a form from logits. */
  private static String logits(LossSpec loss) {
    boolean has = loss.fusedWith(loss.prediction().activation()).isPresent();
    return has ? ", or add .fromLogits() if these are logits" : "";
  }

  private static void sumsToOne(
      LossSpec loss, String what, double[] numbers, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = r * columns; i < (r + 1) * columns; i++) {
        sum += numbers[i];
      }
      boolean isTruth = what.equals("y");
      boolean mayBeNone = isTruth && loss.domain().rowTruth() == RowTruth.PROBABILITIES_OR_NONE;
      if (sum == 0 && !mayBeNone) {
        throw wrong(
            loss,
            "expects probabilities that sum to one in each row of " + what,
            "row " + r + " is all zeros",
            isTruth
                ? "give the row a 1 at its class, or drop that sample"
                : "end the model in softmax, or give each class a share");
      }
      if (sum != 0 && Math.abs(sum - 1) > SUM_TOLERANCE) {
        throw wrong(
            loss,
            "expects probabilities that sum to one in each row of " + what,
            "row " + r + " sums to " + (float) sum,
            "divide the row by its sum, or use binaryCrossentropy() for independent yes/no"
                + " outputs");
      }
    }
  }

  private static void labels(LossSpec loss, double[] y, int classes) {
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
      LossSpec loss, String expects, String receives, String fix) {
    return new IllegalArgumentException(
        loss.name() + " " + expects + " but " + receives + ": " + fix + ".");
  }
}
