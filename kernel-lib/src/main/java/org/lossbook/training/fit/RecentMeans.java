package org.lossbook.training.fit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recent values of the figures, for the curves of a live display. The figures of an epoch are means
 * from its beginning on: they hide how steep the start was, and jump where the next epoch begins.
 * Of late is since the last picture, a little smoothed; of an epoch without a picture, the whole of
 * it.
 */
final class RecentMeans {
  private static final double NEWEST = 0.4; // its share: about three pictures count

  private final Map<String, Double> smoothed = new HashMap<>();
  private Map<String, Double> before = Map.of();
  private long samples;

  /**
   * Figures in the middle of an epoch, those that are means taken of late.
   *
   * @param all the samples of the epoch so far
   * @param means which figures are means over them
   */
  Map<String, Double> during(long all, List<String> means, Map<String, Double> figures) {
    var recent = new LinkedHashMap<>(figures);
    for (String name : means) {
      double mean = figures.get(name);
      double sum = samples == 0 ? 0 : before.get(name) * samples;
      double since = all > samples ? (mean * all - sum) / (all - samples) : mean;
      recent.put(name, smoothed.merge(name, since, (old, now) -> old + NEWEST * (now - old)));
    }
    before = figures;
    samples = all;
    return recent;
  }

  /** Figures at an epoch's end; the next one begins anew. */
  Map<String, Double> atEnd(long all, List<String> means, Map<String, Double> figures) {
    if (samples == 0) {
      means.forEach(name -> smoothed.put(name, figures.get(name)));
      return figures;
    }
    Map<String, Double> recent = during(all, means, figures);
    before = Map.of();
    samples = 0;
    return recent;
  }
}
