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
  private final FloatBuffer pairMask;
  private final int pairHeads;
  private final float[] known;
  private final float[] seen;
  private final float[] row;
  private final boolean[] isBlind;

  /**
   * @param queryMask 0 for a query that sees no key; may have no numbers, for none
   * @param keyMask 0 for a key that no query sees; likewise
   * @param pairMask 0 for a key that a query does not see, for all heads or for each; likewise
   */
  VisibleKeys(
      Attention how,
      int samples,
      int queries,
      int keys,
      FloatBuffer queryMask,
      FloatBuffer keyMask,
      FloatBuffer pairMask) {
    this.how = how;
    this.queries = queries;
    this.keys = keys;
    this.queryMask = queryMask;
    this.keyMask = keyMask;
    this.pairMask = pairMask;
    pairHeads = pairMask.capacity() / (samples * queries * keys);
    known = new float[keys];
    seen = new float[keys];
    row = new float[keys];
    isBlind = new boolean[samples * Math.max(1, pairHeads) * queries];
  }

  /** Hides scores of samples, {@code [heads, queries, keys]} each, in place. */
  void hide(FloatBuffer scores, int firstSample, int samples) {
    int rules = Math.max(1, pairHeads); // one for all heads, or one for each
    for (int sample = firstSample; sample < firstSample + samples; sample++) {
      boolean isKeyMasked = loadKeys(sample);
      for (int rule = 0; rule < rules; rule++) {
        for (int t = 0; t < queries; t++) {
          boolean isMasked = loadPairs(sample, rule, t) || isKeyMasked;
          int from = how.from(t);
          int to = how.to(t, keys);
          boolean isBlindHere = isQueryHidden(sample, t) || !seesAny(from, to, isMasked);
          isBlind[(sample * rules + rule) * queries + t] = isBlindHere;
          if (!isBlindHere && (isMasked || from > 0 || to < keys)) {
            int end = rules == 1 ? how.heads() : rule + 1;
            for (int head = rule; head < end; head++) {
              int place = (sample - firstSample) * how.heads() + head;
              hide(scores, (place * queries + t) * keys, from, to, isMasked);
            }
          }
        }
      }
    }
  }

  private boolean loadKeys(int sample) {
    if (keyMask.capacity() == 0) {
      return false;
    }
    keyMask.get(sample * keys, known);
    System.arraycopy(known, 0, seen, 0, keys);
    return hidesAny(known);
  }

  /** What a query sees of the keys; whether the mask of pairs hides any. */
  private boolean loadPairs(int sample, int rule, int t) {
    if (pairHeads == 0) {
      return false;
    }
    pairMask.get(((sample * pairHeads + rule) * queries + t) * keys, seen);
    boolean hides = hidesAny(seen);
    if (keyMask.capacity() > 0) {
      for (int s = 0; s < keys; s++) {
        seen[s] = known[s] == 0 ? 0 : seen[s];
      }
    }
    return hides;
  }

  private static boolean hidesAny(float... mask) {
    for (float each : mask) {
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
    int rules = Math.max(1, pairHeads);
    for (int sample = 0; sample < samples; sample++) {
      for (int head = 0; head < how.heads(); head++) {
        int rule = (firstSample + sample) * rules + (rules == 1 ? 0 : head);
        for (int t = 0; t < queries; t++) {
          if (isBlind[rule * queries + t]) {
            rows.put(((sample * how.heads() + head) * queries + t) * keys, row);
          }
        }
      }
    }
  }
}
