package org.lossbook.layer.attention;

import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.layer.LayerChecks;

/**
 * Grouped-query attention (Ainslie et al. 2023): as {@link MultiHeadAttention}, but several heads
 * of the query share a head of key and value, which makes keys and values smaller. {@code [t, n],
 * [s, m] -> [t, n]}
 *
 * <pre>{@code
 * groupedQueryAttention(16, 8, 2).causal().of(input(5, 8))    // eight heads ask, two are asked
 * }</pre>
 *
 * <p>Parameters, by default with biases: query/kernel {@code [n, queryHeads, headDim]}, key/kernel
 * and value/kernel {@code [m, keyValueHeads, headDim]}, attention_output/kernel {@code [queryHeads,
 * headDim, n]}, initially Glorot uniform.
 *
 * @question How can many heads share keys and values?
 * @use To generate text with a small cache of keys and values.
 * @avoid When quality matters more than memory: {@link MultiHeadAttention}.
 */
public final class GroupedQueryAttention extends HeadedAttention<GroupedQueryAttention> {
  private final int headDim;
  private final int queryHeads;
  private final int keyValueHeads;

  /**
   * @param headDim the numbers of a query, a key and a value in each head
   * @param queryHeads how many heads ask
   * @param keyValueHeads how many are asked, a divisor of those that ask
   */
  public GroupedQueryAttention(int headDim, int queryHeads, int keyValueHeads) {
    this.headDim = LayerChecks.requirePositive("grouped_query_attention", "a head's size", headDim);
    this.queryHeads =
        LayerChecks.requirePositive("grouped_query_attention", "query heads", queryHeads);
    this.keyValueHeads =
        LayerChecks.requirePositive(
            "grouped_query_attention", "key and value heads", keyValueHeads);
    if (queryHeads % keyValueHeads != 0) {
      throw Messages.wrong(
          "grouped_query_attention expects as many query heads for each head of key and value but"
              + " receives %d for %d: write groupedQueryAttention(%d, %d, %d).",
          queryHeads,
          keyValueHeads,
          headDim,
          keyValueHeads * Math.max(1, queryHeads / keyValueHeads),
          keyValueHeads);
    }
  }

  @Override
  public String kind() {
    return "grouped_query_attention";
  }

  @Override
  int queryHeads() {
    return queryHeads;
  }

  @Override
  int keyHeads() {
    return keyValueHeads;
  }

  @Override
  int keySize() {
    return headDim;
  }

  @Override
  int valueSize() {
    return headDim;
  }

  @Override
  int[] outputFeatures(int queryFeatures) {
    return new int[] {queryFeatures};
  }

  @Override
  String groupOf(Projection projection) {
    return "_" + projection.group();
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    Sequences<int[]> all = Sequences.ofShapes(kind(), inputShapes);
    if (all.query().length != 2 || all.value().length != 2) {
      throw Messages.wrong(
          "grouped_query_attention expects sequences [batch, steps, features] but receives %s and"
              + " %s: reshape them before it.",
          LayerChecks.batched(all.query()), LayerChecks.batched(all.value()));
    }
    if (all.query()[1] != all.value()[1]) {
      throw Messages.wrong(
          "grouped_query_attention expects a query and a value of as many features but receives"
              + " %s and %s: put dense(%d) before the value.",
          LayerChecks.batched(all.query()), LayerChecks.batched(all.value()), all.query()[1]);
    }
    return super.outputOf(inputShapes);
  }

  @Override
  public String toString() {
    return Messages.of("grouped_query_attention(%d, %d, %d)", headDim, queryHeads, keyValueHeads);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        headsIn(
            Config.of("keras.layers", "GroupQueryAttention")
                .with("head_dim", headDim)
                .with("num_query_heads", queryHeads)
                .with("num_key_value_heads", keyValueHeads)));
  }

  static GroupedQueryAttention from(Settings settings) {
    GroupedQueryAttention layer =
        new GroupedQueryAttention(
            settings.integer("head_dim"),
            settings.integer("num_query_heads"),
            settings.integer("num_key_value_heads"));
    return layer.with(layer.headsFrom(settings));
  }
}
