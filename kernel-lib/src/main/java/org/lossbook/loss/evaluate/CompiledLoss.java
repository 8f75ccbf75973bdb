package org.lossbook.loss.evaluate;

import org.lossbook.Internal;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.PairwiseFormula;
import org.lossbook.loss.spec.SampledFormula;
import org.lossbook.loss.spec.SequenceFormula;

/**
 * Compiled loss for rows of one width, for cells and for models.
 *
 * @hidden
 */
@Internal
public interface CompiledLoss extends BatchLoss {
  /** A loss compiled for rows of so many columns; for one thread. */
  static CompiledLoss of(LossSpec loss, int columns) {
    if (loss.ignored().isPresent() && columns > 1 && !loss.target().isOnePerSample()) {
      return new EachOutput(of(loss, 1), columns);
    }
    if (loss.formula() instanceof SequenceFormula) {
      return ofShape(loss, columns);
    }
    if (loss.formula() instanceof SampledFormula formula) {
      return new SampledEvaluator(loss, formula.loops(columns), columns);
    }
    return loss.formula() instanceof PairwiseFormula formula
        ? new LoopEvaluator(loss, formula.loops(columns), columns)
        : new FormulaEvaluator(loss, columns);
  }

  /**
   * A loss compiled for predictions of a shape; for one thread.
   *
   * @param sample of one prediction
   */
  static CompiledLoss ofShape(LossSpec loss, int... sample) {
    if (loss.formula() instanceof SequenceFormula formula) {
      int classes = Shapes.last(sample);
      return new SequenceEvaluator(loss, formula, Shapes.size(sample) / classes, classes);
    }
    return loss.formula().axes().length > 0
        ? new OverAxes(loss, sample)
        : of(
            loss,
            loss.formula() instanceof PairwiseFormula ? Shapes.size(sample) : Shapes.last(sample));
  }

  int columns();

  /** The loss of each sample. */
  double[] perSample(LossInputs in);
}
