package org.lossbook.optimizer;

import java.util.Arrays;

/**
 * One vector of an optimizer's state, with one array for each chunk of the weights. This way
 * weights, gradients and state share one index in the inner loop, without which the JIT does not
 * vectorise it: an offset in half of the indices more than doubles the time.
 */
final class ChunkedVector {
  private final int size;
  private final float[][] chunks;

  /** Scratch chunks behind those of the vector, for rows that are moved out of their order. */
  private float[][] lanes = {};

  private int touched; // so that the compiler does not leave the reading out

  /** Filled with {@code first}. */
  ChunkedVector(int size, float first) {
    this.size = size;
    chunks = new float[(int) ((size + Optimizer.CHUNK - 1L) / Optimizer.CHUNK)][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new float[Math.min(Optimizer.CHUNK, size - i * Optimizer.CHUNK)];
      Arrays.fill(chunks[i], first);
    }
  }

  /** How many numbers it has. */
  int size() {
    return size;
  }

  /** The chunk that begins with number {@code offset}, or a scratch chunk, {@link #lane}. */
  float[] from(int offset) {
    return offset < 0 ? lanes[-1 - offset] : chunks[offset / Optimizer.CHUNK];
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

  /** Copies rows to a scratch chunk, one after the other. */
  void gather(int[] starts, int first, int count, int width, int thread) {
    float[] into = lanes[thread];
    touched = touch(starts, first, count, width);
    for (int i = 0, at = 0; i < count; i++, at += width) {
      int start = starts[first + i];
      float[] chunk = chunks[start / Optimizer.CHUNK];
      int from = start % Optimizer.CHUNK;
      if (from + width <= chunk.length) {
        System.arraycopy(chunk, from, into, at, width);
      } else {
        for (int k = 0; k < width; k++) {
          into[at + k] = get(start + k);
        }
      }
    }
  }

  /**
   * Reads each row's ends, so that the processor waits for many rows of a large table at a time.
   */
  private int touch(int[] starts, int first, int count, int width) {
    int bits = 0;
    for (int i = first; i < first + count; i++) {
      bits ^= Float.floatToRawIntBits(get(starts[i]));
      bits ^= Float.floatToRawIntBits(get(starts[i] + width - 1));
    }
    return bits;
  }

  /** Copies the rows back. */
  void scatter(int[] starts, int first, int count, int width, int thread) {
    float[] from = lanes[thread];
    for (int i = 0, at = 0; i < count; i++, at += width) {
      int start = starts[first + i];
      float[] chunk = chunks[start / Optimizer.CHUNK];
      int to = start % Optimizer.CHUNK;
      if (to + width <= chunk.length) {
        System.arraycopy(from, at, chunk, to, width);
      } else {
        for (int k = 0; k < width; k++) {
          chunks[(start + k) / Optimizer.CHUNK][(start + k) % Optimizer.CHUNK] = from[at + k];
        }
      }
    }
  }

  /** One number. */
  float get(int index) {
    return chunks[index / Optimizer.CHUNK][index % Optimizer.CHUNK];
  }

  /** Moves one number by that share towards {@code target} and gives it. */
  float move(int index, double share, double target) {
    float[] chunk = chunks[index / Optimizer.CHUNK];
    int i = index % Optimizer.CHUNK;
    chunk[i] = (float) (chunk[i] + share * (target - chunk[i]));
    return chunk[i];
  }

  /** Copies the numbers of a contiguous vector. */
  void set(float[] all) {
    for (int i = 0; i < chunks.length; i++) {
      System.arraycopy(all, i * Optimizer.CHUNK, chunks[i], 0, chunks[i].length);
    }
  }

  /** A contiguous copy. */
  float[] whole() {
    float[] all = new float[size];
    for (int i = 0; i < chunks.length; i++) {
      System.arraycopy(chunks[i], 0, all, i * Optimizer.CHUNK, chunks[i].length);
    }
    return all;
  }
}
