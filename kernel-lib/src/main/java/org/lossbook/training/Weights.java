package org.lossbook.training;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;

/**
 * What a model holds outside the heap: its parameters, and by its number the plans in the cache. It
 * does not know the model, so that the cleaner can run it once nobody else does either.
 *
 * @hidden
 */
@Internal
public final class Weights implements Runnable {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final Parameters parameters;
  private final AtomicBoolean freed = new AtomicBoolean();

  Weights(Parameters parameters) {
    this.parameters = parameters;
  }

  /** The model's number in this process. */
  public long number() {
    return number;
  }

  public Parameters parameters() {
    return parameters;
  }

  /** Makes sure that the memory is there: a plan would read what is no longer ours. */
  public void open() {
    if (freed.get()) {
      throw new IllegalStateException(
          "This model was closed and its weights are freed: compile it again, or do not close it.");
    }
  }

  /** Frees all; a second call does nothing. */
  @Override
  public void run() {
    if (freed.compareAndSet(false, true)) {
      // Plans read the parameters' memory: they go first.
      PlanCache.SHARED.forget(number);
      parameters.close();
    }
  }
}
