package org.lossbook.loss.spec;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;

/**
 * Kind of prediction that a loss takes, and so what a model must end with.
 *
 * @hidden
 */
@Internal
public enum Prediction {
  /** Any number. */
  VALUE("numbers", false),
  /** A number of 0 or more. */
  AMOUNT("numbers of 0 or more", false),
  /** A probability for each output on its own. */
  PROBABILITY("probabilities between 0 and 1", false),
  /** A row of probabilities that sum to one. */
  DISTRIBUTION("rows of probabilities that sum to one", true),
  /** Any number, that a sigmoid turns into a probability. */
  LOGIT("logits", false),
  /** A row of any numbers, that softmax turns into probabilities. */
  LOGITS("rows of logits", true),
  /** Any number, whose sign is the answer and whose size is how sure. */
  SCORE("scores", false),
  /** A row of any numbers, the greatest the answer. */
  SCORES("rows of scores, one a class", true),
  /** A row whose direction counts. */
  VECTOR("rows of numbers, each a direction", true),
  /** A row that is the sample's place among the others. */
  EMBEDDING("rows of numbers, each a place", true),
  /** A row of four, the corners of a box: x₁, y₁, x₂, y₂. */
  BOX("rows of four, the corners of a box", true),
  /** A row of two scores, of which one is to be the greater. */
  PAIR("rows of two scores", true),
  /** A row of two vectors, one behind the other, whose directions are compared. */
  TWO_VECTORS("rows of two vectors, one behind the other", true),
  /** A row of three places, one behind the other: an anchor's, a positive's, a negative's. */
  THREE_PLACES("rows of three places, one behind the other", true),
  /** A row of two, the mean of a normal distribution and the logarithm of its variance. */
  NORMAL("rows of two, a mean and the logarithm of a variance", true);

  private final String plural;
  private final boolean row;

  Prediction(String plural, boolean row) {
    this.plural = plural;
    this.row = row;
  }

  public boolean isLogit() {
    return this == LOGIT || this == LOGITS;
  }

  /** Whether a single number says yes by being above 0. */
  public boolean isSigned() {
    return this == LOGIT || this == SCORE;
  }

  /** What the numbers are before the activation that makes probabilities of them. */
  public Prediction beforeActivation() {
    return switch (this) {
      case PROBABILITY -> LOGIT;
      case DISTRIBUTION -> LOGITS;
      default -> this;
    };
  }

  /** Keras's name of the activation that makes such numbers; linear where any number will do. */
  public String activation() {
    return switch (this) {
      case PROBABILITY -> "sigmoid";
      case DISTRIBUTION -> "softmax";
      default -> "linear";
    };
  }

  /** Whether a vector is one sample, and not a sample for each of its numbers. */
  public boolean isRow() {
    return row;
  }

  /** The prediction as it stands in formulas. */
  Expr expr() {
    return isLogit()
        ? Expr.variable("z", "z", Shape.ELEMENT)
        : Expr.variable("ŷ", "\\hat y", Shape.ELEMENT);
  }

  @Override
  public String toString() {
    return plural;
  }
}
