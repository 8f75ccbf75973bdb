package org.lossbook.engine;

import java.util.Optional;

/**
 * What attention does not see: masks with 0 for what is hidden, and any other number for the rest.
 *
 * @param queries {@code [t]}: hides all keys from a query
 * @param keys {@code [s]}: hides a key from all queries
 * @param pairs {@code [t, s]}, or {@code [h, t, s]} for each head: hides a key from a query
 */
public record AttentionMasks(
    Optional<Tensor> queries, Optional<Tensor> keys, Optional<Tensor> pairs) {
  /** Masks of queries and keys. */
  public static AttentionMasks of(Optional<Tensor> queries, Optional<Tensor> keys) {
    return new AttentionMasks(queries, keys, Optional.empty());
  }
}
