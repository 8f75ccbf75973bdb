package org.lossbook.loss;

/** A loss ready to run over rows of one width, for a cell as for a model. */
interface Compiled extends BatchLoss {
  /** A loss compiled for rows of so many columns; for one thread. */
  static Compiled of(LossSpec loss, int columns) {
    return loss.formula()
        .pairwise()
        .map(formula -> (Compiled) new LoopEvaluator(loss, formula.loops(columns), columns))
        .orElseGet(() -> new Evaluator(loss, columns));
  }

  int columns();

  /** The loss of each sample. */
  double[] perSample(LossInputs in);
}
