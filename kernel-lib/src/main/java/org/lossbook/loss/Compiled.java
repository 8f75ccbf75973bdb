package org.lossbook.loss;

/** A loss ready to run over rows of one width, for a cell as for a model. */
interface Compiled extends BatchLoss {
  int columns();

  /** The loss of each sample. */
  double[] perSample(LossInputs in);
}
