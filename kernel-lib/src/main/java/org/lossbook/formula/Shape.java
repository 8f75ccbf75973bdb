package org.lossbook.formula;

/** The shape of an expression: one number per batch, per sample or per output. */
public enum Shape {
  /** One number for the whole batch: a constant, a parameter, a reduced loss. */
  SCALAR,
  /** One number per sample: a label, a weight, a loss before its reduction over the batch. */
  SAMPLE,
  /** One number for each output of each sample. */
  ELEMENT;
}
