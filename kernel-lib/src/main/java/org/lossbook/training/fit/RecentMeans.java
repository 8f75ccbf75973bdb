package org.lossbook.training.fit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recent means of the figures, for the live learning curves. The figures of an epoch are means
 * since its beginning: they hide how steep the start was, and jump when the next epoch begins. A
 * recent mean is taken since the last update and slightly smoothed, or over the whole epoch if that
 * had no update.
 */
final class RecentMeans {
  private static final double NEWEST = 0.4; // its weight: about three updates count

  private final Map<String, Double> smoothed = new HashMap<>();
  private Map<String, Double> before = Map.of();
  private long samples;

  /**
   * The figures in the middle of an epoch, with recent means.
   *
   * @param all the number of samples of the epoch so far
   * @param means the names of the figures that are means over samples
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

  /** The figures at the end of an epoch; the next one starts afresh. */
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
