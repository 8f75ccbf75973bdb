package org.lossbook.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lossbook.base.Messages;

/**
 * A stream of batches or samples of unknown length: from a file larger than memory, a simulation,
 * or a sensor.
 *
 * <pre>{@code
 * model.fit(stream(batches), epochs(5))                                // a list, or anything that can be iterated again
 * model.fit(generator(() -> batch(x(), y())), epochs(5).stepsPerEpoch(100))
 * }</pre>
 *
 * <p>Each element is a {@code batch(x, y)} or a dataset, which makes one training step, or a {@code
 * sample(x, y)}; {@code batchSize} samples make one step. The order is kept: a stream is not
 * shuffled.
 */
public final class DataStream {
  private final Supplier<Iterator<?>> source;
  private final boolean isOnce;
  private final boolean isEndless;

  private DataStream(Supplier<Iterator<?>> source, boolean isOnce, boolean isEndless) {
    this.source = source;
    this.isOnce = isOnce;
    this.isEndless = isEndless;
  }

  /**
   * A stream that starts over each epoch, unless {@code stepsPerEpoch} ends the epoch earlier.
   *
   * @param parts a list, or a function that opens the source, {@code () -> lines.iterator()}
   */
  public static DataStream of(Iterable<?> parts) {
    Iterable<?> all = given("stream", parts);
    return new DataStream(all::iterator, false, false);
  }

  /** A single-pass stream: for one epoch, or for several epochs of {@code stepsPerEpoch} steps. */
  public static DataStream of(Iterator<?> parts) {
    Iterator<?> only = given("stream", parts);
    return new DataStream(() -> only, true, false);
  }

  /** A single-pass stream from a Java {@link Stream}. */
  public static DataStream of(Stream<?> parts) {
    return of(given("stream", parts).iterator());
  }

  /**
   * An endless stream: each call of the function returns the next element. {@code stepsPerEpoch}
   * ends an epoch; null ends the stream.
   */
  public static DataStream generated(Supplier<?> next) {
    var endless = new Generated(given("generator", next));
    return new DataStream(() -> endless, true, true);
  }

  private static <T> T given(String who, T parts) {
    if (parts == null) {
      throw Messages.wrong(
          "%s expects batches or samples but receives null: stream(List.of(batch(x, y))) has one.",
          who);
    }
    return parts;
  }

  /** Whether this stream can be iterated only once. */
  public boolean isOnce() {
    return isOnce;
  }

  /** Whether this stream is endless. */
  public boolean isEndless() {
    return isEndless;
  }

  /**
   * Iterates over the batches: from the start, or, for a single-pass stream, from where it stopped.
   *
   * @param size the batch size, for streams of samples
   * @throws IllegalArgumentException if the size is less than 1
   */
  public Iterator<Batch> batches(int size) {
    if (size < 1) {
      throw Messages.wrong(
          "batches expects a size of 1 or more but receives %d: 32 is a good first choice.", size);
    }
    Iterator<?> parts = source.get();
    if (parts == null) {
      throw new IllegalArgumentException(
          "stream expects something to iterate over but its function returns null: return an"
              + " iterator.");
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return parts.hasNext();
      }

      @Override
      public Batch next() {
        Object part = parts.next();
        if (!(part instanceof Sample sample)) {
          return batch(part);
        }
        List<Sample> samples = new ArrayList<>(List.of(sample));
        while (samples.size() < size && parts.hasNext()) {
          Object other = parts.next();
          if (!(other instanceof Sample next)) {
            throw mixed(other);
          }
          samples.add(next);
        }
        return Sample.batch(samples);
      }
    };
  }

  private static Batch batch(Object part) {
    if (part instanceof Batch batch) {
      return batch;
    }
    if (part instanceof Dataset data && data.size() > 0) {
      return Batch.of(data);
    }
    throw Messages.wrong(
        "A stream expects batches or samples but receives %s: make them with batch(x, y) or sample(x, y).",
        shown(part));
  }

  private static IllegalArgumentException mixed(Object part) {
    return Messages.wrong(
        "A stream expects batches or samples but receives %s among samples: give one kind.",
        shown(part));
  }

  private static String shown(Object part) {
    return part == null
        ? "null"
        : part instanceof Dataset
            ? "a dataset without samples"
            : part instanceof Batch ? "a batch" : "a " + part.getClass().getSimpleName();
  }

  /** Calls the function only when the next element is needed. */
  private static final class Generated implements Iterator<Object> {
    private final Supplier<?> function;
    private Optional<Object> next = Optional.empty();

    Generated(Supplier<?> function) {
      this.function = function;
    }

    @Override
    public boolean hasNext() {
      if (next.isEmpty()) {
        next = Optional.ofNullable(function.get());
      }
      return next.isPresent();
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the generator has ended");
      }
      Object now = next.orElseThrow();
      next = Optional.empty();
      return now;
    }
  }

  @Override
  public String toString() {
    return isEndless
        ? "endless stream"
        : isOnce ? "single-pass stream" : "stream that starts over each epoch";
  }
}
