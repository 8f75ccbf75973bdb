package org.lossbook.loss;

import java.util.Optional;
import java.util.Set;

/** The ends of a model that a loss cannot be trained with, and what to do about each. */
final class Mismatch {
  private static final Set<String> PROBABILITIES = Set.of("sigmoid", "softmax");

  private Mismatch() {}

  static Optional<String> of(Loss loss, String activation, int outputs) {
    String end = " but the model ends in " + activation;
    boolean isProbability = PROBABILITIES.contains(activation);
    boolean isOfClasses =
        switch (loss.prediction()) {
          case DISTRIBUTION, LOGITS, SCORES -> true;
          default -> false;
        };
    boolean oneClass = isOfClasses && outputs == 1;
    if (oneClass) {
      return Optional.of(
          loss.name()
              + " expects an output for each class but the model has one output: give its last"
              + " layer as many units as there are classes, or take binaryCrossentropy() with a"
              + " sigmoid for yes and no.");
    }
    return switch (loss.prediction()) {
      case VALUE, AMOUNT, SCORE, SCORES, VECTOR, EMBEDDING, BOX, NORMAL -> Optional.empty();
      case LOGIT, LOGITS ->
          isProbability
              ? Optional.of(
                  loss.name()
                      + (loss.takesLogitsAlone() ? "" : ".fromLogits()")
                      + " expects "
                      + loss.prediction()
                      + end
                      + ", which has made probabilities of them already: drop ."
                      + activation
                      + "() from the last layer"
                      + (loss.takesLogitsAlone() ? "." : ", or .fromLogits() from the loss."))
              : Optional.empty();
      case PROBABILITY ->
          isProbability ? Optional.empty() : Optional.of(unbounded(loss, end, "sigmoid"));
      case DISTRIBUTION ->
          activation.equals("softmax")
              ? Optional.empty()
              : Optional.of(
                  activation.equals("sigmoid")
                      ? independent(loss, end)
                      : unbounded(loss, end, "softmax"));
    };
  }

  private static String unbounded(Loss loss, String end, String wanted) {
    return loss.name()
        + " expects "
        + loss.prediction()
        + end
        + ", which gives no probabilities: add ."
        + wanted
        + "() to the last layer"
        + (loss.joinedWith(wanted).isPresent() ? ", or .fromLogits() to the loss." : ".");
  }

  private static String independent(Loss loss, String end) {
    return loss.name()
        + " expects "
        + loss.prediction()
        + end
        + ", whose outputs do not know of each other: put .softmax() in place of .sigmoid(), or take"
        + " binaryCrossentropy() where several classes may be true at once.";
  }
}
