package org.lossbook.engine.onednn.window;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.lossbook.Internal;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Eltwise;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.FusableOperation;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Pointwise;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Max or average pooling; padding is not counted.
 *
 * @hidden
 */
@Internal
public final class Pooling extends FusableOperation {
  private final dnnl.algorithm algorithm;
  private final Window window;
  private pooling_forward.primitive_desc descriptor;
  private memory workspace;

  private Pooling(GraphNode x, Window window, dnnl.algorithm algorithm) {
    super(x);
    this.window = window;
    this.algorithm = algorithm;
  }

  public static Pooling max(GraphNode x, Window window) {
    return new Pooling(x, window, dnnl.algorithm.pooling_max);
  }

  public static Pooling average(GraphNode x, Window window) {
    return new Pooling(x, window, dnnl.algorithm.pooling_avg_exclude_padding);
  }

  @Override
  public Optional<Window> window() {
    return Optional.of(window);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    descriptor =
        new pooling_forward.primitive_desc(
            builder.engine,
            builder.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
            algorithm,
            x().value.get_desc(),
            Formats.any(output.dims()),
            slide().strides(),
            slide().sizes(),
            slide().dilations(),
            slide().padBefore(),
            slide().padAfter(),
            attributes(builder),
            false);
    output.value = builder.value(descriptor.dst_desc());
    var arguments = Arguments.of(dnnl.DNNL_ARG_SRC, x().value).and(dnnl.DNNL_ARG_DST, output.value);
    if (needsWorkspace(builder)) {
      workspace = builder.memory(descriptor.workspace_desc());
      arguments.and(dnnl.DNNL_ARG_WORKSPACE, workspace);
    }
    builder.forward.add(Step.of("pooling", new pooling_forward(descriptor), arguments));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    var backward =
        new pooling_backward.primitive_desc(
            builder.engine,
            algorithm,
            x().value.get_desc(),
            output.value.get_desc(),
            slide().strides(),
            slide().sizes(),
            slide().dilations(),
            slide().padBefore(),
            slide().padAfter(),
            descriptor,
            builder.plain,
            false);
    memory diff =
        builder.reordered(
            builder.backward, throughFusedActivation(builder, diffDst), backward.diff_dst_desc());
    memory diffSrc = gradientPlace(builder, backward.diff_src_desc());
    var arguments = Arguments.of(dnnl.DNNL_ARG_DIFF_DST, diff).and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc);
    if (needsWorkspace(builder)) {
      arguments.and(dnnl.DNNL_ARG_WORKSPACE, workspace);
    }
    builder.backward.add(Step.of("pooling backward", new pooling_backward(backward), arguments));
    return diffSrc;
  }

  /** Whether it is the mean over all positions. */
  public boolean isMeanOfAll() {
    return algorithm == dnnl.algorithm.pooling_avg_exclude_padding
        && window.padding() == Window.Padding.VALID
        && Arrays.stream(output.extent()).allMatch(extent -> extent == 1)
        && Arrays.equals(window.sizes(), x().extent());
  }

  /** Whether it commutes with a monotonic function, as max pooling does. */
  public boolean commutes(Pointwise function) {
    return algorithm == dnnl.algorithm.pooling_max && function.rises();
  }

  @Override
  public boolean fuse(Eltwise next) {
    return commutes(next) && super.fuse(next);
  }

  /**
   * The memory of the gradient: it overwrites its value if the backward pass no longer needs that,
   * which keeps one large image out of the caches.
   */
  private memory gradientPlace(PlanBuilder builder, memory.desc layout) {
    boolean free =
        needsWorkspace(builder)
            && x().users == 1
            && x().maker().filter(maker -> !maker.readsOutputBackward()).isPresent()
            && Formats.same(x().value.get_desc(), layout);
    return free ? x().value : builder.memory(layout);
  }

  /** Whether the backward pass must know which number was the maximum. */
  private boolean needsWorkspace(PlanBuilder builder) {
    return builder.training && algorithm == dnnl.algorithm.pooling_max;
  }

  private WindowDesc slide() {
    return new WindowDesc(window, x());
  }
}
