package org.lossbook.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Batches or samples that come one after the other, how many nobody knows before the last: of a
 * file that is larger than the memory, of a simulation, of a sensor.
 *
 * <pre>{@code
 * model.fit(stream(batches), epochs(5))                                // a list, or what can be gone through again
 * model.fit(generator(() -> batch(x(), y())), epochs(5).stepsPerEpoch(100))
 * }</pre>
 *
 * <p>It consists of {@code batch(x, y)}, which is a step as it is, of datasets, each of which is a
 * step, or of {@code sample(x, y)}, so many of which are a step as {@code batchSize} says. Their
 * order is theirs: it is not shuffled.
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
   * What can be gone through again and again: each epoch does, unless {@code stepsPerEpoch} ends it
   * before.
   *
   * @param parts a list, or a function that opens what is read, {@code () -> lines.iterator()}
   */
  public static DataStream of(Iterable<?> parts) {
    Iterable<?> all = given("stream", parts);
    return new DataStream(all::iterator, false, false);
  }

  /** What can be gone through once, in one epoch or in several of so many steps. */
  public static DataStream of(Iterator<?> parts) {
    Iterator<?> only = given("stream", parts);
    return new DataStream(() -> only, true, false);
  }

  /** The same of Java's streams. */
  public static DataStream of(Stream<?> parts) {
    return of(given("stream", parts).iterator());
  }

  /**
   * What never ends: each call of the function gives the next one. It takes {@code stepsPerEpoch}
   * to end an epoch; null ends it all.
   */
  public static DataStream generated(Supplier<?> next) {
    var endless = new Generated(given("generator", next));
    return new DataStream(() -> endless, true, true);
  }

  private static <T> T given(String who, T parts) {
    if (parts == null) {
      throw new IllegalArgumentException(
          "%s expects batches or samples but receives null: stream(List.of(batch(x, y))) has one."
              .formatted(who));
    }
    return parts;
  }

  /** Whether it can be gone through once only. */
  public boolean isOnce() {
    return isOnce;
  }

  /** Whether it never ends. */
  public boolean isEndless() {
    return isEndless;
  }

  /**
   * Goes through it: anew, or on from where it was, where it can be gone through only once.
   *
   * @param size how many samples make a batch
   * @throws IllegalArgumentException for less than one
   */
  public Iterator<Batch> batches(int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "batches expects a size of 1 or more but receives %d: 32 is a good first choice."
              .formatted(size));
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
    throw new IllegalArgumentException(
        "A stream expects batches or samples but receives %s: make them with batch(x, y) or sample(x, y)."
            .formatted(shown(part)));
  }

  private static IllegalArgumentException mixed(Object part) {
    return new IllegalArgumentException(
        "A stream expects batches or samples but receives %s among samples: give one kind."
            .formatted(shown(part)));
  }

  private static String shown(Object part) {
    return part == null
        ? "null"
        : part instanceof Dataset
            ? "a dataset without samples"
            : part instanceof Batch ? "a batch" : "a " + part.getClass().getSimpleName();
  }

  /** Asks its function when the next one is wanted, and not before. */
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
