package org.lossbook.metric.ranking;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Numbers;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.RowMetric;

/**
 * Normalized discounted cumulative gain (NDCG) at k: how relevant the first {@code k} items are, 10
 * by default, each place counting less than the one before, over what the best order would reach:
 * \(\frac{1}{n}\sum_i \frac{DCG_i}{IDCG_i}\) with \(DCG = \sum_{j=1}^{k} \frac{g_j}{\log_2(j+1)}\),
 * the relevance g of the item at place j. It goes from 0 to 1.
 *
 * <p>A row of truth says how relevant each item is, 0 for not at all, such as its rating; a row of
 * scores ranks them. Items with the same score share their gain, as in scikit-learn, and samples
 * without a relevant item are left out. Järvelin and Kekäläinen 2002, <i>Cumulated gain-based
 * evaluation of IR techniques</i>.
 *
 * <pre>{@code
 * ndcg(3).of(vector(3, 0, 2), vector(0.5, 0.9, 0.1))   // 0.679
 * }</pre>
 *
 * @question Is the best at the top of the list?
 * @use For lists whose top is read, such as results of a search.
 * @avoid For a single right answer: {@link MeanReciprocalRank} is easier to read.
 */
public record Ndcg(int k) implements Metric, RowMetric {

  /** Checks that k is a number of items. */
  public Ndcg {
    Decision.checkK("ndcg", k);
  }

  /** Of the first 10. */
  public static Ndcg ndcg() {
    return new Ndcg(10);
  }

  /** Of the first {@code other}. */
  public Ndcg k(int other) {
    return new Ndcg(other);
  }

  @Override
  public String name() {
    return "ndcg";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  private double gain(double[] relevance) {
    double sum = 0;
    for (int j = 0; j < Math.min(k, relevance.length); j++) {
      sum += relevance[j] * Math.log(2) / Math.log(j + 2.0);
    }
    return sum;
  }

  /** {@code 3/1 + 2/1.585}. */
  private String sum(double[] relevance) {
    String terms =
        IntStream.range(0, Math.min(k, relevance.length))
            .filter(j -> relevance[j] != 0)
            .mapToObj(
                j ->
                    Numbers.brief(relevance[j])
                        + "/"
                        + Numbers.brief((float) (Math.log(j + 2.0) / Math.log(2))))
            .collect(Collectors.joining(" + "));
    return terms.isEmpty() ? "0" : terms;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    return new RankedItems("ndcg", k, targets, outputs) {
      @Override
      double of(Row row) {
        return gain(row.inOrder()) / gain(row.atBest());
      }

      @Override
      String words(Row row) {
        return "(" + sum(row.inOrder()) + ") / (" + sum(row.atBest()) + ")";
      }
    };
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.ours("Ndcg").with("k", k));
  }

  static Ndcg from(Settings settings) {
    return new Ndcg(settings.integer("k", 10));
  }
}
