package org.lossbook.loss;

import java.util.Optional;

/** The ends of a model that a loss cannot be trained with, and what to do about each. */
final class Mismatch {
  private Mismatch() {}

  static Optional<String> of(Loss loss, End end) {
    return switch (loss.prediction()) {
      case VALUE, VECTOR -> Optional.empty();
      case AMOUNT -> amount(loss, end);
      case SCORE, EMBEDDING -> squeezed(loss, end);
      case SCORES -> classes(loss, end).or(() -> squeezed(loss, end));
      case LOGIT -> logits(loss, end);
      case LOGITS -> classes(loss, end).or(() -> logits(loss, end));
      case PROBABILITY -> end.isProbability() ? Optional.empty() : unbounded(loss, end, "sigmoid");
      case DISTRIBUTION -> classes(loss, end).or(() -> distribution(loss, end));
      case BOX -> width(loss, end, 4).or(() -> box(loss, end));
      case NORMAL -> width(loss, end, 2).or(() -> normal(loss, end));
    };
  }

  private static Optional<String> refused(Loss loss, End end, String why, String advice) {
    return Optional.of(
        "%s expects %s but the model ends in %s, %s: %s."
            .formatted(called(loss), loss.prediction(), end.activation(), why, advice));
  }

  private static String called(Loss loss) {
    boolean isForm = loss.prediction().isLogit() && !loss.takesLogitsAlone();
    return loss.name() + (isForm ? ".fromLogits()" : "");
  }

  private static Optional<String> classes(Loss loss, End end) {
    return end.outputs() > 1
        ? Optional.empty()
        : Optional.of(
            loss.name()
                + " expects an output for each class but the model has one output: give its last"
                + " layer as many units as there are classes, or take binaryCrossentropy() with a"
                + " sigmoid for yes and no.");
  }

  private static Optional<String> width(Loss loss, End end, int wanted) {
    return end.outputs() == wanted
        ? Optional.empty()
        : Optional.of(
            "%s expects %s but the model has %d %s: give its last layer %d units."
                .formatted(
                    loss.name(),
                    loss.prediction(),
                    end.outputs(),
                    end.outputs() == 1 ? "output" : "outputs",
                    wanted));
  }

  private static Optional<String> logits(Loss loss, End end) {
    String other = loss.takesLogitsAlone() ? "" : ", or .fromLogits() from the loss";
    return end.isProbability()
        ? refused(loss, end, "which has made probabilities of them already", end.drop() + other)
        : Optional.empty();
  }

  private static Optional<String> unbounded(Loss loss, End end, String wanted) {
    String advice = end.take(wanted);
    String other = ", or " + (advice.startsWith("add") ? "" : "add ") + ".fromLogits() to the loss";
    return refused(
        loss,
        end,
        "which gives no probabilities",
        advice + (loss.joinedWith(wanted).isPresent() ? other : ""));
  }

  private static Optional<String> distribution(Loss loss, End end) {
    return switch (end.activation()) {
      case "softmax" -> Optional.empty();
      case "sigmoid" ->
          refused(
              loss,
              end,
              "whose outputs do not know of each other",
              end.take("softmax")
                  + ", or take binaryCrossentropy() where several classes may be true at once");
      default -> unbounded(loss, end, "softmax");
    };
  }

  private static Optional<String> squeezed(Loss loss, End end) {
    return end.isProbability()
        ? refused(loss, end, "which squeezes them between 0 and 1", end.drop())
        : Optional.empty();
  }

  private static Optional<String> amount(Loss loss, End end) {
    return end.isNeverNegative()
        ? Optional.empty()
        : refused(
            loss, end, "which may go below 0", end.take("softplus") + ", or relu in its place");
  }

  /** Corners may be shares of the picture's size, from a sigmoid. */
  private static Optional<String> box(Loss loss, End end) {
    return end.activation().equals("softmax")
        ? refused(loss, end, "which makes the four sum to one", end.drop())
        : Optional.empty();
  }

  /** A logarithm is below 0 where the variance is below 1. */
  private static Optional<String> normal(Loss loss, End end) {
    return end.isNeverNegative()
        ? refused(loss, end, "which never goes below 0 as a logarithm may", end.drop())
        : Optional.empty();
  }
}
