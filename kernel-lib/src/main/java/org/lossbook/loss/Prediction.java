package org.lossbook.loss;

/** What a loss takes for a prediction, and so what a model must end with. */
public enum Prediction {
  /** Any number. */
  VALUE("numbers"),
  /** A probability for each output on its own. */
  PROBABILITY("probabilities between 0 and 1"),
  /** A row of probabilities that sum to one. */
  DISTRIBUTION("rows of probabilities that sum to one"),
  /** Any number, that a sigmoid turns into a probability. */
  LOGIT("logits"),
  /** A row of any numbers, that softmax turns into probabilities. */
  LOGITS("rows of logits");

  private final String plural;

  Prediction(String plural) {
    this.plural = plural;
  }

  boolean isLogit() {
    return this == LOGIT || this == LOGITS;
  }

  /** What the numbers are before the activation that makes probabilities of them. */
  Prediction beforeActivation() {
    return switch (this) {
      case PROBABILITY -> LOGIT;
      case DISTRIBUTION -> LOGITS;
      default -> this;
    };
  }

  /** Keras's name of the activation that makes such numbers; linear where any number will do. */
  String activation() {
    return switch (this) {
      case PROBABILITY -> "sigmoid";
      case DISTRIBUTION -> "softmax";
      default -> "linear";
    };
  }

  /** Whether a vector is one sample, and not a sample for each of its numbers. */
  boolean isRow() {
    return this == DISTRIBUTION || this == LOGITS;
  }

  @Override
  public String toString() {
    return plural;
  }
}
