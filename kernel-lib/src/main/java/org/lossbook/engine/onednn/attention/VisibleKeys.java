package org.lossbook.engine.onednn.attention;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.lossbook.engine.Attention;

/**
 * Which keys each query may see: hides the scores of the others before a softmax, and says which
 * queries see none.
 */
final class VisibleKeys {
  /** The score of a hidden key, so far below any other that its weight is 0. */
  private static final float HIDDEN = -1e30f;

  private final Attention how;
  private final int queries;
  private final int keys;
  private final FloatBuffer queryMask;
  private final FloatBuffer keyMask;
  private final float[] seen;
  private final float[] row;
  private final boolean[] isBlind;

  /**
   * @param queryMask 0 for a query that sees no key; may have no numbers, for none
   * @param keyMask 0 for a key that no query sees; likewise
   */
  VisibleKeys(
      Attention how,
      int samples,
      int queries,
      int keys,
      FloatBuffer queryMask,
      FloatBuffer keyMask) {
    this.how = how;
    this.queries = queries;
    this.keys = keys;
    this.queryMask = queryMask;
    this.keyMask = keyMask;
    seen = new float[keys];
    row = new float[keys];
    isBlind = new boolean[samples * queries];
  }

  /** Hides scores of samples, {@code [heads, queries, keys]} each, in place. */
  void hide(FloatBuffer scores, int firstSample, int samples) {
    int heads = how.heads();
    for (int sample = firstSample; sample < firstSample + samples; sample++) {
      boolean isKeyMasked = loadKeys(sample);
      int start = (sample - firstSample) * heads * queries * keys;
      for (int t = 0; t < queries; t++) {
        int from = how.from(t);
        int to = how.to(t, keys);
        boolean isBlindHere = isQueryHidden(sample, t) || !seesAny(from, to, isKeyMasked);
        isBlind[sample * queries + t] = isBlindHere;
        if (!isBlindHere && (isKeyMasked || from > 0 || to < keys)) {
          for (int head = 0; head < heads; head++) {
            hide(scores, start + (head * queries + t) * keys, from, to, isKeyMasked);
          }
        }
      }
    }
  }

  private boolean loadKeys(int sample) {
    if (keyMask.capacity() == 0) {
      return false;
    }
    keyMask.get(sample * keys, seen);
    for (float each : seen) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isQueryHidden(int sample, int t) {
    return queryMask.capacity() > 0 && queryMask.get(sample * queries + t) == 0;
  }

  private boolean seesAny(int from, int to, boolean isKeyMasked) {
    boolean sees = !isKeyMasked && from < to;
    for (int s = from; s < to && !sees; s++) {
      sees = seen[s] != 0;
    }
    return sees;
  }

  private void hide(FloatBuffer scores, int start, int from, int to, boolean isKeyMasked) {
    scores.get(start, row);
    Arrays.fill(row, 0, from, HIDDEN);
    Arrays.fill(row, to, keys, HIDDEN);
    if (isKeyMasked) {
      for (int s = from; s < to; s++) {
        row[s] = seen[s] == 0 ? HIDDEN : row[s];
      }
    }
    scores.put(start, row);
  }

  /** Sets the weights of queries that see no key, once the keys were hidden. */
  void settle(FloatBuffer weights, int firstSample, int samples) {
    fill(weights, firstSample, samples, how.zeroed() ? 0 : 1f / keys);
  }

  /** Sets the gradients of their scores, which change nothing, to 0. */
  void zero(FloatBuffer gradients, int firstSample, int samples) {
    if (!how.zeroed()) { // else their weights are 0, and the gradients with them
      fill(gradients, firstSample, samples, 0);
    }
  }

  private void fill(FloatBuffer rows, int firstSample, int samples, float value) {
    Arrays.fill(row, value);
    for (int sample = 0; sample < samples; sample++) {
      for (int t = 0; t < queries; t++) {
        if (isBlind[(firstSample + sample) * queries + t]) {
          for (int head = 0; head < how.heads(); head++) {
            rows.put(((sample * how.heads() + head) * queries + t) * keys, row);
          }
        }
      }
    }
  }
}
