package org.lossbook.numerics;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.lossbook.Internal;

/**
 * Runs pieces of work that do not need each other on several threads at a time: the calling thread
 * begins at once, and does whatever the others have not begun, so that a busy processor costs
 * nothing. A helper waits a moment for more before it sleeps, because waking it takes longer than
 * most work here. Running allocates nothing.
 *
 * @hidden
 */
@Internal
public final class Together {
  /** How many threads work at most, the caller included: as many as there are processors. */
  public static final int MOST = Runtime.getRuntime().availableProcessors();

  /** How long a helper waits for the next work before it sleeps, in nanoseconds. */
  private static final long AWAKE = 50_000;

  private static final ReentrantLock BUSY = new ReentrantLock();
  private static final AtomicReferenceArray<Helper> HELPERS =
      new AtomicReferenceArray<>(Math.max(0, MOST - 1));
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static Work work;
  private static int pieces;

  /**
   * What is done in pieces.
   *
   * @hidden
   */
  @Internal
  @FunctionalInterface
  public interface Work {
    /**
     * Does one piece.
     *
     * @param piece counted from 0
     * @param thread the worker's number, below that of threads, for scratch memory of its own
     */
    void run(int piece, int thread);
  }

  private Together() {}

  /**
   * Does all pieces once, in any order. Where one fails the failure is thrown when no thread works
   * any more.
   *
   * @param threads how many may work, the caller included
   */
  public static void run(int threads, int count, Work what) {
    int helpers = Math.min(Math.min(threads, MOST), count) - 1;
    // If another caller has the helpers, running the pieces one after another gives the same
    // result.
    if (helpers < 1 || BUSY.isHeldByCurrentThread() || !BUSY.tryLock()) {
      for (int piece = 0; piece < count; piece++) {
        what.run(piece, 0);
      }
      return;
    }
    try {
      work = what;
      pieces = count;
      NEXT.set(0);
      runWith(helpers);
    } finally {
      work = null;
      BUSY.unlock();
    }
  }

  private static void runWith(int helpers) {
    Thread caller = Thread.currentThread();
    for (int i = 0; i < helpers; i++) {
      helper(i).start(caller);
    }
    Throwable failure = pieces(0);
    for (int i = 0; i < helpers; i++) { // they must end before their memory is used anew
      Throwable its = helper(i).end();
      failure = failure == null ? its : failure;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** Does pieces while there are any, and gives what went wrong first, or null. */
  private static Throwable pieces(int thread) {
    Throwable failure = null;
    for (int piece = NEXT.getAndIncrement(); piece < pieces; piece = NEXT.getAndIncrement()) {
      try {
        work.run(piece, thread);
      } catch (RuntimeException | Error e) {
        failure = failure == null ? e : failure;
      }
    }
    return failure;
  }

  private static Helper helper(int number) {
    Helper known = HELPERS.get(number);
    return known == null ? started(number) : known;
  }

  private static Helper started(int number) {
    var helper = new Helper(number + 1);
    helper.setDaemon(true);
    HELPERS.set(number, helper);
    helper.start();
    return helper;
  }

  private static final class Helper extends Thread {
    private static final int IDLE = 0;
    private static final int CALLED = 1;
    private static final int AT_WORK = 2;

    private final int number;
    private final AtomicInteger state = new AtomicInteger();
    private volatile Thread caller;
    private volatile boolean sleeps;
    private Throwable failure;

    Helper(int number) {
      super("lossbook-helper-" + number);
      this.number = number;
    }

    void start(Thread from) {
      caller = from;
      failure = null;
      state.set(CALLED);
      if (sleeps) {
        LockSupport.unpark(this);
      }
    }

    /** Waits until it has done its piece, if it has begun any. */
    Throwable end() {
      if (state.compareAndSet(CALLED, IDLE)) {
        return null;
      }
      long since = System.nanoTime();
      while (state.get() != IDLE) {
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
      long since = System.nanoTime();
      while (true) {
        if (state.compareAndSet(CALLED, AT_WORK)) {
          failure = pieces(number);
          Thread from = caller;
          state.set(IDLE);
          LockSupport.unpark(from);
          since = System.nanoTime();
        } else if (System.nanoTime() - since < AWAKE) {
          Thread.onSpinWait();
        } else {
          sleeps = true;
          if (state.get() == IDLE) {
            LockSupport.park(this);
          }
          sleeps = false;
        }
      }
    }
  }
}
