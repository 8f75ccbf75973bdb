package org.lossbook.loss;

import org.lossbook.formula.Expr;

/** How the samples' losses become one number. */
enum Reduction {
  /** The sum over the samples divided by their number, weighted or not: Keras's default. */
  MEAN,
  /** The sum over the samples. */
  SUM;

  Expr of(Expr perSample) {
    return this == MEAN ? perSample.batchMean() : perSample.batchSum();
  }
}
