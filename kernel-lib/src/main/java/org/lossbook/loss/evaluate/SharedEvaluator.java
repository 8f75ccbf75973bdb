package org.lossbook.loss.evaluate;

import java.util.concurrent.atomic.AtomicReference;
import org.lossbook.Internal;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.SequenceFormula;

/**
 * Evaluator of a loss for cells: any number of threads may call it.
 *
 * @hidden
 */
@Internal
public final class SharedEvaluator {
  private final LossSpec loss;
  private final boolean seesShape;
  private final AtomicReference<CompiledLoss> idle = new AtomicReference<>();

  public SharedEvaluator(LossSpec loss) {
    this.loss = loss;
    seesShape = loss.formula().axes().length > 0 || loss.formula() instanceof SequenceFormula;
  }

  public double value(LossInputs in) {
    CompiledLoss evaluator = borrow(in);
    double value = evaluator.run(in.y(), in.yHat(), in.weights(), in.rows(), null);
    idle.set(evaluator);
    return value;
  }

  public double[] gradient(LossInputs in) {
    CompiledLoss evaluator = borrow(in);
    double[] gradient = new double[in.yHat().length];
    evaluator.run(in.y(), in.yHat(), in.weights(), in.rows(), gradient);
    idle.set(evaluator);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += 0.0; // −0 would be printed with its sign
    }
    return gradient;
  }

  public double[][] rows(LossInputs in) {
    double[] flat = gradient(in);
    double[][] rows = new double[in.rows()][in.columns()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * in.columns(), rows[i], 0, in.columns());
    }
    return rows;
  }

  public double[] perSample(LossInputs in) {
    CompiledLoss evaluator = borrow(in);
    double[] losses = evaluator.perSample(in);
    idle.set(evaluator);
    return losses;
  }

  /** A compiled form is for one thread: a second one compiles another. */
  private CompiledLoss borrow(LossInputs in) {
    if (seesShape) {
      return CompiledLoss.ofShape(loss, in.sample());
    }
    CompiledLoss evaluator = idle.getAndSet(null);
    boolean fits = evaluator != null && evaluator.columns() == in.columns();
    return fits ? evaluator : CompiledLoss.of(loss, in.columns());
  }
}
