package org.lossbook.optimizer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.lossbook.base.Messages;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Parameters;
import org.lossbook.optimizer.schedule.OptimizerChecks;
import org.lossbook.optimizer.schedule.Schedule;

/**
 * Base class of all updaters: step count, learning rate, clipping by value, weight decay, state
 * vectors, gradient accumulation and weight averaging. As in Keras, gradients are accumulated, then
 * clipped; weights decay, then are updated, then averaged.
 */
abstract class BaseUpdater implements Optimizer.Updater {
  private static final ChunkedVector NONE = new ChunkedVector(0, 0);

  private final String who;
  private final int size;
  private final float limit;
  private final double weightDecay;
  private final int every; // the steps that make one update of the weights
  private final Optional<WeightAverage> averaging;
  private final ChunkedVector averages;
  private final ChunkedVector gathered;
  private final Map<String, ChunkedVector> vectors = new LinkedHashMap<>();
  private ChunkedVector[] ofNumbers = {}; // those with a number for each weight
  private TableState[] tables = {}; // which have the vectors' numbers of what is moved by rows
  private LongToDoubleFunction rates;
  private float decay;
  private long step;
  private boolean moves;
  private boolean overwrites;
  private float momentum; // of the average, in this step

  BaseUpdater(BaseOptimizer<?> settings, int parameters) {
    who = settings.name();
    size = (int) OptimizerChecks.notNegative(who, "weights", parameters);
    limit = settings.clipping().limitOfValues();
    weightDecay = settings.weightDecay();
    every = settings.accumulation();
    averaging = settings.averaging();
    averages = averaging.isPresent() ? vector("average") : NONE;
    gathered = every > 1 ? vector("gradient_accumulator") : NONE;
    double rate = settings.learningRate();
    rates = settings.schedule().map(Schedule::running).orElse(now -> rate);
  }

  /** A state vector of zeros, by Keras's name and in Keras's order. */
  final ChunkedVector vector(String name) {
    return vector(name, size, 0);
  }

  /** A state vector of any length, filled with {@code first}. */
  final ChunkedVector vector(String name, int length, float first) {
    String owner = who + Messages.of("'s memory of %,d weights", length);
    Memory.heap(owner, Memory.product(Float.BYTES, length), "make the model smaller");
    var vector = new ChunkedVector(length, first);
    vectors.put(name, vector);
    return vector;
  }

  /**
   * Prepares a step, before its chunks.
   *
   * @param step counted from 1
   */
  abstract void begin(long step, float rate);

  /** Updates {@code count} weights, those of the chunk that starts at {@code offset}. */
  abstract void move(float[] weights, float[] gradients, int offset, int count);

  @Override
  public final void beginStep() {
    double rate = learningRate();
    long before = step / every; // updates of the weights
    step++;
    moves = step % every == 0;
    if (averaging.isPresent()) {
      momentum = before == 0 ? 0 : (float) averaging.get().momentum();
      overwrites = averaging.get().overwrites(before);
    }
    if (moves) {
      decay = (float) (weightDecay * rate);
      begin(step / every, (float) rate);
    }
  }

  @Override
  public final boolean moves() {
    return moves;
  }

  @Override
  public final boolean changesWeights() {
    return moves || overwrites;
  }

  @Override
  public final void gather(float[] gradients, int offset, int count) {
    if (every == 1) {
      return;
    }
    float[] sums = gathered.from(offset);
    if (moves) {
      mean(gradients, sums, count, every);
    } else {
      add(sums, gradients, count);
    }
  }

  private static void mean(float[] g, float[] sums, int n, float steps) {
    for (int i = 0; i < n; i++) {
      g[i] = (g[i] + sums[i]) / steps;
    }
  }

