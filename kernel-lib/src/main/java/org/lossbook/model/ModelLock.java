package org.lossbook.model;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.base.Notice;
import org.lossbook.engine.MemoryLock;
import org.lossbook.notebook.Screen;

/**
 * The lock that lets one call of a model run at a time, and of models that share weights: a second
 * one waits and shows which it waits for.
 */
final class ModelLock {
  /** An interrupted cell's fit needs one batch to stop: waits under one second are silent. */
  private static final long SILENT_SECONDS = 1;

  private final ReentrantLock lock = new ReentrantLock();
  private volatile Holder holder = new Holder("nothing", "", 0);
  private boolean lent; // only read and written by its holder

  private record Holder(String call, String thread, long since) {
    @Override
    public String toString() {
      return Messages.of(
          "%s has been running for %d s in thread %s",
          call, (System.nanoTime() - since) / 1_000_000_000, thread);
    }
  }

  /**
   * Waits for the lock and runs an action while holding it.
   *
   * @param call the caller: {@code fit}
   * @param memory the locks of the model's weights, which other models may share; a call within a
   *     call of another model has them already
   * @throws IllegalStateException if this thread is inside another call of the model
   * @throws InterruptedTraining if the wait was interrupted
   */
  <T> T take(String call, List<MemoryLock> memory, Supplier<T> action) {
    requireFree(call);
    var now = new Holder(call, Thread.currentThread().getName(), System.nanoTime());
    return taken(call, memory, 0, now, action);
  }

  /** Takes the memory from that lock on, then the model's own lock, always in this order. */
  private <T> T taken(
      String call, List<MemoryLock> memory, int next, Holder now, Supplier<T> action) {
    if (next < memory.size()) {
      MemoryLock shared = memory.get(next);
      await(call, shared, () -> shared.holder().map(Object::toString).orElse("another call runs"));
      Optional<Object> before = shared.holder();
      shared.holder(Optional.of(now));
      try {
        return taken(call, memory, next + 1, now, action);
      } finally {
        shared.holder(before);
        shared.unlock();
      }
    }
    await(call, lock, () -> holder.toString());
    try {
      holder = now;
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same for a call that only reads the model between two steps: inside {@link #lend} the
   * thread that holds the lock need not wait for itself.
   */
  <T> T share(String call, List<MemoryLock> memory, Supplier<T> action) {
    if (!lock.isHeldByCurrentThread() || !lent) {
      return take(call, memory, action);
    }
    lent = false;
    try {
      return action.get();
    } finally {
      lent = true;
    }
  }

  /** Runs an action that may {@link #share} the model with the call that holds the lock. */
  void lend(Runnable action) {
    lent = true;
    try {
      action.run();
    } finally {
      lent = false;
    }
  }

  private void requireFree(String call) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          Messages.of(
              "%s expects the model to be free but %s: call it once that has ended%s.",
              call,
              holder,
              lent ? "; inside a callback, predict, evaluate and weights can be called" : ""));
    }
  }

  private void await(String call, ReentrantLock lock, Supplier<String> held) {
    try {
      // Try without waiting first: an interrupted thread may still use or close a free model.
      if (!lock.tryLock() && !lock.tryLock(SILENT_SECONDS, TimeUnit.SECONDS)) {
        awaitAloud(call, lock, held);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedTraining(
          Messages.of("%s was interrupted while waiting: %s.", call, held.get()));
    }
  }

  private static void awaitAloud(String call, ReentrantLock lock, Supplier<String> held)
      throws InterruptedException {
    String notice =
        Messages.of("%s waits: %s. Interrupt the cell to stop waiting.", call, held.get());
    var view = Screen.current().show(new Notice(notice));
    try {
      lock.lockInterruptibly();
    } finally {
      view.close();
    }
  }
}
