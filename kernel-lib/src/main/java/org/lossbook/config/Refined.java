package org.lossbook.config;

import java.util.function.Consumer;

/**
 * A specification that is refined by copies: a chained call gives a changed copy and leaves the one
 * it was called on as it was.
 *
 * @param <S> the specification itself, so that chained calls keep its type
 */
public abstract class Refined<S extends Refined<S>> implements Cloneable {
  /** What a copy begins anew, before it is changed: nothing, unless it has more than settings. */
  protected void beginAnew() {}

  /** A copy to which {@code change} has been done. */
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
