package org.lossbook.training;

import org.lossbook.optimizer.Optimizer;

/**
 * Chunked work on a model's parameter vectors, each chunk independently. With many chunks a second
 * thread helps. Allocates nothing after construction.
 */
final class ChunkedWork {
  /** Below so many chunks, some 200,000 numbers, waking a thread costs more than it saves. */
  static final int WORTH_TWO = 48;

  /** The work on one chunk, with the thread's own scratch arrays. */
  interface Task {
    void run(int chunk, int offset, int count, float[] weights, float[] gradients);
  }

  private final int size;
  private final int chunks;
  private final SharedWork work;

  /**
   * @param size of the vectors
   */
  ChunkedWork(int size, Task task) {
    this.size = size;
    chunks = (size + Optimizer.CHUNK - 1) / Optimizer.CHUNK;
    int numbers = Math.min(size, Optimizer.CHUNK);
    work =
        new SharedWork(
            chunks >= WORTH_TWO,
            numbers,
            (chunk, thread, weights, gradients) -> run(task, chunk, weights, gradients));
  }

  private void run(Task task, int chunk, float[] weights, float[] gradients) {
    int offset = chunk * Optimizer.CHUNK;
    task.run(chunk, offset, Math.min(Optimizer.CHUNK, size - offset), weights, gradients);
  }

  /** The number of chunks. */
  int chunks() {
    return chunks;
  }

  /** Works on all chunks once, in any order. */
  void run() {
    work.run(chunks, true);
  }
}
