package org.lossbook.engine.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * Multiplies by a mask of zeros and 1 / (1 − rate). The mask is a hash of seed, run and place, so
 * it does not depend on how many threads there are or on what was drawn before.
 */
final class Dropout extends Unary {
  private static final int CHUNK = 4096;
  private final double rate;
  private final int place;
  private memory mask;
  private FloatBuffer numbers;
  private final float[] chunk = new float[CHUNK];

  /**
   * @param place tells this dropout from the others of its graph
   */
  Dropout(Node x, double rate, int place) {
    super(x);
    this.rate = rate;
    this.place = place;
  }

  @Override
  void forward(Program program) {
    memory.desc layout = x().value.get_desc();
    mask = program.memory(layout);
    numbers = Formats.numbers(mask);
    program.draws.add(this);
    output.value = program.binary(program.forward, dnnl.algorithm.binary_mul, mask, x().value);
  }

  @Override
  memory backward(Program program, memory diffDst, boolean needed) {
    return needed
        ? program.binary(program.backward, dnnl.algorithm.binary_mul, mask, diffDst)
        : null;
  }

  /** Draws the mask of one forward run. */
  void draw(long seed, long run) {
    int start = (int) mix(seed + 0x9E3779B97F4A7C15L * (run * 1024 + place + 1));
    // Of the hash's 24 upper bits, those below the threshold drop their number.
    int threshold = (int) Math.round(rate * (1 << 24));
    float scale = (float) (1 / (1 - rate));
    int size = numbers.capacity();
    for (int from = 0; from < size; from += CHUNK) {
      int count = Math.min(CHUNK, size - from);
      for (int i = 0; i < count; i++) {
        int h = start + (from + i) * 0x9E3779B9;
        h = (h ^ (h >>> 16)) * 0x85EBCA6B;
        h = (h ^ (h >>> 13)) * 0xC2B2AE35;
        h ^= h >>> 16;
        chunk[i] = (h >>> 8) < threshold ? 0 : scale;
      }
      numbers.put(from, chunk, 0, count);
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
