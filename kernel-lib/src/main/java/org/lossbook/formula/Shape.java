package org.lossbook.formula;

/** How many numbers an expression stands for, in a batch of n samples of k numbers each. */
public enum Shape {
  /** One number for the whole batch: a constant, a parameter, a reduced loss. */
  SCALAR,
  /** One number a sample: a label, a weight, a loss before its reduction over the batch. */
  SAMPLE,
  /** One number for each output of each sample. */
  ELEMENT;
}
