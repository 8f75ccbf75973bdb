package org.lossbook.training;

import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import org.lossbook.optimizer.Optimizer;

/**
 * Chunked work on a model's parameter vectors, each chunk independently. With many chunks a second
 * thread helps: the first starts at once, and also does what the second has not started. Allocates
 * nothing after construction.
 */
final class ChunkedWork {
  /** Below so many chunks, some 200,000 numbers, waking a thread costs more than it saves. */
  private static final int WORTH_TWO = 48;

  private static final int SPINS = 2_000;

  /** The work on one chunk, with the thread's own scratch arrays. */
  interface Task {
    void run(int chunk, int offset, int count, float[] weights, float[] gradients);
  }

  private final int size;
  private final int chunks;
  private final Task task;
  private final AtomicInteger next = new AtomicInteger();
  private final Share own;
  private final Share[] others;

  /** A thread's part of the work. */
  @SuppressWarnings("serial")
  private final class Share extends RecursiveAction {
    private final float[] weights = new float[Math.min(size, Optimizer.CHUNK)];
    private final float[] gradients = new float[weights.length];

    @Override
    protected void compute() {
      for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
        int offset = chunk * Optimizer.CHUNK;
        task.run(chunk, offset, Math.min(Optimizer.CHUNK, size - offset), weights, gradients);
      }
    }
  }

  /**
   * @param size of the vectors
   */
  ChunkedWork(int size, Task task) {
    this.size = size;
    this.task = task;
    chunks = (size + Optimizer.CHUNK - 1) / Optimizer.CHUNK;
    own = new Share();
    boolean isWorthTwo = chunks >= WORTH_TWO && Runtime.getRuntime().availableProcessors() > 1;
    others = isWorthTwo ? new Share[] {new Share()} : new Share[0];
  }

  /** The number of chunks. */
  int chunks() {
    return chunks;
  }

  /** Works on all chunks once, in any order. */
  void run() {
    next.set(0);
    for (Share other : others) {
      other.reinitialize();
      other.fork();
    }
    try {
      own.compute();
    } finally {
      for (Share other : others) {
        if (!other.tryUnfork()) {
          // The other thread is at its last chunk, a microsecond's work; sleeping and waking takes
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
