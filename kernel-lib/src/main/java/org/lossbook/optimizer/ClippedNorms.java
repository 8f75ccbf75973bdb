package org.lossbook.optimizer;

import java.util.Arrays;
import org.lossbook.config.Require;

/**
 * Gradient clipping by norm: scales down gradients whose norm is above an optimizer's limit. A norm
 * is known only once all its numbers have been seen, so it takes a pass of its own before the
 * update, and none where nothing is clipped by norm. Allocates nothing.
 *
 * <p>{@link #begin()}, {@link #add} each chunk, {@link #end()}, and then {@link #shorten} each
 * chunk before its update; or {@link #clip} where there is one chunk alone.
 */
public final class ClippedNorms {
  private final boolean areNeeded;
  private final double limit;
  private final int[] ends;
  private final double[] squares;
  private final float[] scales;

  ClippedNorms(Clipping clipping, int... sizes) {
    areNeeded = clipping.isByNorm();
    limit = clipping.limit();
    int[] each =
        Require.given(sizes, "over", "the sizes of parameters", "over(784, 10) has two").clone();
    Arrays.parallelPrefix(each, Integer::sum);
    boolean together = clipping.kind() == Clipping.Kind.GLOBAL_NORM && each.length > 0;
    ends = together ? new int[] {each[each.length - 1]} : each;
    squares = new double[ends.length];
    scales = new float[ends.length];
  }

  /** All of it at once, for gradients in one array. */
  public void clip(float[] gradients) {
    if (areNeeded) {
      begin();
      add(gradients, 0, gradients.length);
      end();
      shorten(gradients, 0, gradients.length);
    }
  }

  /** Whether norms are needed at all. */
  public boolean areNeeded() {
    return areNeeded;
  }

  /** Forgets the norms of the previous step. */
  public void begin() {
    Arrays.fill(squares, 0);
  }

  /** Adds a chunk's gradients to the norms. */
  public void add(float[] gradients, int offset, int count) {
    int start = 0;
    for (int p = 0; p < ends.length; p++) {
      int from = Math.max(0, start - offset);
      int to = Math.min(count, ends[p] - offset);
      if (from < to) {
        squares[p] += squares(gradients, from, to);
      }
      start = ends[p];
    }
  }

  static double squares(float[] g, int from, int to) {
    double a = 0;
    double b = 0;
    int i = from;
    for (; i < to - 1; i += 2) { // two sums, so that one need not wait for the other
      a += (double) g[i] * g[i];
      b += (double) g[i + 1] * g[i + 1];
    }
    return i < to ? a + b + (double) g[i] * g[i] : a + b;
  }

  /** Computes the scales once all chunks have been added. */
  public void end() {
    for (int p = 0; p < ends.length; p++) {
      double length = Math.sqrt(squares[p]);
      // As in Keras: longer gradients get the limit's norm; a norm that is NaN or infinite gives
      // NaN.
      scales[p] = length <= limit ? 1 : (float) (limit / length + (length - length));
    }
  }

  /** Scales down a chunk's gradients where their norm is above the limit. */
  public void shorten(float[] gradients, int offset, int count) {
    if (!areNeeded) {
      return;
    }
    int start = 0;
    for (int p = 0; p < ends.length; p++) {
      float scale = scales[p];
      if (scale != 1) {
        int to = Math.min(count, ends[p] - offset);
        for (int i = Math.max(0, start - offset); i < to; i++) {
          gradients[i] *= scale;
        }
      }
      start = ends[p];
    }
  }
}
