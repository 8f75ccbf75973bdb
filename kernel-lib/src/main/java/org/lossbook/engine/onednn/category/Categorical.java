package org.lossbook.engine.onednn.category;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/** An operation whose values jump, so that its gradient is 0; it goes sample by sample. */
abstract class Categorical extends Unary {
  Categorical(GraphNode x) {
    super(x);
  }

  /** The output of one sample. */
  abstract void compute(float[] sample, float[] into);

  @Override
  public final void addForwardSteps(PlanBuilder builder) {
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.forward, x().value, Formats.channelsLast(x().dims())));
    output.value = builder.memory(Formats.channelsLast(output.dims()));
    FloatBuffer to = Formats.numbers(output.value);
    float[] sample = new float[x().size()];
    float[] into = new float[output.size()];
    int samples = output.graph.batch();
    builder.forward.add(
        stream -> {
          for (int i = 0; i < samples; i++) {
            from.get(i * sample.length, sample);
            compute(sample, into);
            to.put(i * into.length, into);
          }
        });
  }

  @Override
  public final memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory diffSrc = builder.memory(Formats.channelsLast(x().dims()));
    FloatBuffer to = Formats.numbers(diffSrc);
    // Each time, because the operation before may overwrite them.
    builder.backward.add(stream -> Formats.zero(to));
    return diffSrc;
  }

  @Override
  public final boolean readsOutputBackward() {
    return false;
  }
}