  private static void add(float[] sums, float[] g, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += g[i];
    }
  }

  @Override
  public final void update(float[] weights, float[] gradients, int offset, int count) {
    if (moves) {
      step(weights, gradients, offset, count);
      if (every > 1) {
        Arrays.fill(gathered.from(offset), 0);
      }
    }
    if (averaging.isPresent()) {
      float[] means = averages.from(offset);
      WeightAverage.add(means, weights, count, momentum);
      if (overwrites) {
        System.arraycopy(means, 0, weights, 0, count);
      }
    }
  }

  @Override
  public final boolean movesRows() {
    return every == 1 && averaging.isEmpty() && surveys() == 0;
  }

  @Override
  public final void reserveRows(List<Parameters.Slot> byRows, int threads) {
    ofNumbers =
        vectors.values().stream()
            .filter(vector -> vector.size() == size)
            .toArray(ChunkedVector[]::new);
    for (ChunkedVector vector : ofNumbers) {
      vector.reserve(threads);
    }
    for (TableState table : tables) {
      table.giveBack();
    }
    tables =
        byRows.stream()
            .filter(slot -> TableState.fits(slot, ofNumbers.length))
            .map(slot -> new TableState(slot, ofNumbers))
            .toArray(TableState[]::new);
  }

  @Override
  public final void updateRows(
      float[] weights,
      float[] gradients,
      int[] starts,
      int first,
      int count,
      int width,
      int thread) {
    TableState table = table(starts[first]);
    if (table == null) {
      for (ChunkedVector vector : ofNumbers) {
        float[] into = vector.from(ChunkedVector.lane(thread));
        for (int i = 0; i < count; i++) {
          vector.read(starts[first + i], into, i * width, width);
        }
      }
    } else {
      table.gather(starts, first, count, thread);
    }
    step(weights, gradients, ChunkedVector.lane(thread), count * width);
    if (table == null) {
      for (ChunkedVector vector : ofNumbers) {
        float[] from = vector.from(ChunkedVector.lane(thread));
        for (int i = 0; i < count; i++) {
          vector.write(starts[first + i], from, i * width, width);
        }
      }
    } else {
      table.scatter(starts, first, count, thread);
    }
  }

  /** The table that has a row that begins there, or null. */
  private TableState table(int start) {
    for (TableState table : tables) {
      if (table.has(start)) {
        return table;
      }
    }
    return null;
  }

  private void step(float[] weights, float[] gradients, int offset, int count) {
    prepare(weights, gradients, offset, count);
    move(weights, gradients, offset, count);
  }

  /** Clips a chunk's gradients by value and lets its weights decay. */
  final void prepare(float[] weights, float[] gradients, int offset, int count) {
    if (limit < Float.POSITIVE_INFINITY) {
      clip(gradients, count, limit);
    }
    decay(weights, offset, count, decay);
  }

  /** Lets a chunk's weights shrink by that share. */
  void decay(float[] weights, int offset, int count, float share) {
    if (share > 0) {
      shrink(weights, count, share);
    }
  }

  private static void clip(float[] g, int n, float limit) {
    for (int i = 0; i < n; i++) {
      g[i] = Math.max(-limit, Math.min(limit, g[i]));
    }
  }

  private static void shrink(float[] w, int n, float decay) {
    for (int i = 0; i < n; i++) {
      w[i] -= decay * w[i];
    }
  }

  @Override
  public final boolean averages() {
    return averaging.isPresent() && step > 0;
  }

  @Override
  public final void average(float[] into, int offset, int count) {
    if (averages()) {
      System.arraycopy(averages.from(offset), 0, into, 0, count);
    }
  }

  @Override
  public final long step() {
    return step;
  }

  @Override
  public final double learningRate() {
    double rate = scheduled();
    return rate >= 0 && rate < Double.POSITIVE_INFINITY
        ? rate
        : OptimizerChecks.scheduledLearningRate(who, step, rate);
  }

  private double scheduled() {
    try {
      return rates.applyAsDouble(step);
    } catch (RuntimeException e) {
      throw OptimizerChecks.failedSchedule(who, step, e);
    }
  }

  @Override
  public final void learningRate(double value) {
    OptimizerChecks.learningRate(who, value);
    rates = now -> value;
  }

  @Override
  public final Map<String, float[]> state() {
    var state = new LinkedHashMap<String, float[]>();
    vectors.forEach((name, vector) -> state.put(name, whole(vector)));
    return state;
  }

  private float[] whole(ChunkedVector vector) {
    float[] all = vector.whole();
    for (TableState table : tables) {
      table.copy(vector, all);
    }
    return all;
  }

  @Override
  public final void restore(Map<String, float[]> state, long step) {
    if (!state.keySet().equals(vectors.keySet())) {
      throw Messages.wrong(
          "%s expects a state of %s but receives %s: it is that of another optimizer.",
          who, vectors.keySet(), state.keySet());
    }
    state.forEach(
        (name, values) -> {
          int length = vectors.get(name).size();
          if (values.length != length) {
            throw Messages.wrong(
                "%s expects %d numbers of %s but receives %d: the state is that of another model.",
                who, length, name, values.length);
          }
        });
    OptimizerChecks.notNegative(who, "a count of steps", step);
    state.forEach((name, values) -> vectors.get(name).set(values));
    for (TableState table : tables) {
      table.take();
    }
    this.step = step;
  }
}
