package org.lossbook.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.AttentionGrid;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.AttentionExplorer;

/**
 * Who looks at whom: the scores of an attention layer, with a word for each step.
 *
 * <pre>{@code
 * attentionMap(scores, "the cat sat")             // head 1 as a picture
 * attentionMap(scores, "the cat sat").plot(2)     // head 2
 * attentionMap(scores, "the cat sat").explore()   // choose the head and the word
 * }</pre>
 *
 * <p>The scores are those of one sample, {@code [heads, t, s]}, or {@code [t, s]} of a layer
 * without heads; a batch of one, {@code [1, heads, t, s]}, is fine too. A layer gives them as its
 * second output: {@code multiHeadAttention(2, 4).returnScores()}.
 */
public final class AttentionMap implements Renderable {
  private static final int MOST_WORDS = 32;
  private static final String FIX =
      "write attentionMap(scores, \"the cat sat\"), with a word for each step";

  private final double[][][] scores;
  private final List<String> queries;
  private final List<String> keys;

  private AttentionMap(double[][][] scores, List<String> queries, List<String> keys) {
    this.scores = scores;
    this.queries = queries;
    this.keys = keys;
  }

  /**
   * The map of these scores.
   *
   * @param queries the words that look, between spaces
   * @param keys the words that are looked at, between spaces
   * @throws IllegalArgumentException where the words are not as many as the steps, or more than 32
   */
  public static AttentionMap of(Object scores, String queries, String keys) {
    Values values = Values.of("attentionMap", scores);
    List<String> looking = words(queries);
    List<String> seen = words(keys);
    int[] shape = values.shape();
    int rank = shape.length;
    boolean isOfOne = rank == 2 || rank == 3 || rank == 4 && shape[0] == 1;
    if (!isOfOne || shape[rank - 2] != looking.size() || shape[rank - 1] != seen.size()) {
      throw Messages.wrong(
          "attentionMap expects the scores of one sample, [heads, %d, %d] for these words, but receives %s: %s.",
          looking.size(), seen.size(), Arrays.toString(shape), FIX);
    }
    if (Math.max(looking.size(), seen.size()) > MOST_WORDS) {
      throw Messages.wrong(
          "attentionMap expects at most %d words, so that they can be read, but receives %d: take a shorter text.",
          MOST_WORDS, Math.max(looking.size(), seen.size()));
    }
    double[] flat = values.toDoubles();
    int heads = rank == 2 ? 1 : shape[rank - 3];
    double[][][] all = new double[heads][looking.size()][seen.size()];
    for (int i = 0; i < flat.length; i++) {
      int row = i / seen.size();
      if (!(flat[i] >= 0 && flat[i] <= 1 + 1e-4)) {
        throw Messages.wrong(
            "attentionMap expects scores between 0 and 1, behind softmax, but receives %s: take them from a layer with returnScores().",
            flat[i]);
      }
      all[row / looking.size()][row % looking.size()][i % seen.size()] = flat[i];
    }
    return new AttentionMap(all, looking, seen);
  }

  private static List<String> words(String text) {
    String given = Require.given(text, "attentionMap", "words", FIX).strip();
    if (given.isEmpty()) {
      throw Messages.wrong("attentionMap expects words but receives an empty text: %s.", FIX);
    }
    return List.of(given.split("\\s+"));
  }

  /** The first head: a row for each word that looks, a column for each that is looked at. */
  public Figure plot() {
    return plot(1);
  }

  /**
   * A head, counted from 1.
   *
   * @throws IllegalArgumentException where there is no such head
   */
  public Figure plot(int head) {
    if (head < 1 || head > scores.length) {
      throw Messages.wrong(
          "plot expects a head from 1 to %d but receives %d: write plot(1).", scores.length, head);
    }
    String title = Messages.of("Head %d: who looks at whom", head);
    return new AttentionGrid(title, queries, keys, scores[head - 1]).figure();
  }

  /**
   * The scores to play with: choose a head and a word, and see where it looks, also in a saved
   * notebook and without a kernel.
   */
  public AttentionExplorer explore() {
    return new AttentionExplorer(scores, queries, keys, plot(), toString());
  }

  /** The first head's picture. */
  @Override
  public Map<String, String> mimeBundle() {
    return plot().mimeBundle();
  }

  /** At which word each looks most, head by head. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int h = 0; h < scores.length; h++) {
      for (int q = 0; q < queries.size(); q++) {
        int most = 0;
        for (int k = 1; k < keys.size(); k++) {
          most = scores[h][q][k] > scores[h][q][most] ? k : most;
        }
        text.append(
            Messages.of(
                "head %d: %s looks most at %s, %.2f%n",
                h + 1, queries.get(q), keys.get(most), scores[h][q][most]));
      }
    }
    return text.toString().replace("\r", "").stripTrailing();
  }
}
