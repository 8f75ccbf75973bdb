package org.lossbook.engine.onednn.attention;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.engine.Attention;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * The masks of attention: numbers that are 0 for what is not seen.
 *
 * @param queries {@code [t]}: 0 for a query that sees no key
 * @param keys {@code [s]}: 0 for a key that no query sees
 * @param pairs {@code [t, s]} or {@code [h, t, s]}: 0 for a key that this query does not see
 * @hidden
 */
@Internal
public record MaskNodes(
    Optional<GraphNode> queries, Optional<GraphNode> keys, Optional<GraphNode> pairs) {
  /** With what they belong to, as the inputs of an operation. */
  GraphNode[] behind(GraphNode... first) {
    return Stream.concat(
            Stream.of(first), Stream.of(queries, keys, pairs).flatMap(Optional::stream))
        .toArray(GraphNode[]::new);
  }

  /** The rule for scores of so many queries and keys; empty where all is seen. */
  Optional<VisibleKeys> visible(
      PlanBuilder builder, Attention how, int batch, int steps, int length) {
    if (!how.isPartial() && queries.isEmpty() && keys.isEmpty() && pairs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new VisibleKeys(
            how,
            batch,
            steps,
            length,
            numbers(builder, queries),
            numbers(builder, keys),
            numbers(builder, pairs)));
  }

  /** The numbers of a mask; none where there is no mask. */
  private static FloatBuffer numbers(PlanBuilder builder, Optional<GraphNode> mask) {
    return mask.map(
            node -> Formats.numbers(Heads.plain(builder, builder.forward, node.value, node)))
        .orElseGet(() -> FloatBuffer.allocate(0));
  }
}
