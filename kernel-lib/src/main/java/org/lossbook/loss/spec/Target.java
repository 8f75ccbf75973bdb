package org.lossbook.loss.spec;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;

/**
 * Kind of truth that a loss takes.
 *
 * @hidden
 */
@Internal
public enum Target {
  /** Any number for each output. */
  VALUE(false),
  /** A number of 0 or more for each output: how many, how much. */
  AMOUNT(false),
  /** A number between 0 and 1 for each output: no, yes, or how likely. */
  PROBABILITY(false),
  /** −1 or +1 for each output, or 0 or 1, which stand for the same: no, yes. */
  SIGN(false),
  /** −1 or +1 a sample, or 0 or 1, which stand for the same: the second, the first. */
  SIDE(true),
  /** A row of probabilities that sum to one: one-hot, or softened. */
  DISTRIBUTION(false),
  /** A row of four, the corners of a box: x₁, y₁, x₂, y₂. */
  BOX(false),
  /** Any number, one a sample, however many outputs speak of it. */
  NUMBER(true),
  /** One integer a sample, the class's number counted from 0. */
  LABEL(true),
  /** One integer a sample, the same for samples that belong together. */
  GROUP(true),
  /** The labels of a sample in their order, fewer than its steps; 0 is none of them. */
  SEQUENCE(true);

  private final boolean onePerSample;

  Target(boolean onePerSample) {
    this.onePerSample = onePerSample;
  }

  /** Whether a sample has one number, however many outputs the model has. */
  public boolean isOnePerSample() {
    return onePerSample;
  }

  /** The truth as it stands in formulas. */
  Expr expr() {
    return this == DISTRIBUTION
        ? Expr.distribution("y", "y")
        : Expr.variable("y", "y", onePerSample ? Shape.SAMPLE : Shape.ELEMENT);
  }
}
