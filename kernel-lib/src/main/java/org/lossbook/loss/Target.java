package org.lossbook.loss;

/** What a loss takes for the truth. */
public enum Target {
  /** Any number for each output. */
  VALUE,
  /** A number between 0 and 1 for each output: no, yes, or how likely. */
  PROBABILITY,
  /** A row of probabilities that sum to one: one-hot, or softened. */
  DISTRIBUTION,
  /** One integer a sample, the class's number counted from 0. */
  LABEL
}
