package org.lossbook.engine.onednn.window;

import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Resampling by oneDNN, to the nearest pixel or linearly between pixels. The C++ interface has no
 * Java constructor for it, so it is made through the C interface.
 *
 * @hidden
 */
@Internal
public final class Resampling extends Unary {
  private static final float[] FACTORS_OF_THE_EXTENTS = null;

  private final int algorithm;
  private dnnl_primitive_desc forward;

  private Resampling(GraphNode x, int algorithm) {
    super(x);
    this.algorithm = algorithm;
  }

  public static Resampling nearest(GraphNode x) {
    return new Resampling(x, dnnl.dnnl_resampling_nearest);
  }

  public static Resampling linear(GraphNode x) {
    return new Resampling(x, dnnl.dnnl_resampling_linear);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory.desc from = Formats.channelsLast(x().dims());
    memory.desc to = Formats.channelsLast(output.dims());
    memory src = builder.reordered(builder.forward, x().value, from);
    output.value = builder.value(to);
    forward = new dnnl_primitive_desc();
    created(
        dnnl.dnnl_resampling_forward_primitive_desc_create(
            forward,
            builder.engine.get(),
            builder.training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
            algorithm,
            FACTORS_OF_THE_EXTENTS,
            from.get(),
            to.get(),
            builder.plain.get()));
    builder.forward.add(
        Step.of(
            "resampling",
            new primitive(forward),
            Arguments.of(dnnl.DNNL_ARG_SRC, src).and(dnnl.DNNL_ARG_DST, output.value)));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory.desc from = Formats.channelsLast(x().dims());
    memory.desc to = Formats.channelsLast(output.dims());
    memory diff = builder.reordered(builder.backward, diffDst, to);
    memory diffSrc = builder.memory(from);
    var backward = new dnnl_primitive_desc();
    created(
        dnnl.dnnl_resampling_backward_primitive_desc_create(
            backward,
            builder.engine.get(),
            algorithm,
            FACTORS_OF_THE_EXTENTS,
            from.get(),
            to.get(),
            forward,
            builder.plain.get()));
    builder.backward.add(
        Step.of(
            "resampling backward pass",
            new primitive(backward),
            Arguments.of(dnnl.DNNL_ARG_DIFF_DST, diff).and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }

  private static void created(int status) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN could not make a resampling: status " + status + ".");
    }
  }
}
