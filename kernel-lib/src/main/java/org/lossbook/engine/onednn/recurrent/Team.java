package org.lossbook.engine.onednn.recurrent;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.lossbook.engine.onednn.operation.Threads;

/**
 * Threads that go through parts of a batch at the same time. Steps follow each other so fast that
 * sharing the work of each would cost more than it saves; the samples of a batch do not depend on
 * each other. Running allocates nothing.
 */
final class Team {
  /** How long a helper waits for the next work before it sleeps, in nanoseconds. */
  private static final long AWAKE = 50_000;

  private static final ReentrantLock BUSY = new ReentrantLock();
  private static final Helper[] HELPERS = new Helper[Math.max(0, Threads.MOST - 1)];

  private Team() {}

  /**
   * Runs the parts, the first one on this thread. Each runs its products on one thread.
   *
   * @param threads that products use after it
   */
  static void run(Runnable[] parts, int threads) {
    if (parts.length == 1) {
      parts[0].run();
      return;
    }
    Threads.use(1);
    try {
      // Where another plan has the helpers, one after the other is as right.
      if (BUSY.tryLock()) {
        try {
          runTogether(parts);
        } finally {
          BUSY.unlock();
        }
      } else {
        for (Runnable part : parts) {
          part.run();
        }
      }
    } finally {
      Threads.use(threads);
    }
  }

  private static void runTogether(Runnable[] parts) {
    Thread caller = Thread.currentThread();
    for (int i = 1; i < parts.length; i++) {
      helper(i - 1).start(parts[i], caller);
    }
    Throwable failure = null;
    try {
      parts[0].run();
    } catch (RuntimeException | Error e) { // the others must end before their arrays are used anew
      failure = e;
    }
    for (int i = 1; i < parts.length; i++) {
      Throwable its = helper(i - 1).await();
      failure = failure == null ? its : failure;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  private static Helper helper(int number) {
    if (HELPERS[number] == null) {
      HELPERS[number] = new Helper(number);
      HELPERS[number].setDaemon(true);
      HELPERS[number].start();
    }
    return HELPERS[number];
  }

  private static final class Helper extends Thread {
    private volatile Runnable work;
    private volatile Thread caller;
    private Throwable failure;

    Helper(int number) {
      super("recurrent-" + (number + 1));
    }

    void start(Runnable part, Thread from) {
      caller = from;
      work = part;
      LockSupport.unpark(this);
    }

    /** Waits until its work is done. */
    Throwable await() {
      long since = System.nanoTime();
      while (work != null) {
        if (System.nanoTime() - since < AWAKE) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, AWAKE);
        }
      }
      return failure;
    }

    @Override
    public void run() {
      Threads.use(1);
      long since = System.nanoTime();
      while (true) {
        Runnable part = work;
        if (part != null) {
          failure = null;
          try {
            part.run();
          } catch (RuntimeException | Error e) { // or it would never work again
            failure = e;
          } finally {
            Thread from = caller;
            work = null;
            LockSupport.unpark(from);
          }
          since = System.nanoTime();
        } else if (System.nanoTime() - since < AWAKE) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }
  }
}
