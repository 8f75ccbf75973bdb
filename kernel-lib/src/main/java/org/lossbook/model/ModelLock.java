package org.lossbook.model;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.base.Notice;
import org.lossbook.notebook.Screen;

/**
 * The lock that lets one call of a model run at a time: a second one waits and shows which it waits
 * for.
 */
final class ModelLock {
  /** An interrupted cell's fit needs one batch to stop: waits under one second are silent. */
  private static final long SILENT_SECONDS = 1;

  private final ReentrantLock lock = new ReentrantLock();
  private volatile Holder holder = new Holder("nothing", "", 0);
  private boolean lent; // only read and written by its holder

  private record Holder(String call, String thread, long since) {
    String described() {
      return Messages.of(
          "%s has been running for %d s in thread %s",
          call, (System.nanoTime() - since) / 1_000_000_000, thread);
    }
  }

  /**
   * Waits for the lock and runs an action while holding it.
   *
   * @param call the caller: {@code fit}
   * @throws IllegalStateException if this thread is inside another call of the model
   * @throws InterruptedTraining if the wait was interrupted
   */
  <T> T take(String call, Supplier<T> action) {
    await(call);
    try {
      holder = new Holder(call, Thread.currentThread().getName(), System.nanoTime());
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same for a call that only reads the model between two steps: inside {@link #lend} the
   * thread that holds the lock need not wait for itself.
   */
  <T> T share(String call, Supplier<T> action) {
    if (!lock.isHeldByCurrentThread() || !lent) {
      return take(call, action);
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

  private void await(String call) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          Messages.of(
              "%s expects the model to be free but %s: call it once that has ended%s.",
              call,
              holder.described(),
              lent ? "; inside a callback, predict, evaluate and weights can be called" : ""));
    }
    try {
      // Try without waiting first: an interrupted thread may still use or close a free model.
      if (!lock.tryLock() && !lock.tryLock(SILENT_SECONDS, TimeUnit.SECONDS)) {
        awaitAloud(call);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedTraining(
          Messages.of("%s was interrupted while waiting: %s.", call, holder.described()));
    }
  }

  private void awaitAloud(String call) throws InterruptedException {
    String notice =
        Messages.of("%s waits: %s. Interrupt the cell to stop waiting.", call, holder.described());
    var view = Screen.current().show(new Notice(notice));
    try {
      lock.lockInterruptibly();
    } finally {
      view.close();
    }
  }
}
