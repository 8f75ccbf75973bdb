package org.lossbook.optimizer;

import java.util.Arrays;

/**
 * One vector of an optimizer's state, with one array for each chunk of the weights. This way
 * weights, gradients and state share one index in the inner loop, without which the JIT does not
 * vectorise it: an offset in half of the indices more than doubles the time. A chunk takes no
 * memory before it is needed.
 */
final class ChunkedVector {
  private final int size;
  private final float start;
  private final float[][] chunks; // null where all numbers are those it began with

  /** Scratch chunks behind those of the vector, for rows that are moved out of their order. */
  private float[][] lanes = {};

  /** Filled with {@code first}. */
  ChunkedVector(int size, float first) {
    this.size = size;
    start = first;
    chunks = new float[(int) ((size + Optimizer.CHUNK - 1L) / Optimizer.CHUNK)][];
  }

  /** How many numbers it has. */
  int size() {
    return size;
  }

  /** The chunk that begins with number {@code offset}, or a scratch chunk, {@link #lane}. */
  float[] from(int offset) {
    return offset < 0 ? lanes[-1 - offset] : chunk(offset / Optimizer.CHUNK);
  }

  private float[] chunk(int i) {
    float[] known = chunks[i];
    return known == null ? made(i) : known;
  }

  private float[] made(int i) {
    float[] chunk = new float[Math.min(Optimizer.CHUNK, size - i * Optimizer.CHUNK)];
    if (start != 0) {
      Arrays.fill(chunk, start);
    }
    chunks[i] = chunk;
    return chunk;
  }

  /** The offset that {@link #from} takes as that of a scratch chunk, which a thread has alone. */
  static int lane(int thread) {
    return -1 - thread;
  }

  /** Makes so many scratch chunks, if there are fewer. */
  void reserve(int threads) {
    if (lanes.length < threads) {
      lanes = new float[threads][Optimizer.CHUNK];
    }
  }

  /** Copies numbers from {@code offset} on. */
  void read(int offset, float[] into, int at, int count) {
    for (int done = 0; done < count; ) {
      int from = (offset + done) % Optimizer.CHUNK;
      int part = Math.min(count - done, Optimizer.CHUNK - from);
      float[] chunk = chunks[(offset + done) / Optimizer.CHUNK];
      if (chunk == null) {
        Arrays.fill(into, at + done, at + done + part, start);
      } else {
        System.arraycopy(chunk, from, into, at + done, part);
      }
      done += part;
    }
  }

  /** Sets numbers from {@code offset} on. */
  void write(int offset, float[] given, int at, int count) {
    for (int done = 0; done < count; ) {
      int to = (offset + done) % Optimizer.CHUNK;
      int part = Math.min(count - done, Optimizer.CHUNK - to);
      System.arraycopy(given, at + done, chunk((offset + done) / Optimizer.CHUNK), to, part);
      done += part;
    }
  }

  /** Frees the chunks that lie within this stretch, whose numbers are now kept elsewhere. */
  void release(int offset, int count) {
    int end = offset + count;
    for (int i = (offset + Optimizer.CHUNK - 1) / Optimizer.CHUNK;
        i < chunks.length && Math.min(size, (i + 1L) * Optimizer.CHUNK) <= end;
        i++) {
      chunks[i] = null;
    }
  }

  /** One number. */
  float get(int index) {
    return chunk(index / Optimizer.CHUNK)[index % Optimizer.CHUNK];
  }

  /** Moves one number by that share towards {@code target} and gives it. */
  float move(int index, double share, double target) {
    float[] chunk = chunk(index / Optimizer.CHUNK);
    int i = index % Optimizer.CHUNK;
    chunk[i] = (float) (chunk[i] + share * (target - chunk[i]));
    return chunk[i];
  }

  /** Copies the numbers of a contiguous vector. */
  void set(float[] all) {
    write(0, all, 0, size);
  }

  /** A contiguous copy. */
  float[] whole() {
    float[] all = new float[size];
    read(0, all, 0, size);
    return all;
  }
}
