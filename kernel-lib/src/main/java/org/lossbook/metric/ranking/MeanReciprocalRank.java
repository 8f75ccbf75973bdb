package org.lossbook.metric.ranking;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.RowMetric;

/**
 * Mean reciprocal rank: one over the place of the first relevant item, \(\frac{1}{n}\sum_i
 * \frac{1}{r_i}\): 1 where it is first, ½ where it is second. A row of truth says how relevant each
 * item is, 0 for not at all; a row of scores ranks them. Items with the same score as a relevant
 * one come before it, and samples without a relevant item are left out.
 *
 * <p>Use it where one right answer is enough, such as for questions. Voorhees 1999, <i>The TREC-8
 * question answering track report</i>.
 *
 * <pre>{@code
 * meanReciprocalRank().of(matrix(row(0, 0, 1), row(1, 0, 0)), matrix(row(0.9, 0.2, 0.4), row(0.8, 0.1, 0.7)))   // 0.75
 * }</pre>
 *
 * @question How far down is the first right answer?
 * @avoid Where several items are relevant: only the first counts.
 */
public record MeanReciprocalRank() implements Metric, RowMetric {

  /** The mean reciprocal rank. */
  public static MeanReciprocalRank meanReciprocalRank() {
    return new MeanReciprocalRank();
  }

  @Override
  public String name() {
    return "mean_reciprocal_rank";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    return new RankedItems("meanReciprocalRank", 0, targets, outputs) {
      @Override
      double of(Row row) {
        return 1.0 / row.firstRank();
      }

      @Override
      String words(Row row) {
        return Messages.of(
            "first relevant item at place %d, 1/%d", row.firstRank(), row.firstRank());
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.ours("MeanReciprocalRank"));
  }

  static MeanReciprocalRank from(Settings settings) {
    return new MeanReciprocalRank();
  }
}
