package org.lossbook.metric.ranking;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.RowMetric;

/**
 * Hit rate at k: the share of samples with a relevant item among the {@code k} with the highest
 * scores, 10 by default: \(\frac{1}{n}\sum_i [r_i \le k]\), where \(r_i\) is the place of the first
 * relevant item. A row of truth says how relevant each item is, 0 for not at all; a row of scores
 * ranks them. Items with the same score as a relevant one come before it, and samples without a
 * relevant item are left out.
 *
 * <p>Deshpande and Karypis 2004, <i>Item-based top-N recommendation algorithms</i>.
 *
 * <pre>{@code
 * hitRate(2).of(matrix(row(0, 0, 1), row(1, 0, 0)), matrix(row(0.9, 0.2, 0.4), row(0.1, 0.8, 0.7)))   // 0.5
 * }</pre>
 *
 * @question Is there anything right among the first k?
 * @use For recommendations: was there anything for me on the first page?
 * @avoid Where the order within the first k counts: {@link Ndcg} sees it.
 */
public record HitRate(int k) implements Metric, RowMetric {

  /** Checks that k is a number of items. */
  public HitRate {
    Decision.checkK("hitRate", k);
  }

  /** Among the first 10. */
  public static HitRate hitRate() {
    return new HitRate(10);
  }

  /** Among the first {@code other}. */
  public HitRate k(int other) {
    return new HitRate(other);
  }

  @Override
  public String name() {
    return "hit_rate";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    return new RankedItems("hitRate", k, targets, outputs) {
      @Override
      double of(Row row) {
        return row.firstRank() <= k() ? 1 : 0;
      }

      @Override
      String words(Row row) {
        int rank = row.firstRank();
        return Messages.of(
            "first relevant item at place %d, %s %d", rank, rank <= k() ? "≤" : ">", k());
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.ours("HitRate").with("k", k));
  }

  static HitRate from(Settings settings) {
    return new HitRate(settings.integer("k", 10));
  }
}
