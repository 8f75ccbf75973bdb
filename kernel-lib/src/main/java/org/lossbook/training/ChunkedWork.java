package org.lossbook.training;

import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import org.lossbook.optimizer.Optimizer;

/**
 * Work on the chunks of a model's vectors, each for itself. Of many chunks a second thread takes
 * its share: the first begins at once, and what the second has not come to is left to the first.
 * Allocates nothing after it was made.
 */
final class ChunkedWork {
  /** Below so many chunks, some 200,000 numbers, waking a thread costs more than it saves. */
  private static final int WORTH_TWO = 48;

  private static final int SPINS = 2_000;

  /** What is done to a chunk, by one thread, with that thread's scratch. */
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

  /** How many chunks there are. */
  int chunks() {
    return chunks;
  }

  /** All chunks once; in any order. */
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
          // It is at its last chunk, a microsecond's work: to sleep and be woken takes fifty.
          for (int i = 0; i < SPINS && !other.isDone(); i++) {
            Thread.onSpinWait();
          }
          other.join();
        }
      }
    }
  }
}
