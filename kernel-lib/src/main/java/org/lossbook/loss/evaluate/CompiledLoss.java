package org.lossbook.loss.evaluate;

import org.lossbook.Internal;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;

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
    if (loss.formula().sequence().isPresent()) {
      return ofShape(loss, columns);
    }
    return loss.formula()
        .pairwise()
        .map(formula -> (CompiledLoss) new LoopEvaluator(loss, formula.loops(columns), columns))
        .orElseGet(() -> new FormulaEvaluator(loss, columns));
  }

  /**
   * A loss compiled for predictions of a shape; for one thread.
   *
   * @param sample of one prediction
   */
  static CompiledLoss ofShape(LossSpec loss, int... sample) {
    if (loss.formula().sequence().isPresent()) {
      int classes = Shapes.last(sample);
      return new SequenceEvaluator(
          loss, loss.formula().sequence().get(), Shapes.size(sample) / classes, classes);
    }
    return loss.formula().axes().length > 0
        ? new OverAxes(loss, sample)
        : of(
            loss,
            loss.formula().pairwise().isPresent() ? Shapes.size(sample) : Shapes.last(sample));
  }

  int columns();

  /** The loss of each sample. */
  double[] perSample(LossInputs in);
}
