package org.lossbook.loss.spec;

import java.util.List;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;

/**
 * Formula of a loss: what it computes, as expressions over the truth and the prediction. Most
 * losses are the mean of {@link #perSample} over the batch; the other methods say how one differs
 * from that.
 *
 * @hidden
 */
@Internal
public interface LossFormula {
  /** The loss of each sample: an expression with one number a sample. */
  Expr perSample(Expr y, Expr p);

  /**
   * The numbers over the batch that the loss is made of: one, the samples' losses reduced, unless
   * the loss sees its batch as a whole or is a sum of unlike losses.
   *
   * @param by how the samples' losses become one number
   * @param weighted whether each sample has a weight
   */
  default List<Part> parts(Expr y, Expr p, Reduction by, boolean weighted) {
    return List.of(new Part(by.of(perSample(y, p), weighted), by));
  }

  /**
   * The loss from its parts, each over all samples: the part itself, or, for instance, its root.
   */
  default Expr finished(List<Expr> parts) {
    return parts.get(0);
  }

  /** The loss of a batch that is one sample, for each of many. */
  default Expr alone(Expr y, Expr p) {
    return finished(List.of(perSample(y, p)));
  }

  /** Whether the loss is nothing but the samples' losses, reduced. */
  default boolean isSumOverSamples() {
    return true;
  }

  /** Whether the loss is one number of the whole batch, in which no sample has a share. */
  default boolean seesWholeBatch() {
    return false;
  }

  /** Whether the loss is 0 whatever the prediction, being multiplied by 0. */
  default boolean isSwitchedOff() {
    return false;
  }

  /**
   * The axes of a batch that the loss's sums run over, each of the others having a row; none for a
   * loss over the last axis or over the whole batch.
   */
  default int[] axes() {
    return new int[0];
  }

  /** The terms of a sum of losses; none for a single loss. */
  default List<LossSpec> terms() {
    return List.of();
  }

  /** Whether it is computed by loops, and no expression over one row. */
  default boolean isOfLoops() {
    return false;
  }
}
