package org.lossbook.loss;

import java.util.concurrent.atomic.AtomicReference;

/** A loss at work on numbers from a cell, for any number of threads. */
final class SharedEvaluator {
  private final LossSpec loss;
  private final AtomicReference<Compiled> idle = new AtomicReference<>();

  SharedEvaluator(LossSpec loss) {
    this.loss = loss;
  }

  double value(LossInputs in) {
    Compiled evaluator = borrow(in.columns());
    double value = evaluator.run(in.y(), in.yHat(), in.weights(), in.rows(), null);
    idle.set(evaluator);
    return value;
  }

  double[] gradient(LossInputs in) {
    Compiled evaluator = borrow(in.columns());
    double[] gradient = new double[in.yHat().length];
    evaluator.run(in.y(), in.yHat(), in.weights(), in.rows(), gradient);
    idle.set(evaluator);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += 0.0; // −0 would be printed with its sign
    }
    return gradient;
  }

  double[][] rows(LossInputs in) {
    double[] flat = gradient(in);
    double[][] rows = new double[in.rows()][in.columns()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * in.columns(), rows[i], 0, in.columns());
    }
    return rows;
  }

  double[] perSample(LossInputs in) {
    Compiled evaluator = borrow(in.columns());
    double[] losses = evaluator.perSample(in);
    idle.set(evaluator);
    return losses;
  }

  /** A compiled form is for one thread: who comes second compiles another. */
  private Compiled borrow(int columns) {
    Compiled evaluator = idle.getAndSet(null);
    boolean fits = evaluator != null && evaluator.columns() == columns;
    return fits ? evaluator : Compiled.of(loss, columns);
  }
}
