package org.lossbook.loss.spec;

import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.layer.weights.Regularizer;

/**
 * Way from the samples' losses to the one number that training minimizes.
 *
 * @param reduction over the samples
 * @param classWeights what a sample counts by its class; empty where all count alike
 * @param ignored the label that does not count, Keras's {@code ignore_class}
 * @param penalty what the model's weights cost beside the loss
 * @hidden
 */
@Internal
public record Aggregation(
    Reduction reduction,
    Optional<ClassWeights> classWeights,
    OptionalInt ignored,
    Regularizer penalty) {
  /** The plain mean over the samples. */
  public static final Aggregation MEAN =
      new Aggregation(Reduction.MEAN, Optional.empty(), OptionalInt.empty(), Regularizer.NONE);

  public Aggregation with(Reduction other) {
    return new Aggregation(other, classWeights, ignored, penalty);
  }

  public Aggregation with(Optional<ClassWeights> other) {
    return new Aggregation(reduction, other, ignored, penalty);
  }

  public Aggregation with(Regularizer other) {
    return new Aggregation(reduction, classWeights, ignored, other);
  }

  public Aggregation with(OptionalInt other) {
    return new Aggregation(reduction, classWeights, other, penalty);
  }
}
