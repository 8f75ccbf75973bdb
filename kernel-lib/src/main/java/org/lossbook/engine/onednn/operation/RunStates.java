package org.lossbook.engine.onednn.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lossbook.Internal;

/**
 * The states that the plans of a model keep from one run to the next, a row for each sample of a
 * batch.
 *
 * @hidden
 */
@Internal
public final class RunStates {
  private final Map<Key, State> states = new ConcurrentHashMap<>();

  /**
   * Whose state it is.
   *
   * @param owner the name of a parameter of the layer
   * @param index which of the layer's states it is
   * @param continued whether it is that of {@code Mode.CONTINUED}
   * @hidden
   */
  @Internal
  public record Key(String owner, int index, boolean continued) {}

  /**
   * One state.
   *
   * @hidden
   */
  @Internal
  public static final class State {
    private final String owner;
    private float[] numbers = new float[0];
    private int batch;
    private boolean isKept;

    private State(String owner) {
      this.owner = owner;
    }

    /** The numbers for a batch of that size, zeros at first. */
    public synchronized float[] numbers(int samples, int size) {
      if (isKept && batch != samples) {
        int end = owner.lastIndexOf('/');
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s keeps the states of a batch of %d samples but receives a batch of %d: give batches of one size, or call resetStates() before.",
                end < 0 ? owner : owner.substring(0, end),
                batch,
                samples));
      }
      if (numbers.length != size) {
        numbers = new float[size];
      }
      batch = samples;
      return numbers;
    }

    public synchronized void keep() {
      isKept = true;
    }

    private synchronized void forget() {
      Arrays.fill(numbers, 0);
      isKept = false;
    }
  }

  State of(Key key) {
    return states.computeIfAbsent(key, k -> new State(k.owner()));
  }

  /** Sets all states to zero; the next batch may have another size. */
  void forget() {
    states.values().forEach(State::forget);
  }

  /** Sets the states of {@code Mode.CONTINUED} to zero. */
  void forgetContinued() {
    states.forEach(
        (key, state) -> {
          if (key.continued()) {
            state.forget();
          }
        });
  }
}
