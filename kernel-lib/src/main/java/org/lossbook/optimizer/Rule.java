package org.lossbook.optimizer;

import java.util.LinkedHashMap;
import java.util.Map;

/** What all rules share at work: the steps taken, the learning rate and the state vectors. */
abstract class Rule implements Optimizer.Updater {
  private final String who;
  private final int size;
  private final Map<String, ChunkedVector> vectors = new LinkedHashMap<>();
  private double rate;
  private long step;

  Rule(Specification<?> settings, int parameters) {
    who = settings.name();
    size = parameters;
    rate = settings.learningRate();
  }

  /** A state vector, all zero, by Keras's name; the order is that of Keras. */
  final ChunkedVector vector(String name) {
    var vector = new ChunkedVector(size);
    vectors.put(name, vector);
    return vector;
  }

  /**
   * What a step needs to know before its chunks.
   *
   * @param step counted from 1
   */
  abstract void begin(long step, float rate);

  /** Moves {@code count} weights, those of the chunk from {@code offset} on. */
  abstract void move(float[] weights, float[] gradients, int offset, int count);

  @Override
  public final void beginStep() {
    float now = (float) learningRate();
    step++;
    begin(step, now);
  }

  @Override
  public final void update(float[] weights, float[] gradients, int offset, int count) {
    move(weights, gradients, offset, count);
  }

  @Override
  public final long step() {
    return step;
  }

  @Override
  public final double learningRate() {
    return rate;
  }

  @Override
  public final void learningRate(double value) {
    rate = Settings.learningRate(who, value);
  }

  @Override
  public final Map<String, float[]> state() {
    var state = new LinkedHashMap<String, float[]>();
    vectors.forEach((name, vector) -> state.put(name, vector.whole()));
    return state;
  }

  @Override
  public final void restore(Map<String, float[]> state, long step) {
    if (!state.keySet().equals(vectors.keySet())) {
      throw new IllegalArgumentException(
          "%s expects a state of %s but receives %s: it is that of another optimizer."
              .formatted(who, vectors.keySet(), state.keySet()));
    }
    state.forEach(
        (name, values) -> {
          if (values.length != size) {
            throw new IllegalArgumentException(
                "%s expects %d numbers of %s but receives %d: the state is that of another model."
                    .formatted(who, size, name, values.length));
          }
        });
    if (step < 0) {
      throw new IllegalArgumentException(
          "%s expects 0 steps or more but receives %d.".formatted(who, step));
    }
    state.forEach((name, values) -> vectors.get(name).set(values));
    this.step = step;
  }
}
