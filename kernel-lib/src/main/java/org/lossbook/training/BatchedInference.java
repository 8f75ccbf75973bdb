package org.lossbook.training;

import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.engine.UnknownWord;
import org.lossbook.network.Network;
import org.lossbook.notebook.InterruptedWork;

/**
 * Batched inference: runs any number of samples through plans of a few batch sizes, so that an odd
 * number of samples needs no plan of its own.
 *
 * @hidden
 */
@Internal
public final class BatchedInference {
  private static final int SMALL = 16;
  private static final int MOST = 256;
  private static final long MOST_BYTES = 48L << 20;

  /**
   * Fills a step's x (and y) with {@code count} samples from number {@code from} on.
   *
   * @hidden
   */
  @Internal
  public interface Source {
    void load(InferencePlan step, int from, int count);
  }

  /**
   * Takes a step's predictions for {@code count} samples from number {@code from} on.
   *
   * @hidden
   */
  @Internal
  public interface Sink {
    void take(InferencePlan step, int from, int count);
  }

  private BatchedInference() {}

  /**
   * Predicts {@code size} samples.
   *
   * @throws InterruptedTraining if the thread was interrupted, between two batches
   */
  static void run(CompiledModel compiled, String call, int size, Source source, Sink sink) {
    run(compiled, call, OptionalInt.empty(), size, source, sink);
  }

  /**
   * The same.
   *
   * @param wanted the batch size, if given
   */
  public static void run(
      CompiledModel compiled, String call, OptionalInt given, int size, Source source, Sink sink) {
    OptionalInt wanted = given;
    if (compiled.network().isStateful()) {
      // All samples are one batch, each of which has states of its own.
      wanted = OptionalInt.of(Math.min(given.orElse(size), size));
      requireWholeBatches(call, wanted.getAsInt(), size);
    }
    int big = bigBatch(compiled.network());
    int from = 0;
    while (from < size) {
      int batch =
          wanted.isPresent() ? Math.min(wanted.getAsInt(), size) : batch(size, size - from, big);
      try (var lease = compiled.lendInference(batch)) {
        InferencePlan step = lease.get();
        do {
          if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedTraining(
                Messages.of("%s was interrupted after %,d of %,d samples.", call, from, size));
          }
          int count = Math.min(batch, size - from);
          source.load(step, from, count);
          run(step, from, count);
          take(sink, step, from, count, call, size);
          from += count;
        } while (size - from >= batch || wanted.isPresent() && from < size);
      }
    }
  }

  private static void run(InferencePlan step, int from, int count) {
    try {
      step.run(count);
    } catch (UnknownWord e) {
      throw e.ofSample(from + e.row());
    }
  }

  private static void requireWholeBatches(String call, int batch, int size) {
    if (batch > 0 && size % batch != 0) {
      throw Messages.wrong(
          "%s expects a multiple of the batch size %d, as the model keeps a state for each sample"
              + " of a batch, but receives %,d samples: leave out the last %d.",
          call, batch, size, size % batch);
    }
  }

  /**
   * Hands a batch over; a pairwise loss may take long over one batch, and be interrupted within it.
   */
  private static void take(
      Sink sink, InferencePlan step, int from, int count, String call, int size) {
    try {
      sink.take(step, from, count);
    } catch (InterruptedTraining e) {
      throw e;
    } catch (InterruptedWork e) {
      throw new InterruptedTraining(
          Messages.of("%s was interrupted after %,d of %,d samples.", call, from, size));
    }
  }

  private static int batch(int size, int left, int big) {
    if (size == 1) {
      return 1;
    }
    for (int batch = big; batch > SMALL; batch /= 4) {
      if (batch <= left) {
        return batch;
      }
    }
    return Math.min(SMALL, big);
  }

  /** The batch size at which the values that are held at once fit into 48 MB. */
  static int bigBatch(Network network) {
    long numbers = network.mostAtOnce();
    int batch = MOST;
    while (batch > 1 && batch * numbers * Float.BYTES > MOST_BYTES) {
      batch /= 4;
    }
    return batch;
  }
}
