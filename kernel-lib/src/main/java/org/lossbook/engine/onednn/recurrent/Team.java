package org.lossbook.engine.onednn.recurrent;

import java.util.List;
import org.lossbook.engine.onednn.operation.Threads;
import org.lossbook.numerics.Together;

/**
 * Threads that go through parts of a batch at the same time. Steps follow each other so fast that
 * sharing the work of each would cost more than it saves; the samples of a batch do not depend on
 * each other.
 */
final class Team {
  private final List<Runnable> parts;
  private final int threads;
  private final Together.Work work;

  /**
   * @param parts each of which runs its products on one thread
   * @param threads that products use after it
   */
  Team(List<Runnable> parts, int threads) {
    this.parts = parts;
    this.threads = threads;
    work =
        (part, thread) -> {
          Threads.use(1); // which is a setting of each thread
          parts.get(part).run();
        };
  }

  /** Runs the parts; allocates nothing. */
  void run() {
    if (parts.size() == 1) {
      parts.get(0).run();
    } else {
      try {
        Together.run(Threads.MOST, parts.size(), work);
      } finally {
        Threads.use(threads);
      }
    }
  }
}
