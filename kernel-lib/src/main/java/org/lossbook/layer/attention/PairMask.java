package org.lossbook.layer.attention;

import java.util.Arrays;
import org.lossbook.base.Messages;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;

/** A mask that is given beside what attends: which keys each query may see. */
final class PairMask {
  private PairMask() {}

  /**
   * Refuses a mask that does not fit.
   *
   * @param scores the shape of the weights of attention: heads, and all steps of both sides
   */
  static void check(String who, int[] mask, int... scores) {
    int pairs = scores.length - 1;
    boolean fits = mask.length == pairs || mask.length == scores.length;
    for (int i = 0; fits && i < mask.length; i++) {
      int wanted = scores[scores.length - mask.length + i];
      fits = mask[i] == 1 || mask[i] == wanted || mask[i] == Shapes.ANY || wanted == Shapes.ANY;
    }
    if (!fits) {
      int[] expected = Arrays.copyOfRange(scores, 1, scores.length);
      throw Messages.wrong(
          "%s expects a mask %s, for each query the keys that it sees, but receives %s: give one"
              + " number for each pair, 0 where it is hidden.",
          who, LayerChecks.batched(expected), LayerChecks.batched(mask));
    }
  }

  /** The mask for the engine, {@code [t, s]} or {@code [heads, t, s]}, 0 and 1. */
  static Tensor of(Graph graph, Tensor given, int queryAxes, int... scores) {
    Tensor mask = LayerValue.tensor(given);
    int[] own = mask.shape();
    boolean hasHeads = own.length == scores.length && own[0] > 1;
    int[] one = new int[own.length + 1];
    System.arraycopy(own, 0, one, 0, own.length);
    one[own.length] = 1;
    Tensor seen = graph.differs(graph.reshape(mask, one), 0);
    int from = scores.length - own.length;
    int[] whole = new int[own.length];
    for (int i = 0; i < own.length; i++) {
      whole[i] = from + i == 0 && !hasHeads ? 1 : scores[from + i];
    }
    Tensor all =
        Arrays.equals(own, whole) ? seen : graph.broadcast(graph.reshape(seen, own), whole);
    int[] steps = steps(scores, queryAxes);
    return hasHeads
        ? graph.reshape(all, scores[0], steps[0], steps[1])
        : graph.reshape(all, steps[0], steps[1]);
  }

  /** How many steps a query and a value have, over all their axes. */
  private static int[] steps(int[] scores, int axes) {
    int queries = 1;
    int keys = 1;
    for (int i = 0; i < axes; i++) {
      queries *= scores[1 + i];
    }
    for (int i = 1 + axes; i < scores.length; i++) {
      keys *= scores[i];
    }
    return new int[] {queries, keys};
  }
}
