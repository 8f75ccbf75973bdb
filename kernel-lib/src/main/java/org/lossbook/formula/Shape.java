package org.lossbook.formula;

import java.util.List;

/** How many numbers an expression stands for, in a batch of n samples of k numbers each. */
public enum Shape {
  /** One number for the whole batch: a constant, a parameter, a reduced loss. */
  SCALAR,
  /** One number a sample: a label, a weight, a loss before its reduction over the batch. */
  SAMPLE,
  /** One number for each output of each sample. */
  ELEMENT;

  static Shape of(List<Expr> args) {
    Shape widest = SCALAR;
    for (Expr arg : args) {
      if (arg.shape().compareTo(widest) > 0) {
        widest = arg.shape();
      }
    }
    return widest;
  }
}
