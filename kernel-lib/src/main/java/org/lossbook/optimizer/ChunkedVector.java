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

  /** The chunk that begins with number {@code offset}. */
  float[] from(int offset) {
    return chunks[offset / Optimizer.CHUNK];
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
