package org.lossbook.plot.explorer;

import java.util.List;
import java.util.Map;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;

/**
 * The scores of attention to play with: choose a head and a word, and see at which words it looks.
 * Where scripts do not run, a static image takes its place.
 *
 * @param scores {@code scores[head][query][key]}
 * @param queries the words that look
 * @param keys the words that are looked at
 * @param still the static image for pages without scripts
 * @param text for a terminal
 */
public record AttentionExplorer(
    double[][][] scores, List<String> queries, List<String> keys, Figure still, String text)
    implements Renderable {
  private static final double FINE = 1e4;

  /** Copies the lists. */
  public AttentionExplorer {
    queries = List.copyOf(queries);
    keys = List.copyOf(keys);
  }

  /** HTML as {@code text/html}, and the static image as {@code image/png}. */
  @Override
  public Map<String, String> mimeBundle() {
    double[][][] rounded = new double[scores.length][queries.size()][keys.size()];
    for (int h = 0; h < scores.length; h++) {
      for (int q = 0; q < queries.size(); q++) {
        for (int k = 0; k < keys.size(); k++) {
          rounded[h][q][k] = Math.round(scores[h][q][k] * FINE) / FINE;
        }
      }
    }
    Data data = new Data().with("scores", rounded).with("queries", queries).with("keys", keys);
    return Shell.mimeBundle("attention", data, still);
  }

  /** The scores as text, for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
