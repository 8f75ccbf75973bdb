package org.lossbook.config;

import java.util.function.Consumer;

/**
 * Base class of immutable specifications: each chained call returns a changed copy and leaves the
 * original unchanged.
 *
 * @param <S> the specification itself, so that chained calls keep its type
 */
public abstract class Refined<S extends Refined<S>> implements Cloneable {
  /**
   * Resets what a copy does not share with the original, before it is changed; by default nothing.
   */
  protected void beginAnew() {}

  /** A copy with that change. */
  @SuppressWarnings("unchecked")
  protected final S with(Consumer<? super S> change) {
    try {
      S copy = (S) clone();
      copy.beginAnew();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("every specification is Cloneable", e);
    }
  }
}
