package org.lossbook.engine.onednn.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.lossbook.Internal;

/**
 * An operation that can fuse an activation into itself as a post-op.
 *
 * @hidden
 */
@Internal
public abstract class FusableOperation extends Unary {
  private Optional<Eltwise> function = Optional.empty();

  public FusableOperation(GraphNode x) {
    super(x);
  }

  @Override
  public boolean fuse(Eltwise next) {
    if (function.isPresent()
        || (output.graph.mode().hasBackward() && !next.derivativeFromOutput())) {
      return false;
    }
    function = Optional.of(next);
    return true;
  }

  /** Whether an activation was fused into it. */
  public final boolean hasFunction() {
    return function.isPresent();
  }

  @Override
  public boolean readsOutputBackward() {
    return function.isPresent();
  }

  /** Adds another value to the result, before the activation, if nothing else was fused yet. */
  public final boolean add(GraphNode term) {
    if (function.isPresent() || inputs.size() > 1 || !Arrays.equals(term.shape(), output.shape())) {
      return false;
    }
    inputs = List.of(x(), term);
    return true;
  }

  public final primitive_attr attributes(PlanBuilder builder) {
    if (inputs.size() == 1) {
      return function.map(Eltwise::asPostOp).orElse(builder.plain);
    }
    post_ops ops = new post_ops();
    ops.append_binary(dnnl.algorithm.binary_add, inputs.get(1).value.get_desc());
    function.ifPresent(f -> f.appendTo(ops));
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(ops);
    return attributes;
  }

  /** The values that the post-ops read. */
  public final Arguments with(Arguments arguments) {
    return inputs.size() == 1
        ? arguments
        : arguments.and(
            dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1, inputs.get(1).value);
  }

  /** The gradient with respect to the input of the fused activation. */
  public final memory throughFusedActivation(PlanBuilder builder, memory diffDst) {
    return function.map(f -> f.backwardFromOutput(builder, output.value, diffDst)).orElse(diffDst);
  }
}
