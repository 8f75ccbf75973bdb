package org.lossbook.training;

import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work in pieces that do not need each other, which a second thread may share: the first starts at
 * once, and also does what the second has not started. Allocates nothing after construction.
 */
final class SharedWork {
  private static final int SPINS = 2_000;

  /** The work on one piece, with the thread's own scratch arrays. */
  interface Task {
    void run(int piece, int thread, float[] weights, float[] gradients);
  }

  private final Task task;
  private final int numbers;
  private final AtomicInteger next = new AtomicInteger();
  private final Share own;
  private final Share[] others;
  private int pieces;

  /** A thread's part of the work. */
  @SuppressWarnings("serial")
  private final class Share extends RecursiveAction {
    private final int thread;
    private final float[] weights = new float[numbers];
    private final float[] gradients = new float[numbers];

    Share(int thread) {
      this.thread = thread;
    }

    @Override
    protected void compute() {
      for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
        task.run(piece, thread, weights, gradients);
      }
    }
  }

  /**
   * @param mayShare whether a second thread may help, where there is more than one processor
   * @param numbers the length of a thread's scratch arrays
   */
  SharedWork(boolean mayShare, int numbers, Task task) {
    this.task = task;
    this.numbers = numbers;
    own = new Share(0);
    boolean shares = mayShare && Runtime.getRuntime().availableProcessors() > 1;
    others = shares ? new Share[] {new Share(1)} : new Share[0];
  }

  /** The calling thread's scratch arrays, while no work runs. */
  float[] weights() {
    return own.weights;
  }

  float[] gradients() {
    return own.gradients;
  }

  /** How many threads may work at a time. */
  int threads() {
    return 1 + others.length;
  }

  /**
   * Works on all pieces once, in any order.
   *
   * @param isWorthTwo whether waking the second thread saves more than it costs
   */
  void run(int count, boolean isWorthTwo) {
    pieces = count;
    next.set(0);
    if (!isWorthTwo || others.length == 0) {
      own.compute();
      return;
    }
    for (Share other : others) {
      other.reinitialize();
      other.fork();
    }
    try {
      own.compute();
    } finally {
      for (Share other : others) {
        if (!other.tryUnfork()) {
          // The other thread is at its last piece, a microsecond's work; sleeping and waking takes
          // fifty.
          for (int i = 0; i < SPINS && !other.isDone(); i++) {
            Thread.onSpinWait();
          }
          other.join();
        }
      }
    }
  }
}
