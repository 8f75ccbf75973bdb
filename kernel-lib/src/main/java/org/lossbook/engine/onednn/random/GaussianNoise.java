package org.lossbook.engine.onednn.random;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.HashRandom;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.RandomOp;

/**
 * Gaussian noise: adds normal numbers of mean 0; the gradient passes unchanged.
 *
 * @hidden
 */
@Internal
public final class GaussianNoise extends RandomOp {
  private final double stddev;

  public GaussianNoise(GraphNode x, double stddev, int place) {
    super(x, place);
    this.stddev = stddev;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    // In the user's order, because a layout's padding must stay zero.
    memory noise = drawn(builder, Formats.channelsLast(x().dims()));
    output.value = builder.binary(builder.forward, dnnl.algorithm.binary_add, noise, x().value);
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed ? diffDst : null;
  }

  @Override
  public void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = (float) (stddev * random.nextGaussian());
    }
  }
}
