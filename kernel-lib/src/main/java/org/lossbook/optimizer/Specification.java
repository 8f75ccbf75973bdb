package org.lossbook.optimizer;

import java.util.function.Consumer;

/**
 * What all optimizers share: the learning rate, and refinement by copies. A chained call gives a
 * changed copy and leaves the optimizer it was called on as it was.
 *
 * @param <O> the optimizer itself, so that chained calls keep its type
 */
abstract class Specification<O extends Specification<O>> implements Optimizer, Cloneable {
  private double learningRate;

  Specification(double learningRate) {
    this.learningRate = learningRate;
  }

  @Override
  public final double learningRate() {
    return learningRate;
  }

  /**
   * The same with another learning rate.
   *
   * @throws IllegalArgumentException where it is not above 0
   */
  public final O learningRate(double value) {
    Settings.firstLearningRate(name(), value);
    return with(copy -> set(copy, value));
  }

  private static void set(Specification<?> copy, double learningRate) {
    copy.learningRate = learningRate;
  }

  /** A copy to which {@code change} has been done. */
  @SuppressWarnings("unchecked")
  final O with(Consumer<O> change) {
    try {
      O copy = (O) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("every optimizer is Cloneable", e);
    }
  }
}
