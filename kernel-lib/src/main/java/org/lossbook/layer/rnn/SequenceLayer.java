package org.lossbook.layer.rnn;

import org.lossbook.layer.Layer;

/**
 * A layer that reads a sequence step by step: what it gives and how it reads.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public interface SequenceLayer<L> extends Layer {
  /** Gives the output of each step, {@code [steps, units]}, instead of the last one's alone. */
  default L returnSequences() {
    return SequenceSetting.RETURN_SEQUENCES.on(this);
  }

  /**
   * Gives the states after the last step as further outputs: {@code layer.of(x).output(1)} is the
   * first of them.
   */
  default L returnState() {
    return SequenceSetting.RETURN_STATE.on(this);
  }

  /** Reads the sequence from its end; its outputs come in that order too. */
  default L goBackwards() {
    return SequenceSetting.GO_BACKWARDS.on(this);
  }

  /**
   * Begins each sequence of a batch with the states that its place in the last batch ended with, in
   * fit, evaluate, predict and loops by hand; all batches have the same size. {@code
   * model.resetStates()} sets the states to zero, which nothing else does.
   */
  default L stateful() {
    return SequenceSetting.STATEFUL.on(this);
  }

  /** At masked steps gives zeros instead of the output of the step before. */
  default L zeroOutputForMask() {
    return SequenceSetting.ZERO_OUTPUT_FOR_MASK.on(this);
  }
}
