package org.lossbook.loss.spec;

import java.util.List;
import org.lossbook.Internal;

/**
 * Domain of a loss: the kinds of numbers in truth and prediction, and what it asks beyond them.
 *
 * @param target what the truth is
 * @param prediction what the model's outputs are
 * @param rowTruth what a row of truth has to be, where the target is one of classes
 * @param leastOutputs the outputs that a model must have at least
 * @param logitsOnly whether the loss has no form for probabilities
 * @param outputs losses of single outputs that this one is made of, each with its own demands
 * @hidden
 */
@Internal
public record LossDomain(
    Target target,
    Prediction prediction,
    RowTruth rowTruth,
    int leastOutputs,
    boolean logitsOnly,
    List<OfOutput> outputs) {
  /**
   * A loss of one output.
   *
   * @param output counted from 0
   * @hidden
   */
  @Internal
  public record OfOutput(LossSpec loss, int output) {}

  public static LossDomain of(Target target, Prediction prediction) {
    return new LossDomain(target, prediction, RowTruth.PROBABILITIES, 1, false, List.of());
  }
}
