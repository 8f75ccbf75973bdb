package org.lossbook.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Gaussian noise: adds normal numbers of mean 0; the gradient passes unchanged. */
final class GaussianNoise extends RandomOp {
  private final double stddev;

  GaussianNoise(GraphNode x, double stddev, int place) {
    super(x, place);
    this.stddev = stddev;
  }

  @Override
  void addForwardSteps(PlanBuilder builder) {
    // In the user's order, because a layout's padding must stay zero.
    memory noise = drawn(builder, Formats.channelsLast(x().dims()));
    output.value = builder.binary(builder.forward, dnnl.algorithm.binary_add, noise, x().value);
  }

  @Override
  memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    return needed ? diffDst : null;
  }

  @Override
  void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = (float) (stddev * random.nextGaussian());
    }
  }
}
