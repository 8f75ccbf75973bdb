package org.lossbook.loss.explain;

import org.lossbook.Internal;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossFormula;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.PairwiseFormula;
import org.lossbook.loss.spec.SampledFormula;
import org.lossbook.loss.spec.SequenceFormula;

/**
 * Chooses how a loss is explained: by samples, by the parts of a sum, by the whole batch, or by
 * pairs.
 *
 * @hidden
 */
@Internal
public final class Explanations {
  private Explanations() {}

  /** The steps from these numbers to the loss. */
  public static Explanation of(LossInputs given) {
    LossSpec loss = given.loss();
    boolean isByOutput =
        loss.ignored().isPresent() && given.columns() > 1 && !loss.target().isOnePerSample();
    if (loss.formula().axes().length > 0) {
      return of(given.overAxes());
    }
    LossInputs in = isByOutput ? given.byOutput() : given;
    LossFormula formula = loss.formula();
    if (formula instanceof PairwiseFormula pairs) {
      return PairwiseExplanation.of(in, pairs, pairs::steps);
    }
    if (formula instanceof SampledFormula sampled) {
      return PairwiseExplanation.of(in, sampled, sampled::steps);
    }
    if (formula instanceof SequenceFormula sequences) {
      return SequenceExplanation.of(in, sequences);
    }
    // A term that has a root around its sum is worked out apart from the others.
    boolean isApart =
        !formula.terms().isEmpty() && !formula.isSumOverSamples() && !formula.seesWholeBatch();
    if (isApart || loss.parts(false).size() > 1) {
      return Explanation.ofParts(loss, in);
    }
    return formula.seesWholeBatch()
        ? Explanation.ofWholeBatch(loss, in)
        : new Explanation(loss, in);
  }
}
