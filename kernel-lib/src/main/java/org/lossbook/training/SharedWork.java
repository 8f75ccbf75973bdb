package org.lossbook.training;

import org.lossbook.numerics.Together;

/**
 * Work in pieces that do not need each other, which a second thread may share. Allocates nothing
 * after construction.
 */
final class SharedWork {
  /** The work on one piece, with the thread's own scratch arrays. */
  interface Task {
    void run(int piece, int thread, float[] weights, float[] gradients);
  }

  private final Together.Work work;
  private final float[][] weights;
  private final float[][] gradients;

  /**
   * @param mayShare whether a second thread may help, where there is more than one processor
   * @param numbers the length of a thread's scratch arrays
   */
  SharedWork(boolean mayShare, int numbers, Task task) {
    int threads = mayShare ? Math.min(2, Together.MOST) : 1;
    weights = new float[threads][numbers];
    gradients = new float[threads][numbers];
    work = (piece, thread) -> task.run(piece, thread, weights[thread], gradients[thread]);
  }

  /** The calling thread's scratch arrays, while no work runs. */
  float[] weights() {
    return weights[0];
  }

  float[] gradients() {
    return gradients[0];
  }

  /** How many threads may work at a time. */
  int threads() {
    return weights.length;
  }

  /**
   * Works on all pieces once, in any order.
   *
   * @param isWorthTwo whether calling the second thread saves more than it costs
   */
  void run(int count, boolean isWorthTwo) {
    Together.run(isWorthTwo ? threads() : 1, count, work);
  }
}
