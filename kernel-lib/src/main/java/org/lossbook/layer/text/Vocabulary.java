package org.lossbook.layer.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a lookup knows of tokens: those of its vocabulary, the most frequent first, and, where they
 * were counted, in how many of how many samples each occurs.
 *
 * @param samples in how many samples each token occurs; empty unless they were counted
 * @param size how many samples there were
 * @param idfs given inverse document frequencies, for special tokens too or for these alone; may be
 *     empty
 * @param isCounted whether it was counted in samples, so that it may be cut to the most frequent
 */
record Vocabulary<T>(
    List<T> tokens, List<Integer> samples, int size, List<Float> idfs, boolean isCounted) {
  private static final class Count<T> {
    final T token;
    long all;
    int samples;
    int lastSample = -1;

    Count(T token) {
      this.token = token;
    }
  }

  /** A vocabulary that was given. */
  static <T> Vocabulary<T> of(List<T> tokens) {
    return new Vocabulary<>(List.copyOf(tokens), List.of(), 0, List.of(), false);
  }

  /** The same with these inverse document frequencies. */
  Vocabulary<T> withIdfs(List<Float> given) {
    return new Vocabulary<>(tokens, samples, size, List.copyOf(given), isCounted);
  }

  /**
   * Counts tokens and orders them as Keras does: by how often they occur, ties by the tokens
   * themselves, both descending.
   *
   * @param special tokens that are not counted
   */
  static <T> Vocabulary<T> counted(
      List<? extends Collection<T>> samples, Set<T> special, Comparator<T> order) {
    Map<T, Count<T>> counts = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      for (T token : samples.get(i)) {
        Count<T> count = counts.computeIfAbsent(token, Count::new);
        count.all++;
        count.samples += count.lastSample == i ? 0 : 1;
        count.lastSample = i;
      }
    }
    counts.keySet().removeAll(special);
    List<Count<T>> sorted = new ArrayList<>(counts.values());
    sorted.sort(
        Comparator.<Count<T>>comparingLong(count -> count.all)
            .thenComparing(count -> count.token, order)
            .reversed());
    return new Vocabulary<>(
        sorted.stream().map(count -> count.token).toList(),
        sorted.stream().map(count -> count.samples).toList(),
        samples.size(),
        List.of(),
        true);
  }

  /** A token that occurs twice in a given list, if any. */
  static <T> List<T> repeated(List<T> tokens) {
    Set<T> met = new HashSet<>();
    return tokens.stream().filter(token -> !met.add(token)).limit(1).toList();
  }

  /**
   * The inverse document frequencies of the first tokens, log(1 + n / (1 + samples with the
   * token)), behind their mean for each special token.
   *
   * @param special how many special tokens stand in front
   * @param length of the array, with zeros at its end
   */
  float[] idfs(int count, int special, int length) {
    float[] known = new float[count];
    boolean areGiven = !idfs.isEmpty();
    if (areGiven && idfs.size() == special + count) {
      float[] all = new float[length];
      for (int i = 0; i < idfs.size(); i++) {
        all[i] = idfs.get(i);
      }
      return all;
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      known[i] =
          areGiven ? idfs.get(i) : (float) Math.log(1 + (double) size / (1 + samples.get(i)));
      sum += known[i];
    }
    float[] all = new float[length];
    Arrays.fill(all, 0, special, (float) (sum / count));
    System.arraycopy(known, 0, all, special, count);
    return all;
  }
}
