package org.lossbook.engine.onednn.random;

import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.HashRandom;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * Alpha dropout: a · x' + b, x' the number itself or, where it is dropped, the lowest of a SELU; a
 * and b keep a mean of 0 and a variance of 1. With a mask of 0 and a that is mask · (x − lowest) +
 * (a · lowest + b).
 *
 * @hidden
 */
@Internal
public final class AlphaDropout extends Masked {
  private static final double LOWEST = -1.0507009873554805 * 1.6732632423543772;

  private final int threshold;
  private final double scale;
  private final double dropped;

  public AlphaDropout(GraphNode x, double rate, int place, int... drawnShape) {
    super(x, place, drawnShape);
    threshold = HashRandom.threshold(rate);
    scale = scale(rate);
    dropped = scale * LOWEST * (1 - rate);
  }

  /** a, the factor of numbers that are kept. */
  private static double scale(double rate) {
    return 1 / Math.sqrt((1 - rate) * (1 + rate * LOWEST * LOWEST));
  }

  @Override
  memory masked(PlanBuilder builder) {
    return builder.linear(builder.forward, x().value, 1, (float) -LOWEST);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    super.addForwardSteps(builder);
    output.value = builder.linear(builder.forward, output.value, 1, (float) dropped);
  }

  @Override
  public void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = random.drops(from + i, threshold) ? 0 : (float) scale;
    }
  }
}
