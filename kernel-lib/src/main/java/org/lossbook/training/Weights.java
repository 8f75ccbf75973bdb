package org.lossbook.training;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;

/**
 * A model's native memory: its parameters, and the plans in the cache under its number. It has no
 * reference to the model, so that the cleaner can free it once the model is unreachable.
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

  /** Checks that the memory was not freed, which a plan would otherwise read. */
  public void open() {
    if (freed.get()) {
      throw new IllegalStateException(
          "This model was closed and its weights are freed: compile it again, or do not close it.");
    }
  }

  /** Frees everything; running twice is harmless. */
  @Override
  public void run() {
    if (freed.compareAndSet(false, true)) {
      // Plans first, because they read the parameters' memory.
      PlanCache.SHARED.forget(number);
      parameters.close();
    }
  }
}
