package org.lossbook.engine;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.lossbook.Internal;

/**
 * The lock of a piece of memory that several models may use. Who takes several takes them in the
 * order of {@link Parameters#locks}.
 *
 * @hidden
 */
@Internal
public final class MemoryLock extends ReentrantLock {
  private static final long serialVersionUID = 1;

  private transient volatile Optional<Object> holder = Optional.empty();

  /** What the holder says of itself. */
  public Optional<Object> holder() {
    return holder;
  }

  /** Says who holds it, from now on. */
  public void holder(Optional<Object> now) {
    holder = now;
  }
}
